import { ALL_PERMISSIONS, type HeldRole, type Permission } from "@/lib/kernel/permissions";
import { SYSTEM_ROLES } from "@/lib/kernel/system-roles";

export const CONTENT = ["content", "schema", "media", "code", "leads", "redirects", "settings"];

/** Whether a role grants it: the design read aloud, slowly, without a line of what decides in earnest. */
export function isGranted(role: HeldRole, permission: Permission, place?: string, object?: string): boolean {
  const [resource = "", verb = ""] = permission.split(":");
  const isOrganizations = ["apps", "keys", "policy"].includes(resource) || permission === "instances:create";
  if (role.instanceId !== null && (isOrganizations || place !== role.instanceId)) return false;
  const order = CONTENT.includes(resource) ? [object, resource, place] : [resource];
  const spoken = ["create", "read", "update", "delete", "publish"].includes(verb) ? order : [];
  for (const name of spoken) {
    for (const { resource: about, ...says } of role.rules) {
      const answer = says[verb as keyof typeof says];
      if (about === name && answer !== null) return answer;
    }
  }
  return SYSTEM_ROLES.some(({ id, permissions }) => id === role.systemRoleId && permissions.has(permission));
}

/** What the role grants at one of the places, of one of the objects, where none of the held ones does. */
export const beyond = (
  held: readonly HeldRole[],
  role: HeldRole,
  places: readonly (string | undefined)[],
  objects: readonly (string | undefined)[],
): Permission[] =>
  ALL_PERMISSIONS.filter((permission) =>
    places.some((place) =>
      objects.some(
        (object) =>
          isGranted(role, permission, place, object) && !held.some((one) => isGranted(one, permission, place, object)),
      ),
    ),
  );
