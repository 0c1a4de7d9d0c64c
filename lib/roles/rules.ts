import "server-only";
import type { Ctx } from "@/lib/kernel/ctx";
import { type Page, wholeList } from "@/lib/kernel/cursor";
import type { Tx } from "@/lib/kernel/db";
import { AppError, notFound } from "@/lib/kernel/errors";
import { ID_PREFIX } from "@/lib/kernel/ids";
import { mutate } from "@/lib/kernel/mutate";
import { newId } from "@/lib/kernel/new-id";
import { findRole, placeOf } from "./find";
import { requireCovered, requireCustom } from "./guards";
import { type RoleRow, ruleRecord } from "./record";
import { RULES_AT_MOST, type RuleInput, type RuleRecord } from "./schema";

/** Adds a rule to a custom role. Throws `conflict` when the role has one for the resource. */
export async function addRule(ctx: Ctx, roleId: string, input: RuleInput): Promise<RuleRecord> {
  const taken = { detail: "The role has a rule for this resource; replace or delete it.", pointer: "/resourceZUID" };
  return changeRules(
    ctx,
    roleId,
    async (tx, before) => {
      if (before.rules.length >= RULES_AT_MOST) {
        throw new AppError("conflict", `The role has ${RULES_AT_MOST} rules, which is all it can take.`);
      }
      await requireInstances(tx, ctx, [input], () => "/resourceZUID");
      return ruleRecord(await tx.roleRule.create({ data: columns(ctx, roleId, input) }));
    },
    taken,
  );
}

/** Makes these the rules of the role and no others. */
export async function replaceRules(ctx: Ctx, roleId: string, inputs: RuleInput[]): Promise<Page<RuleRecord>> {
  return changeRules(ctx, roleId, async (tx) => {
    await requireInstances(tx, ctx, inputs, (i) => `/${i}/resourceZUID`);
    await tx.roleRule.deleteMany({ where: { roleId, organizationId: ctx.organizationId } });
    await tx.roleRule.createMany({ data: inputs.map((input) => columns(ctx, roleId, input)) });
    return wholeList((await findRole(tx, ctx, roleId)).rules.map(ruleRecord));
  });
}

export async function deleteRule(ctx: Ctx, roleId: string, resource: string): Promise<RuleRecord> {
  return changeRules(ctx, roleId, async (tx, before) => {
    const rule = before.rules.find((each) => each.resource === resource);
    if (!rule) throw notFound("rule");
    await tx.roleRule.delete({ where: { id: rule.id, organizationId: ctx.organizationId } });
    return ruleRecord(rule);
  });
}

/** A change of rules counts for what the role was and for what it becomes. */
async function changeRules<T extends object>(
  ctx: Ctx,
  roleId: string,
  change: (tx: Tx, before: RoleRow) => Promise<T>,
  conflict?: { detail: string; pointer: string },
): Promise<T> {
  const place = await placeOf(ctx, roleId);
  const act = {
    authority: "roles:update",
    action: "role.rules_changed",
    ...place,
    isSensitive: true,
    takesTurn: true,
    ...(conflict && { conflict }),
  } as const;
  return mutate(ctx, act, async (tx, _now, standing) => {
    const before = await findRole(tx, ctx, roleId);
    requireCustom(before);
    const result = await change(tx, before);
    const row = await findRole(tx, ctx, roleId);
    requireCovered(standing, before, row);
    const audit = { ...place, action: "role.rules_changed", before: snapshot(before), after: snapshot(row) } as const;
    return { result, audit };
  });
}

const columns = ({ organizationId }: Ctx, roleId: string, { resourceZUID, ...verbs }: RuleInput) => ({
  id: newId("rule"),
  roleId,
  organizationId,
  resource: resourceZUID,
  ...verbs,
});

const snapshot = ({ rules }: RoleRow) => ({
  rules: rules.map(({ resource, create, read, update, delete: remove, publish }) => ({
    resource,
    create,
    read,
    update,
    delete: remove,
    publish,
  })),
});

/** An instance that a rule names is one of the organization's. Throws `invalid_input`. */
async function requireInstances(
  tx: Tx,
  { organizationId }: Ctx,
  rules: RuleInput[],
  pointerOf: (index: number) => string,
): Promise<void> {
  const named = rules.map(({ resourceZUID }) => resourceZUID);
  const found = await tx.instance.findMany({ where: { organizationId, id: { in: named } }, select: { id: true } });
  const known = new Set(found.map(({ id }) => id));
  const isUnknown = (name: string) => name.startsWith(`${ID_PREFIX.instance}-`) && !known.has(name);
  const detail = "is no instance of the organization";
  const errors = named.flatMap((name, i) => (isUnknown(name) ? [{ pointer: pointerOf(i), detail }] : []));
  if (errors.length > 0) throw new AppError("invalid_input", `${errors[0]?.pointer} ${detail}.`, { errors });
}
