import "server-only";
import type { Origin } from "@/lib/kernel/ctx";
import { db, type Db, type Tx } from "@/lib/kernel/db";
import { writeEvent } from "@/lib/kernel/events";
import { log } from "@/lib/kernel/log";
import { deriveKey } from "@/lib/kernel/secret-key";
import type { AuditKey } from "@/prisma/generated/client";
import { endorsementBody } from "./checkpoint";
import { type NoteKey, noteKey, publicKeyOf, signNote, vkeyOf } from "./note";
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
 * The key that checkpoints are signed with now: the newest of this secret key. The first one is made when it is asked
 * for. For a transaction that holds the sealing lock. A secret key that was replaced can no longer sign for the one
 * before it: a new generation begins that nothing endorses, and verifiers have to be told.
 */
export async function signingKey(tx: Tx): Promise<SigningKey> {
  const listed = await tx.auditKey.findMany({ orderBy: { generation: "desc" } });
  const [newest] = listed;
  if (!newest) return addKey(tx, deriveSigningKey(1), null);
  for (const { generation, id } of listed) {
    const own = deriveSigningKey(generation);
    if (own.key.name === id) return own;
  }
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
 * The keys that may have signed what is gone on from: those of this secret key, which no row can name falsely, and those
 * listed before the first of them, where the secret key was replaced. A row that came later is nobody's word.
 */
export async function keysBefore(tx: Tx, { generation }: SigningKey): Promise<readonly NoteKey[]> {
  const own = Array.from({ length: generation }, (_, before) => deriveSigningKey(before + 1).key);
  const listed = await tx.auditKey.findMany({ orderBy: { generation: "asc" } });
  const first = listed.findIndex(({ id }) => own.some(({ name }) => name === id));
  const replaced = (listed[first]?.generation ?? 1) > 1 ? listed.slice(0, first) : [];
  return [...own, ...replaced.map(({ publicKey }) => noteKey(publicKey))];
}

/** The listed keys that this secret key does not yield. */
export const foreignKeys = async (): Promise<AuditKey[]> =>
  (await db().auditKey.findMany({ orderBy: { generation: "asc" } })).filter(
    ({ generation, id }) => deriveSigningKey(generation).key.name !== id,
  );

/** Puts the next key in the place of the current one, which signs that it did. Recorded in the log of the deployment. */
export async function rotateSigningKey(origin: Origin): Promise<NoteKey> {
  return db().$transaction(async (tx) => {
    await takeSealing(tx);
    const old = await signingKey(tx);
    const { generation = old.generation } = (await tx.auditKey.findFirst({ orderBy: { generation: "desc" } })) ?? {};
    const next = deriveSigningKey(generation + 1);
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
