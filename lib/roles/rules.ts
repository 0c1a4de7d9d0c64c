import "server-only";
import type { Ctx } from "@/lib/kernel/ctx";
import { type Page, wholeList } from "@/lib/kernel/cursor";
import type { Tx } from "@/lib/kernel/db";
import { AppError, notFound } from "@/lib/kernel/errors";
import { mutate } from "@/lib/kernel/mutate";
import { findRole, placeOf, touchRole } from "./find";
import { requireCovered, requireCustom, requireUnmodified } from "./guards";
import { type RoleRow, ruleRecord } from "./record";
import { requireKnown, ruleColumns, rulesSnapshot } from "./rule-rows";
import { RULES_AT_MOST, type RuleInput, type RuleRecord, type Unmodified } from "./schema";

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
      await requireKnown(tx, ctx, [input], () => "/resourceZUID");
      return ruleRecord(await tx.roleRule.create({ data: ruleColumns(ctx, roleId, input) }));
    },
    taken,
  );
}

/** Makes these the rules of the role and no others. */
export async function replaceRules(
  ctx: Ctx,
  roleId: string,
  inputs: RuleInput[],
  since: Unmodified = {},
): Promise<Page<RuleRecord>> {
  return changeRules(ctx, roleId, async (tx, before) => {
    requireUnmodified(before, since);
    await requireKnown(tx, ctx, inputs, (i) => `/${i}/resourceZUID`);
    await tx.roleRule.deleteMany({ where: { roleId, organizationId: ctx.organizationId } });
    await tx.roleRule.createMany({ data: inputs.map((input) => ruleColumns(ctx, roleId, input)) });
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
    await touchRole(tx, ctx, before);
    const row = await findRole(tx, ctx, roleId);
    requireCovered(standing, before, row);
    const audit = {
      ...place,
      action: "role.rules_changed",
      before: rulesSnapshot(before),
      after: rulesSnapshot(row),
    } as const;
    return { result, audit };
  });
}
