import "server-only";
import { endInvites, moveInvites } from "@/lib/invites/end";
import { requireHeld } from "@/lib/kernel/authority";
import type { Ctx, Standing } from "@/lib/kernel/ctx";
import { type Page, wholeList } from "@/lib/kernel/cursor";
import type { Tx } from "@/lib/kernel/db";
import { defined } from "@/lib/kernel/defined";
import { AppError, notFound } from "@/lib/kernel/errors";
import { mutate } from "@/lib/kernel/mutate";
import { newId } from "@/lib/kernel/new-id";
import { systemRole } from "@/lib/kernel/system-roles";
import { missingBaseRoles } from "./base-roles";
import { findRole, placeOf } from "./find";
import { requireCovered, requireCustom, requireSamePlace, requireUnmodified } from "./guards";
import { holdersOf, moveAssignments } from "./holders";
import { roleRecord, type RoleRow, withRules } from "./record";
import { requireKnown, ruleColumns, rulesSnapshot } from "./rule-rows";
import type { CreateRole, DeleteRole, RoleRecord, Unmodified, UpdateRole } from "./schema";

const NAME_TAKEN = { detail: "Another role has this name there.", pointer: "/name" };
const SHAPING = { isSensitive: true, takesTurn: true } as const;

const snapshot = ({ name, description, systemRoleId }: RoleRow) => ({
  name,
  description,
  systemRole: systemRole(systemRoleId).name,
});

/** Creates a custom role, which grants what its system role does where its rules say nothing else. */
export async function createRole(ctx: Ctx, input: CreateRole): Promise<RoleRecord> {
  const { organizationId } = ctx;
  const { granularRoles: rules = [] } = input;
  const instanceId = input.entityZUID === organizationId ? null : input.entityZUID;
  const act = {
    authority: "roles:create",
    action: "role.created",
    target: { id: null, name: input.name },
    ...(instanceId && { instanceId }),
    conflict: NAME_TAKEN,
    ...SHAPING,
  } as const;
  return mutate(ctx, act, async (tx, _now, standing) => {
    if (instanceId) await requireInstance(tx, ctx, instanceId);
    await requireKnown(tx, ctx, rules, (i) => `/granularRoles/${i}/resourceZUID`);
    const id = newId("role");
    await tx.role.create({
      data: {
        id,
        organizationId,
        instanceId,
        systemRoleId: input.systemRoleZUID,
        name: input.name,
        description: input.description ?? "",
        createdById: standing.principal.id,
      },
    });
    await tx.roleRule.createMany({ data: rules.map((rule) => ruleColumns(ctx, id, rule)) });
    const row = await findRole(tx, ctx, id);
    requireCovered(standing, row);
    return {
      result: roleRecord(row),
      audit: {
        action: "role.created",
        target: row,
        ...(instanceId && { instanceId }),
        after: { ...snapshot(row), ...rulesSnapshot(row) },
      },
    };
  });
}

/** Renames, describes or rebases a custom role: it counts for what it was and for what it becomes. */
export async function updateRole(ctx: Ctx, id: string, input: UpdateRole, since: Unmodified = {}): Promise<RoleRecord> {
  const place = await placeOf(ctx, id);
  const act = {
    authority: "roles:update",
    action: "role.updated",
    ...place,
    conflict: NAME_TAKEN,
    ...SHAPING,
  } as const;
  return mutate(ctx, act, async (tx, _now, standing) => {
    const before = await findRole(tx, ctx, id);
    requireCustom(before);
    requireUnmodified(before, since);
    const { systemRoleZUID: systemRoleId, ...fields } = input;
    const row = await tx.role.update({
      where: { id, organizationId: ctx.organizationId },
      data: defined({ ...fields, systemRoleId }),
      include: withRules,
    });
    requireCovered(standing, before, row);
    return {
      result: roleRecord(row),
      audit: { ...place, action: "role.updated", target: row, before: snapshot(before), after: snapshot(row) },
    };
  });
}

