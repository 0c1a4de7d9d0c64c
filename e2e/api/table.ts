/** The ids of one organization's objects. */
export interface Target {
  app: string;
  key: string;
  value: string;
  instance: string;
  event: string;
  /** An API login of the developer. */
  session: string;
  /** A login of the developer through another app than `app`. */
  grant: string;
  /** A custom role of the instance that nobody holds, and a resource it has a rule for. */
  role: string;
  resource: string;
  /** A resource that the organization has registered. */
  name: string;
  /** A custom role of the instance that the person holds. */
  held: string;
  user: string;
  /** A token of the instance with the Publisher's role. */
  token: string;
  tokenValue: string;
  /** The Publisher's role on every instance. */
  publisherRole: string;
  /** A stream that is paused. */
  stream: string;
  /** An open invitation to the instance. */
  invite: string;
  /** A saved view of the owner. */
  view: string;
}

export const PRINCIPALS = [
  "none",
  "garbage",
  "ended session",
  "foreign owner",
  "foreign key",
  "full key",
  "restricted key",
  "owner",
  "admin",
  "developer",
  "auditor",
  "instance owner",
  "publisher",
  "API session",
  "instance token",
  "other token",
  "access admin",
  "no role",
  "login",
] as const;
export type Principal = (typeof PRINCIPALS)[number];

/** Callers of whom the table expects, row by row, what it expects of another. */
export const TWINS = {
  "expired key": "garbage",
  "revoked token": "garbage",
  deactivated: "ended session",
  SEO: "publisher",
  contributor: "publisher",
  "developer contributor": "publisher",
  "one permission": "publisher",
} as const satisfies Record<string, Principal>;
export type CallerName = Principal | keyof typeof TWINS;
