import { CONSOLE_RESOURCES, CONTENT_RESOURCES, CONTENT_VERBS, systemRole } from "./system-roles";

type ConsolePermission = {
  [R in keyof typeof CONSOLE_RESOURCES]: `${R}:${(typeof CONSOLE_RESOURCES)[R][number]}`;
}[keyof typeof CONSOLE_RESOURCES];
/** The verbs a rule speaks of; who may grant is the base role's matter alone. */
type RuleVerb = (typeof CONTENT_VERBS)[number];

type ContentPermission = `${(typeof CONTENT_RESOURCES)[number]}:${(typeof CONTENT_VERBS)[number]}`;

/** What one act needs: `resource:verb`. A misspelt one does not compile. */
export type Permission = ConsolePermission | ContentPermission;

declare const registered: unique symbol;
/** The same on a resource that an organization has registered; made by `registeredPermissions` alone. */
export type RegisteredPermission = `${string}:${RuleVerb}` & { readonly [registered]: true };
export type AnyPermission = Permission | RegisteredPermission;

/** What a role says of one resource (an object's id, a resource's name or an instance's id), verb by verb; null leaves it to the rule below. */
export type Rule = { resource: string } & { [V in RuleVerb]: boolean | null };

/** A role as somebody holds it: on one instance, or (null) on every instance and the organization itself. */
export interface HeldRole {
  systemRoleId: string;
  instanceId: string | null;
  rules: readonly Rule[];
}

/** The names of the resources that the caller's organization has registered at this moment. */
interface Registered {
  resources: readonly string[];
}

/**
 * What a caller holds: the roles of a person; the reach of an app's keys; the role of an access token;
 * the roles of the person behind a login token, within what its app may. Only the first changes the console.
 */
export type Power =
  | ({ kind: "roles"; roles: readonly HeldRole[] } & Registered)
  | ({ kind: "key"; access: "full" | "restricted"; listed: readonly string[] } & Registered)
  | ({ kind: "token"; roles: readonly HeldRole[] } & Registered)
  | ({
      kind: "login";
      roles: readonly HeldRole[];
      access: "role" | "restricted";
      listed: readonly string[];
    } & Registered)
  | { kind: "none" };

/** These act on the organization as a whole, so a role on one instance never reaches them. */
const ORGANIZATION_ONLY = /^(apps|keys|policy|streams):|^instances:create$/;

const ALL_CONSOLE = Object.entries(CONSOLE_RESOURCES).flatMap(([resource, verbs]) =>
  verbs.map((verb) => `${resource}:${verb}` as Permission),
);
const ALL_CONTENT = CONTENT_RESOURCES.flatMap((resource) =>
  CONTENT_VERBS.map((verb) => `${resource}:${verb}` as Permission),
);

/**
 * A key or token reads the console's resources and uses the protected APIs; it never changes the console's. What
 * happened at a protected API it may add to the trail.
 */
export const CREDENTIAL_PERMISSIONS: readonly Permission[] = [
  ...ALL_CONSOLE.filter((permission) => permission.endsWith(":read")),
  "audit:create",
  ...ALL_CONTENT,
];

export const ALL_PERMISSIONS: readonly Permission[] = [...ALL_CONSOLE, ...ALL_CONTENT];
const KNOWN: ReadonlySet<string> = new Set(ALL_PERMISSIONS);
const OF_CREDENTIALS: ReadonlySet<string> = new Set(CREDENTIAL_PERMISSIONS);
const BUILT_IN: ReadonlySet<string> = new Set([...Object.keys(CONSOLE_RESOURCES), ...CONTENT_RESOURCES]);
const VERBS: ReadonlySet<string> = new Set(CONTENT_VERBS);

/** What can be allowed on resources with these names. A name cannot make a built-in one mean something else. */
export const registeredPermissions = (names: readonly string[]): RegisteredPermission[] =>
  names.flatMap((name) => CONTENT_VERBS.map((verb) => `${name}:${verb}` as RegisteredPermission)).filter(isNew);

const isNew = (permission: string) => !BUILT_IN.has(permission.split(":")[0] ?? "");

/** The names of the organization's own resources, as the power knows them. */
export const registeredOf = (power: Power) => ("resources" in power ? power.resources : []);

