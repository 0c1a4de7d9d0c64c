import "server-only";
import type { Ctx } from "@/lib/kernel/ctx";
import type { Tx } from "@/lib/kernel/db";
import { AppError, notFound } from "@/lib/kernel/errors";
import { mutate } from "@/lib/kernel/mutate";
import { toBase64 } from "./base64";
import { checkpointAt, newestCheckpoint, notSigned } from "./checkpoints";
import { consistencyRanges, inclusionRanges } from "./merkle";
import type { ConsistencyProof, InclusionProof, ReadProof } from "./schema";
import { listKeys } from "./signing-key";
import { hashesOf } from "./tile-store";

/**
 * A proof of RFC 9162: that an event is in the tree of a checkpoint, or that one tree is the beginning of
 * another. Reading one is recorded. Throws `not_found`, and `conflict` for an event that waits for its log.
 */
export function readProof(ctx: Ctx, query: ReadProof): Promise<InclusionProof | ConsistencyProof> {
  const target = { id: ctx.organizationId, name: "trail" };
  const action = "trail.proof_read";
  return mutate(ctx, { authority: "audit:read", action, target }, async (tx) => {
    const isConsistency = query.from !== undefined;
    const result = await (isConsistency ? proveConsistency : proveInclusion)(tx, ctx.organizationId, query);
    const proof = "seq" in result ? `event ${result.seq} of ${result.size}` : `${result.from} to ${result.to}`;
    return { result, audit: { action, target, after: { proof } } };
  });
}

async function proveInclusion(tx: Tx, logId: string, query: ReadProof): Promise<InclusionProof> {
  const leaf = await findLeaf(tx, logId, query);
  const checkpoint = await (query.size ? checkpointAt(tx, logId, query.size) : newestCheckpoint(tx, logId));
  if (!checkpoint || Number(checkpoint.size) <= leaf.seq) throw notSigned();
  const size = Number(checkpoint.size);
  const hashes = await hashesOf(tx, logId, inclusionRanges(leaf.seq, size));
  return { ...leaf, size, hashes: hashes.map(toBase64), checkpoint: checkpoint.note, keys: await listKeys(tx) };
}

/** An archived event has its place still; its record is in the archive. */
async function findLeaf(tx: Tx, logId: string, { event, seq }: ReadProof) {
  const log = await tx.auditLog.findUnique({ where: { logId } });
  if (seq !== undefined) {
    if (!log || seq >= Number(log.size)) throw notFound("event");
    const leaf = await tx.auditLeaf.findUnique({ where: { logId_seq: { logId, seq } } });
    return { log: logId, seq, event: leaf?.eventId ?? null, record: leaf?.record ?? null };
  }
  const id = event as string;
  const leaf = await tx.auditLeaf.findUnique({ where: { eventId: id, logId } });
  if (leaf) return { log: logId, seq: Number(leaf.seq), event: id, record: leaf.record };
  if ((await tx.auditEvent.count({ where: { id, organizationId: logId } })) === 0) throw notFound("event");
  throw new AppError("conflict", "No checkpoint has this event yet. Ask again in a second.", { retryAfterSeconds: 1 });
}

async function proveConsistency(tx: Tx, logId: string, query: ReadProof): Promise<ConsistencyProof> {
  const newest = await newestCheckpoint(tx, logId);
  const [from, to] = [query.from as number, query.to ?? Number(newest?.size ?? 0)];
  if (!newest || from > to || to > Number(newest.size)) throw notSigned();
  const hashes = await hashesOf(tx, logId, consistencyRanges(from, to));
  return { log: logId, from, to, hashes: hashes.map(toBase64) };
}
