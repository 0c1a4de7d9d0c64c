import "server-only";
import type { Ctx } from "@/lib/kernel/ctx";
import type { Tx } from "@/lib/kernel/db";
import { AppError } from "@/lib/kernel/errors";
import { mutate } from "@/lib/kernel/mutate";
import { findUser, personOf } from "@/lib/users/find";
import { findRole, placeOf } from "./find";
import { requireCovered, requireOwnerLeft, requireSamePlace } from "./guards";
import { moveAssignments } from "./holders";
import { roleRecord, type RoleRow } from "./record";
import type { NamesRole, RoleRecord } from "./schema";

const HELD_ALREADY = { detail: "This person holds the role already.", pointer: "/roleZUID" };

/** Who may give and take roles where the role is held; the event is about the person. */
async function actOn(ctx: Ctx, roleId: string, userId: string) {
  const { instanceId } = await placeOf(ctx, roleId);
  return {
    authority: "users:grant",
    target: { id: userId, name: "user" },
    ...(instanceId && { instanceId }),
    isSensitive: true,
    takesTurn: true,
    conflict: HELD_ALREADY,
  } as const;
}

/** Gives a person a role. */
export async function assignRole(ctx: Ctx, userId: string, { roleZUID }: NamesRole): Promise<RoleRecord> {
  const act = { ...(await actOn(ctx, roleZUID, userId)), action: "user.role_assigned" } as const;
  return mutate(ctx, act, async (tx, _now, standing) => {
    const user = await findUser(tx, ctx, userId);
    const role = await findRole(tx, ctx, roleZUID);
    requireCovered(standing, role);
    await tx.roleAssignment.create({
      data: { userId, roleId: role.id, organizationId: ctx.organizationId, createdById: standing.principal.id },
    });
    return {
      result: roleRecord(role),
      audit: { action: "user.role_assigned", ...about(act, personOf(user)), after: { role: role.name } },
    };
  });
}

/** Changes the role of a person to another one of the same place: it takes the one away and gives the other. */
export async function moveRole(ctx: Ctx, userId: string, roleId: string, { roleZUID }: NamesRole): Promise<RoleRecord> {
  const act = { ...(await actOn(ctx, roleId, userId)), action: "user.role_moved" } as const;
  return mutate(ctx, act, async (tx, _now, standing) => {
    const { user, role: from } = await findHeld(tx, ctx, userId, roleId);
    const to = await findRole(tx, ctx, roleZUID);
    requireSamePlace(from, to, "/roleZUID");
    requireCovered(standing, from, to);
    await tx.roleAssignment.update({
      where: { userId_roleId: { userId, roleId }, organizationId: ctx.organizationId },
      data: { roleId: to.id, createdById: standing.principal.id },
    });
    await requireOwnerLeft(tx, ctx, [from.id]);
    return {
      result: roleRecord(to),
      audit: {
        action: "user.role_moved",
        ...about(act, personOf(user)),
        before: { role: from.name },
        after: { role: to.name },
      },
    };
  });
}

/** Takes a role from a person. */
export async function removeRole(ctx: Ctx, userId: string, roleId: string): Promise<RoleRecord> {
  const act = { ...(await actOn(ctx, roleId, userId)), action: "user.role_removed" } as const;
  return mutate(ctx, act, async (tx, _now, standing) => {
    const { user, role } = await findHeld(tx, ctx, userId, roleId);
    requireCovered(standing, role);
    await tx.roleAssignment.delete({
      where: { userId_roleId: { userId, roleId }, organizationId: ctx.organizationId },
    });
    await requireOwnerLeft(tx, ctx, [roleId]);
    return {
      result: roleRecord(role),
      audit: { action: "user.role_removed", ...about(act, personOf(user)), before: { role: role.name } },
    };
  });
}

/** Moves everybody who holds the one role to another one of the same place. Tokens keep theirs. */
export async function moveEverybody(
  ctx: Ctx,
  roleId: string,
  { roleZUID }: NamesRole,
): Promise<RoleRecord & { moved: number }> {
  const place = await placeOf(ctx, roleId);
  const act = {
    authority: "users:grant",
    action: "role.holders_moved",
    ...place,
    isSensitive: true,
    takesTurn: true,
  } as const;
  return mutate(ctx, act, async (tx, _now, standing) => {
    const from = await findRole(tx, ctx, roleId);
    const to = await findRole(tx, ctx, roleZUID);
    requireSamePlace(from, to, "/roleZUID");
    requireCovered(standing, from, to);
    const holders = await moveAssignments(tx, ctx, from.id, to.id);
    await requireOwnerLeft(tx, ctx, [from.id]);
    return {
      result: { ...roleRecord(to), moved: holders.length },
      audit: { ...place, action: "role.holders_moved", after: { role: to.name, holders } },
    };
  });
}

const about = ({ instanceId }: { instanceId?: string }, target: { id: string; name: string }) => ({
  target,
  ...(instanceId && { instanceId }),
});

/** The role as this person holds it. Throws `not_found`. */
async function findHeld(tx: Tx, ctx: Ctx, userId: string, roleId: string) {
  const user = await findUser(tx, ctx, userId);
  const role: RoleRow | undefined = user.assignments.find((each) => each.roleId === roleId)?.role;
  if (!role) throw new AppError("not_found", "This person does not hold a role with this id.");
  return { user, role };
}
