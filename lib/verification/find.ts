import "server-only";
import type { Db, Tx } from "@/lib/kernel/db";
import type { SecretKind } from "@/lib/kernel/secrets";
import type { Facts } from "./decide";
import { findCredential } from "./find-credential";
import { findLogin } from "./find-login";
import { findSession } from "./find-session";
import type { Found } from "./found";

/** The kinds of secrets that are sent in the Authorization header and can be checked. */
export const CHECKED = ["api_key", "access_token", "login_access", "session"] as const satisfies SecretKind[];
export type CheckedKind = (typeof CHECKED)[number];

export const isChecked = (kind: SecretKind | undefined): kind is CheckedKind => CHECKED.includes(kind as CheckedKind);

/** What a credential is called when it is refused. */
export const NOUN = {
  api_key: "API key",
  access_token: "access token",
  login_access: "login token",
  session: "session",
} as const satisfies Record<CheckedKind, Facts["noun"]>;

/** What the database says of the value of this kind with this digest, whatever its state; undefined when it never was issued. */
export function findPresented(
  client: Db | Tx,
  kind: CheckedKind,
  digest: Uint8Array<ArrayBuffer>,
): Promise<Found | undefined> {
  switch (kind) {
    case "api_key":
    case "access_token":
      return findCredential(client, digest);
    case "login_access":
      return findLogin(client, digest);
    case "session":
      return findSession(client, { digest });
  }
}
