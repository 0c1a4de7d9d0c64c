import { CONSOLE_RESOURCES, CONTENT_RESOURCES, CONTENT_VERBS, systemRole } from "./system-roles";

type ConsolePermission = {
  [R in keyof typeof CONSOLE_RESOURCES]: `${R}:${(typeof CONSOLE_RESOURCES)[R][number]}`;
}[keyof typeof CONSOLE_RESOURCES];
type ContentPermission = `${(typeof CONTENT_RESOURCES)[number]}:${(typeof CONTENT_VERBS)[number]}`;

/** What one act needs: `resource:verb`. A misspelt one does not compile. */
export type Permission = ConsolePermission | ContentPermission;

/** What a caller holds: the roles of a person, or the reach of an app's keys. */
export type Power =
  | { kind: "roles"; roles: readonly { systemRoleId: string; instanceId: string | null }[] }
  | { kind: "key"; access: "full" | "restricted"; listed: readonly string[] }
  | { kind: "none" };

/** These act on the organization as a whole, so a role on one instance never reaches them. */
const ORGANIZATION_ONLY = /^(apps|keys|policy):|^instances:create$/;

const ALL_CONSOLE = Object.entries(CONSOLE_RESOURCES).flatMap(([resource, verbs]) =>
  verbs.map((verb) => `${resource}:${verb}` as Permission),
);
const ALL_CONTENT = CONTENT_RESOURCES.flatMap((resource) =>
  CONTENT_VERBS.map((verb) => `${resource}:${verb}` as Permission),
);

/** A key reads the console's resources and uses the protected APIs; it never changes the console's. */
export const KEY_PERMISSIONS: readonly Permission[] = [
  ...ALL_CONSOLE.filter((permission) => permission.endsWith(":read")),
  ...ALL_CONTENT,
];

export const ALL_PERMISSIONS: readonly Permission[] = [...ALL_CONSOLE, ...ALL_CONTENT];

/**
 * Whether the power covers the permission, on the instance with this id or, without one, on the
 * organization. What nothing grants is denied, an unknown permission included.
 */
export function allows(power: Power, permission: Permission, instanceId?: string): boolean {
  switch (power.kind) {
    case "roles":
      return power.roles.some(
        (role) =>
          systemRole(role.systemRoleId).permissions.has(permission) &&
          (role.instanceId === null || (role.instanceId === instanceId && !ORGANIZATION_ONLY.test(permission))),
      );
    case "key":
      return KEY_PERMISSIONS.includes(permission) && (power.access === "full" || power.listed.includes(permission));
    case "none":
      return false;
  }
}

/** Every permission the power covers there. */
export function permissionsOf(power: Power, instanceId?: string): Permission[] {
  return ALL_PERMISSIONS.filter((permission) => allows(power, permission, instanceId));
}
