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
  "role.created": { verb: 1, target: "role", fields: ["name", "description", "systemRole"] },
  "role.updated": { verb: 2, target: "role", fields: ["name", "description", "systemRole"] },
  "role.rules_changed": { verb: 2, target: "role", fields: ["rules"] },
  "role.holders_moved": { verb: 2, target: "role", fields: ["role", "holders"] },
  "role.deleted": { verb: 3, target: "role", fields: ["name", "role", "holders"] },
  "role.base_restored": { verb: 1, target: "instance", fields: ["roles"] },
  "session.started": { verb: 1, target: "session", fields: ["kind"] },
  "session.ended": { verb: 3, target: "session", fields: ["reason"] },
  "session.proved": { verb: 2, target: "session", fields: [] },
  "user.password_changed": { verb: 2, target: "user", fields: [] },
  "user.updated": { verb: 2, target: "user", fields: ["firstName", "lastName"] },
  "user.role_assigned": { verb: 1, target: "user", fields: ["role"] },
  "user.role_moved": { verb: 2, target: "user", fields: ["role"] },
  "user.role_removed": { verb: 3, target: "user", fields: ["role"] },
  "user.deactivated": { verb: 3, target: "user", fields: ["status"] },
  "user.reactivated": { verb: 2, target: "user", fields: ["status"] },
  "token.issued": {
    verb: 1,
    target: "access_token",
    fields: ["name", "description", "roleZUID", "roleName", "expiry", "allowedCidrs", "rateLimit", "hint"],
  },
  "token.updated": {
    verb: 2,
    target: "access_token",
    fields: ["name", "description", "allowedCidrs", "rateLimit"],
  },
  "token.renewed": { verb: 2, target: "access_token", fields: ["expiry"] },
  "token.rotated": { verb: 2, target: "access_token", fields: ["version", "hint", "previousVersionEndsAt"] },
  "token.rotation_extended": { verb: 2, target: "access_token", fields: ["version", "previousVersionEndsAt"] },
  "token.rotation_finished": { verb: 2, target: "access_token", fields: ["version", "previousVersionEndsAt"] },
  "token.rotation_rolled_back": { verb: 2, target: "access_token", fields: ["version", "previousVersionEndsAt"] },
  "token.revoked": { verb: 3, target: "access_token", fields: ["status", "reason"] },
  "login.failed": { verb: 1, target: "user", fields: ["reason"] },
} as const satisfies Record<string, { verb: 1 | 2 | 3; target: string; fields: readonly string[] }>;

export type Action = keyof typeof ACTIONS;
type Field<A extends Action> = (typeof ACTIONS)[A]["fields"][number];

/** The allow-listed part of a record that an event of this action may show. */
export type Snapshot<A extends Action> = { [F in Field<A>]?: unknown };
