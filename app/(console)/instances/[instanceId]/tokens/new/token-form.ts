import { type LimitForm, limitsOf, NO_LIMITS } from "@/app/(console)/credential/limit-form";
import { formRequest } from "@/components/form-request";
import { IssueToken, type RoleChoice } from "@/lib/tokens/schema";

/** A token as its form holds it. */
export type TokenForm = LimitForm & {
  name: string;
  description: string;
  roleZUID: string;
  expiresInDays: string;
};

const PRESETS = [1, 7, 30, 60, 90, 180, 365];

/** The lengths of life that the policy leaves, its own limit last. */
export const daysWithin = (maxDays: number) => [...PRESETS.filter((days) => days < maxDays), maxDays];

export const newTokenForm = (maxDays: number): TokenForm => ({
  name: "",
  description: "",
  roleZUID: "",
  expiresInDays: String(Math.min(30, maxDays)),
  ...NO_LIMITS,
});

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
