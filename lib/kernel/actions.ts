/**
 * The closed list of audit actions: what each does (the vendor's verb numbers: 1 create, 2 update,
 * 3 delete), what it acts on, and the only fields an event may carry before and after the change.
 */
export const ACTIONS = {
  "access.refused": { verb: 2, target: "resource", fields: ["method", "permission"] },
  "app.registered": {
    verb: 1,
    target: "app",
    fields: ["name", "uri", "description", "loginUserType", "keyAccess", "keyPermissions"],
  },
  "app.updated": {
    verb: 2,
    target: "app",
    fields: [
      "name",
      "uri",
      "description",
      "loginUserType",
      "postLoginRedirects",
      "postLogoutRedirects",
      "keyAccess",
      "keyPermissions",
      "tokenAccess",
      "tokenPermissions",
    ],
  },
  "app.disabled": { verb: 2, target: "app", fields: ["status"] },
  "app.enabled": { verb: 2, target: "app", fields: ["status"] },
  "app.deleted": { verb: 3, target: "app", fields: ["name", "status", "revokedKeys"] },
  "app.secret_rotated": { verb: 2, target: "app", fields: ["secretHint"] },
  "instance.created": { verb: 1, target: "instance", fields: ["name", "domain"] },
  "instance.updated": { verb: 2, target: "instance", fields: ["name", "domain"] },
  "key.generated": {
    verb: 1,
    target: "api_key",
    fields: ["name", "description", "notBefore", "expiresAt", "allowedCidrs", "rateLimit", "hint"],
  },
  "key.updated": {
    verb: 2,
    target: "api_key",
    fields: ["name", "description", "notBefore", "expiresAt", "allowedCidrs", "rateLimit"],
  },
  "key.disabled": { verb: 2, target: "api_key", fields: ["status"] },
  "key.enabled": { verb: 2, target: "api_key", fields: ["status"] },
  "key.rotated": { verb: 2, target: "api_key", fields: ["version", "hint", "previousVersionEndsAt"] },
  "key.rotation_extended": { verb: 2, target: "api_key", fields: ["version", "previousVersionEndsAt"] },
  "key.rotation_finished": { verb: 2, target: "api_key", fields: ["version", "previousVersionEndsAt"] },
  "key.rotation_rolled_back": { verb: 2, target: "api_key", fields: ["version", "previousVersionEndsAt"] },
  "key.revoked": { verb: 3, target: "api_key", fields: ["status", "reason"] },
  "organization.set_up": { verb: 1, target: "organization", fields: ["name", "accountName", "instance", "owner"] },
  "session.started": { verb: 1, target: "session", fields: [] },
  "session.ended": { verb: 3, target: "session", fields: ["reason"] },
  "session.proved": { verb: 2, target: "session", fields: [] },
  "login.failed": { verb: 1, target: "user", fields: ["reason"] },
} as const satisfies Record<string, { verb: 1 | 2 | 3; target: string; fields: readonly string[] }>;

export type Action = keyof typeof ACTIONS;
type Field<A extends Action> = (typeof ACTIONS)[A]["fields"][number];

/** The allow-listed part of a record that an event of this action may show. */
export type Snapshot<A extends Action> = { [F in Field<A>]?: unknown };
