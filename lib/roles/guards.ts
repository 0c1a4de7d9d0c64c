import { requireGrantable } from "@/lib/kernel/authority";
import type { Ctx, Standing } from "@/lib/kernel/ctx";
import type { Tx } from "@/lib/kernel/db";
import { AppError } from "@/lib/kernel/errors";
import { OWNER_ROLE_ID } from "@/lib/kernel/system-roles";
import { heldRole, type RoleRow } from "./record";
import type { Unmodified } from "./schema";

/**
 * Nobody hands out, shapes or takes away more than they hold at that moment: give it the standing
 * that `mutate` read inside the transaction. Throws `forbidden` naming what is missing.
 */
export function requireCovered({ power }: Pick<Standing, "power">, ...roles: RoleRow[]): void {
  for (const role of roles) requireGrantable(power, heldRole(role));
}

/** A base role is the same everywhere and for ever. Throws `conflict`. */
export function requireCustom(role: RoleRow): void {
  if (role.isStatic) throw new AppError("conflict", `${role.name} is a base role: it can be held, but not changed.`);
}

/** Somebody else's change is not overwritten unseen. Throws `conflict`. */
export function requireUnmodified(role: RoleRow, { unmodifiedSince }: Unmodified): void {
  if (unmodifiedSince === undefined || role.updatedAt.getTime() === new Date(unmodifiedSince).getTime()) return;
  throw new AppError("conflict", `Somebody else changed the role ${role.name} meanwhile; look at it again first.`);
}

/** People move between roles of one place; the roles of another place are given and taken. Throws `invalid_input`. */
export function requireSamePlace(from: RoleRow, to: RoleRow, pointer: string): void {
  if (from.instanceId === to.instanceId && from.id !== to.id) return;
  const detail = "must be another role of the same instance or organization";
  throw new AppError("invalid_input", `${pointer} ${detail}.`, { errors: [{ pointer, detail }] });
}

/**
 * After a change to who holds these roles: the organization, or the instance, keeps a person who is
 * its Owner. Throws `conflict`. Needs an act that takes its turn, or two could each see the other.
 */
export async function requireOwnerLeft(tx: Tx, { organizationId }: Ctx, roleIds: string[]): Promise<void> {
  const orphaned = await tx.role.findFirst({
    where: {
      organizationId,
      id: { in: roleIds },
      isStatic: true,
      systemRoleId: OWNER_ROLE_ID,
      assignments: { none: { user: { status: "active" } } },
    },
    select: { instance: { select: { name: true } }, organization: { select: { name: true } } },
  });
  if (!orphaned) return;
  const { name } = orphaned.instance ?? orphaned.organization;
  throw new AppError("conflict", `${name} would be left without an Owner; make somebody else its Owner first.`);
}
