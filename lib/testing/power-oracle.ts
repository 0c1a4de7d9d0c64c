import { ALL_PERMISSIONS, type AnyPermission, type HeldRole } from "@/lib/kernel/permissions";
import { SYSTEM_ROLES } from "@/lib/kernel/system-roles";

const CONSOLE = ["apps", "keys", "instances", "users", "roles", "tokens", "sessions", "audit", "policy", "streams"];
export const CONTENT = ["content", "schema", "media", "code", "leads", "redirects", "settings"];

/** Whether a role grants it: the design read aloud, slowly, without a line of what decides in earnest. */
export function isGranted(role: HeldRole, permission: AnyPermission, place?: string, object?: string): boolean {
  const [resource = "", verb = ""] = permission.split(":");
  const isOrganizations = ["apps", "keys", "policy", "streams"].includes(resource) || permission === "instances:create";
  if (role.instanceId !== null && (isOrganizations || place !== role.instanceId)) return false;
  const order = CONSOLE.includes(resource) ? [resource] : [object, resource, place];
  const spoken = ["create", "read", "update", "delete", "publish"].includes(verb) ? order : [];
  for (const name of spoken) {
    for (const { resource: about, ...says } of role.rules) {
      const answer = says[verb as keyof typeof says];
      if (about === name && answer !== null) return answer;
    }
  }
  const base = SYSTEM_ROLES.find(({ id }) => id === role.systemRoleId);
  if (CONSOLE.includes(resource) || CONTENT.includes(resource))
    return base?.permissions.has(permission as never) ?? false;
  // Of what the organization has registered itself.
  const { name = "" } = base ?? {};
  return ["Owner", "Admin", "Developer"].includes(name) || (name === "Access Admin" && verb === "read");
}

/** What the role grants at one of the places, of one of the objects, where none of the held ones does. */
export const beyond = (
  held: readonly HeldRole[],
  role: HeldRole,
  places: readonly (string | undefined)[],
  objects: readonly (string | undefined)[],
  permissions: readonly AnyPermission[] = ALL_PERMISSIONS,
): AnyPermission[] =>
  permissions.filter((permission) =>
    places.some((place) =>
      objects.some(
        (object) =>
          isGranted(role, permission, place, object) && !held.some((one) => isGranted(one, permission, place, object)),
      ),
    ),
  );
