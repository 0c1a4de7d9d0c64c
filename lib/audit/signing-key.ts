import "server-only";
import type { Origin } from "@/lib/kernel/ctx";
import { db, type Db, type Tx } from "@/lib/kernel/db";
import { writeEvent } from "@/lib/kernel/events";
import { log } from "@/lib/kernel/log";
import { deriveKey } from "@/lib/kernel/secret-key";
import type { AuditKey } from "@/prisma/generated/client";
import { endorsementBody } from "./checkpoint";
import { type NoteKey, noteKey, parseVkey, publicKeyOf, signNote, vkeyOf } from "./note";
import type { PublishedKey } from "./schema";
import { takeSealing } from "./sealing-lock";

interface SigningKey {
  generation: number;
  seed: Uint8Array;
  key: NoteKey;
}

/** Of the same secret key every process derives the same one, and none of them need store it. */
function deriveSigningKey(generation: number): SigningKey {
  const seed = new Uint8Array(deriveKey(`audit signing key ${generation}`));
  return { generation, seed, key: noteKey(publicKeyOf(seed)) };
}

/**
 * The key that checkpoints are signed with now; the first one is made when it is asked for. For a transaction
 * that holds the sealing lock. A secret key that was replaced can no longer sign for the one before it: a new
 * generation begins that nothing endorses, and verifiers have to be told.
 */
export async function signingKey(tx: Tx): Promise<SigningKey> {
  const newest = await tx.auditKey.findFirst({ orderBy: { generation: "desc" } });
  if (!newest) return addKey(tx, deriveSigningKey(1), null);
  const current = deriveSigningKey(newest.generation);
  if (current.key.name === newest.id) return current;
  const next = await addKey(tx, deriveSigningKey(newest.generation + 1), null);
  log().warn({ was: newest.id, is: next.key.name }, "the secret key was replaced: checkpoints have an unendorsed key");
  return next;
}

async function addKey(tx: Tx, added: SigningKey, endorsement: string | null): Promise<SigningKey> {
  const { generation, key } = added;
  const publicKey = new Uint8Array(key.publicKey);
  await tx.auditKey.create({ data: { id: key.name, generation, publicKey, endorsement } });
  return added;
}

/**
 * The keys that may have signed what is gone on from: those of this secret key, which no row can name falsely. Those
 * listed count only where the secret key was replaced, of which verifiers have to be told in any case.
 */
export async function keysBefore(tx: Tx, { generation }: SigningKey): Promise<readonly NoteKey[]> {
  const own = Array.from({ length: generation }, (_, before) => deriveSigningKey(before + 1).key);
  const listed = await listKeys(tx);
  const isReplaced = generation > 1 && listed.at(-1)?.endorsement === null;
  return isReplaced ? [...own, ...listed.map(({ vkey }) => parseVkey(vkey))] : own;
}

/** Puts the next key in the place of the current one, which signs that it did. Recorded in the log of the deployment. */
export async function rotateSigningKey(origin: Origin): Promise<NoteKey> {
  return db().$transaction(async (tx) => {
    await takeSealing(tx);
    const old = await signingKey(tx);
    const next = deriveSigningKey(old.generation + 1);
    const [before, after] = [{ key: vkeyOf(old.key) }, { key: vkeyOf(next.key) }];
    await addKey(tx, next, signNote(endorsementBody(before.key, after.key), old.seed));
    const by = { ...origin, principal: { kind: "system", id: null, name: "Latchkey" }, organizationId: null } as const;
    await writeEvent(tx, by, { action: "trail.key_rotated", target: { id: null, name: next.key.name }, before, after });
    return next.key;
  });
}

/** All keys, the oldest first: who trusts one of them can follow the endorsements to those after it. */
export async function listKeys(client: Db | Tx = db()): Promise<PublishedKey[]> {
  const rows = await client.auditKey.findMany({ orderBy: { generation: "asc" } });
  return rows.map(({ publicKey, endorsement }: AuditKey) => ({ vkey: vkeyOf(noteKey(publicKey)), endorsement }));
}
