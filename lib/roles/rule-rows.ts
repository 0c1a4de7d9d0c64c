import "server-only";
import type { Ctx } from "@/lib/kernel/ctx";
import type { Tx } from "@/lib/kernel/db";
import { AppError } from "@/lib/kernel/errors";
import { ID_PREFIX } from "@/lib/kernel/ids";
import { newId } from "@/lib/kernel/new-id";
import type { Rule } from "@/lib/kernel/permissions";
import { requireResources } from "@/lib/resources/known";
import type { RuleInput } from "./schema";

/** The columns of a rule of the role. */
export const ruleColumns = ({ organizationId }: Ctx, roleId: string, { resourceZUID, ...verbs }: RuleInput) => ({
  id: newId("rule"),
  roleId,
  organizationId,
  resource: resourceZUID,
  ...verbs,
});

/** The rules as an event shows them. */
export const rulesSnapshot = ({ rules }: { rules: readonly Rule[] }) => ({
  rules: rules.map(({ resource, create, read, update, delete: remove, publish }) => ({
    resource,
    create,
    read,
    update,
    delete: remove,
    publish,
  })),
});

/** A resource or instance that a rule names is one of the organization's. Throws `invalid_input`. */
export async function requireKnown(
  tx: Tx,
  ctx: Ctx,
  rules: RuleInput[],
  pointerOf: (index: number) => string,
): Promise<void> {
  const { organizationId } = ctx;
  const named = rules.map(({ resourceZUID }) => resourceZUID);
  await requireResources(
    tx,
    ctx,
    named.map((name, i) => ({ name, pointer: pointerOf(i) })),
  );
  const found = await tx.instance.findMany({ where: { organizationId, id: { in: named } }, select: { id: true } });
  const known = new Set(found.map(({ id }) => id));
  const isUnknown = (name: string) => name.startsWith(`${ID_PREFIX.instance}-`) && !known.has(name);
  const detail = "is no instance of the organization";
  const errors = named.flatMap((name, i) => (isUnknown(name) ? [{ pointer: pointerOf(i), detail }] : []));
  if (errors.length > 0) throw new AppError("invalid_input", `${errors[0]?.pointer} ${detail}.`, { errors });
}