const isRegistered = (permission: string, names: readonly string[]) => {
  const [resource = "", verb = ""] = permission.split(":");
  return names.includes(resource) && VERBS.has(verb) && isNew(permission);
};

/**
 * Whether the power covers the permission, on the instance with this id or, without one, on the
 * organization; of one object when its id is given. What nothing grants is denied, an unknown
 * permission included.
 */
export function allows(power: Power, permission: AnyPermission, instanceId?: string, objectId?: string): boolean {
  const isOwn = isRegistered(permission, registeredOf(power));
  if (!isOwn && !KNOWN.has(permission)) return false;
  const isOfCredentials = isOwn || OF_CREDENTIALS.has(permission);
  switch (power.kind) {
    case "roles":
      return power.roles.some((role) => reaches(role, permission, instanceId, objectId));
    case "key":
      return isOfCredentials && (power.access === "full" || power.listed.includes(permission));
    case "token":
      return isOfCredentials && power.roles.some((role) => reaches(role, permission, instanceId, objectId));
    case "login":
      return (
        isOfCredentials &&
        (power.access === "role" || power.listed.includes(permission)) &&
        power.roles.some((role) => reaches(role, permission, instanceId, objectId))
      );
    case "none":
      return false;
  }
}

function reaches(role: HeldRole, permission: AnyPermission, instanceId?: string, objectId?: string): boolean {
  if (role.instanceId !== null && (role.instanceId !== instanceId || ORGANIZATION_ONLY.test(permission))) return false;
  return grants(role, permission, instanceId, objectId);
}

/**
 * Whether a role grants the permission where it is held: by its rule for the object (content), else
 * for the resource, else for the instance (content), else by the system role it is based on. Every
 * resource but the console's own is content.
 */
function grants(role: HeldRole, permission: AnyPermission, instanceId?: string, objectId?: string): boolean {
  const [resource = "", verb = ""] = permission.split(":");
  const isContent = !isConsole(resource);
  // A name asked for in the place of another kind would let the rule for that decide.
  const places = [
    isContent && isObject(objectId) ? objectId : undefined,
    resource,
    isContent && isInstance(instanceId) ? instanceId : undefined,
  ];
  for (const place of places) {
    const said = role.rules.find((rule) => rule.resource === place)?.[verb as RuleVerb];
    if (typeof said === "boolean") return said;
  }
  const base = systemRole(role.systemRoleId);
  return isNew(permission)
    ? base.registered.includes(verb as RuleVerb)
    : base.permissions.has(permission as Permission);
}

const isInstance = (name: string | undefined) => name !== undefined && name.startsWith("8-");
const isObject = (name: string | undefined) => name !== undefined && /^\d/.test(name) && !isInstance(name);
const isConsole = (resource: string) => Object.hasOwn(CONSOLE_RESOURCES, resource);

/** What a role would grant, where it applies, beyond what the power covers there: empty when it may be handed out. */
export function exceeding(power: Power, role: HeldRole): AnyPermission[] {
  const held = "roles" in power ? power.roles : [];
  // A rule can only make a difference at what it names.
  const named = [...new Set([role, ...held].flatMap(({ rules }) => rules.map(({ resource }) => resource)))];
  const places = role.instanceId === null ? [undefined, ...named.filter(isInstance)] : [role.instanceId];
  const objects = [undefined, ...named.filter(isObject)];
  const isPlain = (one: HeldRole) => one.rules.length === 0;
  const isBeyond = (permission: AnyPermission) => {
    // What a role without rules covers it covers at every place and object: most callers need no further look.
    const plainly = { ...power, roles: held.filter(isPlain) } as Power;
    if (allows(plainly, permission, role.instanceId ?? undefined)) return false;
    return places.some((place) =>
      objects.some((object) => reaches(role, permission, place, object) && !allows(power, permission, place, object)),
    );
  };
  return permissionsKnownTo(power).filter(isBeyond);
}

/** Every permission the power covers there. */
export function permissionsOf(power: Power, instanceId?: string): AnyPermission[] {
  return permissionsKnownTo(power).filter((permission) => allows(power, permission, instanceId));
}

const permissionsKnownTo = (power: Power): AnyPermission[] => [
  ...ALL_PERMISSIONS,
  ...registeredPermissions(registeredOf(power)),
];
