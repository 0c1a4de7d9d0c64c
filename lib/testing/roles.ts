import "server-only";
import { CreateRole, type RoleRecord } from "@/lib/roles/schema";
import { createRole } from "@/lib/roles/commands";
import type { Ctx } from "@/lib/kernel/ctx";
import { db } from "@/lib/kernel/db";
import { SYSTEM_ROLES } from "@/lib/kernel/system-roles";
import type { TestOrganization } from "./organization";

let made = 0;

export const baseIdOf = (name: string) => SYSTEM_ROLES.find((role) => role.name === name)?.id ?? "none";

/** A new custom role of the owner's making, on the organization or on one instance. */
export const newRole = ({ owner, id }: TestOrganization, base = "Developer", on: string = id): Promise<RoleRecord> =>
  createRole(owner, CreateRole.parse({ name: `Role ${++made}`, entityZUID: on, systemRoleZUID: baseIdOf(base) }));

/** The id of a base role of the organization, or of one instance. */
export async function baseRole(
  { id: organizationId }: TestOrganization,
  name: string,
  instanceId: string | null = null,
) {
  const where = { organizationId, instanceId, isStatic: true, name };
  return (await db().role.findFirstOrThrow({ where })).id;
}

/** The id of a signed-in person. */
export function idOfPerson({ principal }: Ctx): string {
  if (principal.kind !== "user") throw new Error("A credential is no person.");
  return principal.id;
}

/** The ids of the roles a person holds. */
export const rolesHeldBy = async (userId: string) =>
  (await db().roleAssignment.findMany({ where: { userId } })).map(({ roleId }) => roleId).sort();
