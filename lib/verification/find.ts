import "server-only";
import type { Db, Tx } from "@/lib/kernel/db";
import type { SecretKind } from "@/lib/kernel/secrets";
import type { Facts } from "./decide";
import { type Digest, hexOf } from "./digests";
import { findCredentials } from "./find-credential";
import { findLogins } from "./find-login";
import { findSessions } from "./find-session";
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

/** What the database says of the values of this kind with these digests, whatever their state; undefined for what never was issued. */
export async function findAll(
  client: Db | Tx,
  kind: CheckedKind,
  digests: readonly Digest[],
): Promise<(Found | undefined)[]> {
  const found = await FIND[kind](client, digests);
  return digests.map((digest) => found.get(hexOf(digest)));
}

/** The same, of one. */
export const findPresented = async (client: Db | Tx, kind: CheckedKind, digest: Digest): Promise<Found | undefined> =>
  (await findAll(client, kind, [digest]))[0];

const FIND = {
  api_key: findCredentials,
  access_token: findCredentials,
  login_access: findLogins,
  session: findSessions,
} satisfies Record<CheckedKind, (client: Db | Tx, digests: readonly Digest[]) => Promise<Map<string, Found>>>;
