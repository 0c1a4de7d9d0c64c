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
  /** A custom role of the instance that the person holds. */
  held: string;
  user: string;
  /** A token of the instance with the Publisher's role. */
  token: string;
  tokenValue: string;
  /** The Publisher's role on every instance. */
  publisherRole: string;
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
] as const;
export type Principal = (typeof PRINCIPALS)[number];
