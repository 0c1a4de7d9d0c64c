import "server-only";
import type { Tx } from "@/lib/kernel/db";
import { newId } from "@/lib/kernel/new-id";
import { OWNER_ROLE_ID, SYSTEM_ROLES } from "@/lib/kernel/system-roles";

/**
 * Creates the static roles of an instance, or of the organization itself, one per system role, and
 * makes the creator its Owner.
 */
export async function createBaseRoles(
  tx: Tx,
  scope: { organizationId: string; instanceId: string | null },
  ownerId: string,
): Promise<void> {
  const roles = SYSTEM_ROLES.map((base) => ({
    id: newId("role"),
    ...scope,
    systemRoleId: base.id,
    name: base.name,
    isStatic: true,
    createdById: ownerId,
  }));
  await tx.role.createMany({ data: roles });
  const owner = roles.find((role) => role.systemRoleId === OWNER_ROLE_ID);
  if (!owner) throw new Error("The system roles lack Owner.");
  await tx.roleAssignment.create({
    data: { userId: ownerId, roleId: owner.id, organizationId: scope.organizationId, createdById: ownerId },
  });
}
