import { limitsOf } from "@/app/(console)/credential/limit-form";
import { formRequest } from "@/components/form-request";
import { IssueToken, type RoleChoice } from "@/lib/tokens/schema";
import type { TokenForm } from "./token-form";

/** The instance is named only where the role does not say it. */
export const issueTokenForm = (instanceId: string, roles: readonly RoleChoice[]) =>
  formRequest(
    IssueToken.refine(({ roleZUID }) => roles.some(({ ZUID }) => ZUID === roleZUID), {
      path: ["roleZUID"],
      error: "choose a role",
    }),
    (form: TokenForm) => ({
      name: form.name,
      description: form.description,
      roleZUID: form.roleZUID,
      expiresInDays: Number(form.expiresInDays),
      ...limitsOf(form),
      ...(roles.some(({ ZUID, isEverywhere }) => ZUID === form.roleZUID && isEverywhere) && {
        instanceZUID: instanceId,
      }),
    }),
  );