/**
 * Deletes a custom role. Throws `conflict` with the list of who and what holds it, unless a
 * replacement is named: then all of them move to it. Open invitations move along or are canceled.
 */
export async function deleteRole(ctx: Ctx, id: string, { replacement }: DeleteRole): Promise<RoleRecord> {
  const place = await placeOf(ctx, id);
  const act = { authority: "roles:delete", action: "role.deleted", ...place, ...SHAPING } as const;
  return mutate(ctx, act, async (tx, now, standing) => {
    const row = await findRole(tx, ctx, id);
    requireCustom(row);
    requireCovered(standing, row);
    const holders = await holdersOf(tx, ctx, id, now);
    if (holders.length > 0 && !replacement) {
      const detail = `The role ${row.name} is held; name a replacement for its holders.`;
      throw new AppError("conflict", detail, { holders });
    }
    const to = replacement ? await findRole(tx, ctx, replacement) : undefined;
    if (to) await replaceRole(tx, ctx, standing, row, to, holders);
    const invites = to
      ? await moveInvites(tx, ctx, row, to)
      : await endInvites(tx, { roleId: id }, ctx, "the role was deleted", now);
    await tx.role.update({ where: { id, organizationId: ctx.organizationId }, data: { deletedAt: now } });
    const after = { name: row.name, role: replacement ?? null, holders: holders.map(({ ZUID }) => ZUID) };
    return {
      result: roleRecord(row),
      audit: [{ ...place, action: "role.deleted", target: row, after }, ...invites],
    };
  });
}

/** Giving a role to people, or to tokens, takes the right to do that too. */
async function replaceRole(
  tx: Tx,
  ctx: Ctx,
  standing: Pick<Standing, "principal" | "power">,
  from: RoleRow,
  to: RoleRow,
  holders: Awaited<ReturnType<typeof holdersOf>>,
): Promise<void> {
  requireSamePlace(from, to, "?replacement");
  requireCovered(standing, to);
  const on = from.instanceId ?? undefined;
  if (holders.some(({ kind }) => kind === "user")) requireHeld(standing, "users:grant", on);
  if (holders.some(({ kind }) => kind === "access_token")) requireHeld(standing, "tokens:update", on);
  await moveAssignments(tx, ctx, from.id, to.id);
  await tx.credential.updateMany({
    where: { organizationId: ctx.organizationId, roleId: from.id, revokedAt: null },
    data: { roleId: to.id },
  });
}

/** Creates what an instance lacks of its base roles, and answers with all of them. It makes nobody hold one. */
export async function restoreBaseRoles(ctx: Ctx, instanceId: string): Promise<Page<RoleRecord>> {
  const act = {
    authority: "roles:create",
    action: "role.base_restored",
    target: { id: instanceId, name: "instance" },
    instanceId,
    ...SHAPING,
  } as const;
  return mutate(ctx, act, async (tx, _now, { principal }) => {
    const { organizationId } = ctx;
    const instance = await requireInstance(tx, ctx, instanceId);
    const where = { organizationId, instanceId, isStatic: true };
    const present = await tx.role.findMany({ where, select: { systemRoleId: true } });
    const missing = missingBaseRoles({ organizationId, instanceId }, present, principal.id);
    await tx.role.createMany({ data: missing });
    const rows = await tx.role.findMany({ where, include: withRules, orderBy: { id: "asc" } });
    return {
      result: wholeList(rows.map(roleRecord)),
      audit: {
        action: "role.base_restored",
        target: instance,
        instanceId,
        after: { roles: missing.map(({ name }) => name) },
      },
    };
  });
}

async function requireInstance(tx: Tx, { organizationId }: Ctx, id: string): Promise<{ id: string; name: string }> {
  const instance = await tx.instance.findUnique({ where: { id, organizationId }, select: { id: true, name: true } });
  if (!instance) throw notFound("instance");
  return instance;
}
