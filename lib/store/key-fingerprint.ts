import "server-only";
import { type Db, db, type Tx } from "@/lib/kernel/db";
import type { Env } from "@/lib/kernel/env";
import { deriveKey } from "@/lib/kernel/secret-key";

/**
 * Keeps a fingerprint of the secret key with the first start on a database. Throws an Error that says what
 * to do when this process has another key: it would believe no cookie of the others and open no second factor.
 */
export async function requireSameKey(client: Db = db(), settings?: Pick<Env, "dataDir" | "secretKey">): Promise<void> {
  const fingerprint = new Uint8Array(deriveKey("fingerprint", settings));
  // Two that start together cannot both be the first.
  await client.keyFingerprint.createMany({ data: { fingerprint }, skipDuplicates: true });
  if ((await client.keyFingerprint.count({ where: { fingerprint } })) === 1) return;
  throw otherKey();
}

/** The same where nothing may be written; a database that no server has used yet has no key. */
export async function requireNoOtherKey(tx: Tx, settings: Pick<Env, "dataDir" | "secretKey">): Promise<void> {
  const fingerprint = deriveKey("fingerprint", settings);
  const known = await tx.keyFingerprint.findMany();
  if (known.length > 0 && !known.some((each) => fingerprint.equals(each.fingerprint))) throw otherKey();
}

const otherKey = () =>
  new Error(
    "The secret key of this process, SECRET_KEY or else the file secret-key in DATA_DIR, is not the one this database is used with. " +
      "Give all processes the same SECRET_KEY.\n" +
      "To change it for good, stop all processes, run `delete from key_fingerprint` on the database and start them with the new one: " +
      "everybody signs in again, and second factors have to be reset.",
  );
