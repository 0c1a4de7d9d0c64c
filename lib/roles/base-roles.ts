import "server-only";
import type { Tx } from "@/lib/kernel/db";
import { newId } from "@/lib/kernel/new-id";
import { OWNER_ROLE_ID, SYSTEM_ROLES } from "@/lib/kernel/system-roles";

interface Scope {
  organizationId: string;
  instanceId: string | null;
}

/** The static roles, one per system role, that are not present yet. */
export const missingBaseRoles = (
  scope: Scope,
  present: readonly { systemRoleId: string }[],
  createdById: string | null,
) =>
  SYSTEM_ROLES.filter(({ id }) => !present.some(({ systemRoleId }) => systemRoleId === id)).map((base) => ({
    id: newId("role"),
    ...scope,
    systemRoleId: base.id,
    name: base.name,
    isStatic: true,
    createdById,
  }));

/**
 * Creates the static roles of an instance, or of the organization itself, one per system role, and
 * makes the creator its Owner.
 */
export async function createBaseRoles(tx: Tx, scope: Scope, ownerId: string): Promise<void> {
  const roles = missingBaseRoles(scope, [], ownerId);
  await tx.role.createMany({ data: roles });
  const owner = roles.find((role) => role.systemRoleId === OWNER_ROLE_ID);
  if (!owner) throw new Error("The system roles lack Owner.");
  await tx.roleAssignment.create({
    data: { userId: ownerId, roleId: owner.id, organizationId: scope.organizationId, createdById: ownerId },
  });
}
