import type { Tx } from "./db";
import type { Power } from "./permissions";

export interface UserPrincipal {
  kind: "user";
  id: string;
  name: string;
  email: string;
  sessionId: string;
  /** When the password was last given in this session. */
  provedAt: Date;
  lastActionAt: Date;
  /** When the session ends if nothing more is done, and when it ends whatever is done. */
  idleEndsAt: Date;
  absoluteEndsAt: Date;
  /** The organization asks a second factor of this person, who has none yet: until then they hold nothing. */
  owesFactor?: true;
}

export interface KeyPrincipal {
  kind: "api_key";
  id: string;
  name: string;
  version: number;
  appId: string;
  appName: string;
}

export interface TokenPrincipal {
  kind: "access_token";
  id: string;
  name: string;
  version: number;
  instanceId: string;
  roleId: string;
  roleName: string;
}

/** A login token acts under the name of its app: who logged in stands on the grant, not on what it does. */
export interface LoginPrincipal {
  kind: "login_token";
  id: string;
  name: string;
  userId: string;
  appId: string;
  expiresAt: Date;
}

export type CredentialPrincipal = KeyPrincipal | TokenPrincipal;

export type Principal =
  UserPrincipal | CredentialPrincipal | LoginPrincipal | { kind: "system"; id: null; name: string };

/** What the database says of the caller at one moment of its own clock. */
export interface Standing<P extends Principal = Principal> {
  principal: P;
  organizationId: string;
  power: Power;
  now: Date;
}

/** Where a request came from. Present before anybody is known. */
export interface Origin {
  requestId: string;
  ip: string;
  userAgent: string;
  /** The answer has no body: nobody learns what is read for it. */
  isHead?: true;
}

/** Everything a command or query may know of its caller. */
export interface Ctx extends Standing, Origin {
  /** Reads the caller's standing again inside the write transaction. Throws 401 when it has ended. */
  recheck: (tx: Tx) => Promise<Standing>;
  idempotency?: { key: string; requestDigest: Uint8Array<ArrayBuffer> };
}
