import "server-only";
import { databaseNow } from "@/lib/kernel/clock";
import type { Ctx } from "@/lib/kernel/ctx";
import { db, type Tx } from "@/lib/kernel/db";
import { notFound } from "@/lib/kernel/errors";
import { type RoleRow, withRules } from "./record";

/**
 * What an act on a role is recorded against, and the instance its permission is needed on. A role
 * never moves, so this is safe to ask before the transaction; one that is not there is asked for at
 * the organization.
 */
export async function placeOf(
  ctx: Ctx,
  roleId: string,
): Promise<{ target: { id: string; name: string }; instanceId?: string }> {
  const role = await db().role.findUnique({
    where: { id: roleId, organizationId: ctx.organizationId, deletedAt: null },
    select: { name: true, instanceId: true },
  });
  const target = { id: roleId, name: role?.name ?? "role" };
  return role?.instanceId ? { target, instanceId: role.instanceId } : { target };
}

/** Throws `not_found`, also for another organization's. */
export async function findRole(tx: Tx, ctx: Ctx, id: string): Promise<RoleRow> {
  const row = await tx.role.findUnique({
    where: { id, organizationId: ctx.organizationId, deletedAt: null },
    include: withRules,
  });
  if (!row) throw notFound("role");
  return row;
}

/** A change of its rules is a change of the role: its time moves on, never by less than it is told in. */
export async function touchRole(tx: Tx, { organizationId }: Ctx, { id, updatedAt }: RoleRow): Promise<void> {
  const now = await databaseNow(tx);
  const next = new Date(Math.max(now.getTime(), updatedAt.getTime() + 1));
  await tx.role.update({ where: { id, organizationId }, data: { updatedAt: next } });
}
