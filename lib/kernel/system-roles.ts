import type { Permission } from "./permissions";

/** The console's own resources and the verbs that mean something on each. */
export const CONSOLE_RESOURCES = {
  apps: ["create", "read", "update", "delete"],
  keys: ["create", "read", "update", "delete"],
  instances: ["create", "read", "update"],
  users: ["create", "read", "update", "delete", "grant", "super"],
  roles: ["create", "read", "update", "delete", "grant", "super"],
  tokens: ["create", "read", "update", "delete"],
  sessions: ["read", "delete"],
  audit: ["create", "read"],
  policy: ["read", "update"],
  streams: ["create", "read", "update", "delete"],
} as const;

/** Resources of the protected APIs. */
export const CONTENT_RESOURCES = ["content", "schema", "media", "code", "leads", "redirects", "settings"] as const;
export const CONTENT_VERBS = ["create", "read", "update", "delete", "publish"] as const;

type ConsoleResource = keyof typeof CONSOLE_RESOURCES;
type ContentResource = (typeof CONTENT_RESOURCES)[number];
type ContentVerb = (typeof CONTENT_VERBS)[number];

/** Outward summary of a system role, as the vendor publishes it; decisions use the permissions. */
export const FLAGS = ["create", "read", "update", "delete", "publish", "grant", "super"] as const;

export interface SystemRole {
  id: string;
  name: string;
  level: number;
  flags: readonly (typeof FLAGS)[number][];
  permissions: ReadonlySet<Permission>;
  /** What it may do with a resource that the organization has registered itself. */
  registered: readonly ContentVerb[];
}

const every = (resource: ConsoleResource): Permission[] =>
  CONSOLE_RESOURCES[resource].map((verb) => `${resource}:${verb}` as Permission);
const content = (
  verbs: readonly ContentVerb[],
  resources: readonly ContentResource[] = CONTENT_RESOURCES,
): Permission[] => resources.flatMap((resource) => verbs.map((verb) => `${resource}:${verb}` as const));

const EDIT = ["create", "read", "update"] as const;

/** The fixed system roles: ids, levels and flags are facts of the vendor's tables; Auditor is ours. */
export const SYSTEM_ROLES: readonly SystemRole[] = [
  {
    id: "31-71cfc74-0wn3r",
    name: "Owner",
    level: 0,
    flags: FLAGS,
    registered: CONTENT_VERBS,
    permissions: new Set([
      ...content(CONTENT_VERBS),
      ...(Object.keys(CONSOLE_RESOURCES) as ConsoleResource[]).flatMap(every),
    ]),
  },
  {
    id: "31-71cfc74-4dm13",
    name: "Admin",
    level: 1,
    flags: ["create", "read", "update", "delete", "publish", "grant"],
    registered: CONTENT_VERBS,
    permissions: new Set<Permission>([
      ...content(CONTENT_VERBS),
      ...every("apps"),
      ...every("keys"),
      ...every("instances"),
      ...every("tokens"),
      ...every("sessions"),
      "users:create",
      "users:read",
      "users:update",
      "users:grant",
      "roles:create",
      "roles:read",
      "roles:update",
      "roles:delete",
      "roles:grant",
      ...every("audit"),
      ...every("streams"),
      "policy:read",
    ]),
  },
  {
    id: "31-71cfc74-d3v3l0p3r",
    name: "Developer",
    level: 2,
    flags: ["create", "read", "update", "delete", "publish"],
    registered: CONTENT_VERBS,
    permissions: new Set<Permission>([...content(CONTENT_VERBS), "instances:read", "apps:read", "keys:read"]),
  },
  {
    id: "31-71cfc74-s30",
    name: "SEO",
    level: 3,
    flags: ["create", "read", "update", "delete", "publish"],
    registered: [],
    permissions: new Set<Permission>([
      ...content(CONTENT_VERBS, ["content", "media", "leads", "redirects"]),
      "instances:read",
    ]),
  },
  {
    id: "31-71cfc74-p0bl1shr",
    name: "Publisher",
    level: 4,
    flags: ["create", "read", "update", "delete", "publish"],
    registered: [],
    permissions: new Set<Permission>([...content(CONTENT_VERBS, ["content", "media", "leads"]), "instances:read"]),
  },
  {
    id: "31-71cfc74-c0ntr1b0t0r",
    name: "Contributor",
    level: 5,
    flags: EDIT,
    registered: [],
    permissions: new Set<Permission>([...content(EDIT, ["content", "media"]), "instances:read"]),
  },
  {
    id: "31-71cfc74-d3vc0n",
    name: "Developer Contributor",
    level: 6,
    flags: EDIT,
    registered: [],
    permissions: new Set<Permission>([...content(EDIT, ["content", "schema", "code", "media"]), "instances:read"]),
  },
  {
    id: "31-71cfc74-4cc4dm13",
    name: "Access Admin",
    level: 7,
    flags: ["read", "grant", "super"],
    registered: ["read"],
    permissions: new Set<Permission>([
      ...content(["read"]),
      "instances:read",
      "users:create",
      "users:read",
      "users:update",
      "users:delete",
      "users:grant",
      "roles:create",
      "roles:read",
      "roles:update",
      "roles:delete",
      "roles:grant",
      "sessions:read",
      "sessions:delete",
      "tokens:read",
    ]),
  },
  {
    id: "31-71cfc74-4ud1t0r",
    name: "Auditor",
    level: 8,
    flags: ["read"],
    registered: [],
    permissions: new Set<Permission>([
      "instances:read",
      "users:read",
      "roles:read",
      "sessions:read",
      "tokens:read",
      "apps:read",
      "keys:read",
      "audit:read",
      "policy:read",
      "streams:read",
    ]),
  },
];

export const OWNER_ROLE_ID = "31-71cfc74-0wn3r";

/** The Owner's role on every instance and the organization itself: who covers it may do everything. */
export const ORGANIZATION_OWNER = { systemRoleId: OWNER_ROLE_ID, instanceId: null, rules: [] } as const;

/** The system role with this fixed id. Throws a plain Error for an id no row should hold. */
export function systemRole(id: string): SystemRole {
  const role = SYSTEM_ROLES.find((candidate) => candidate.id === id);
  if (!role) throw new Error(`No system role has the id ${id}`);
  return role;
}
