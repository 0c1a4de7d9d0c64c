import "server-only";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { originOf } from "@/lib/audit/checkpoint";
import { newestCheckpoint } from "@/lib/audit/checkpoints";
import { multiproofRanges, type Range } from "@/lib/audit/merkle";
import { signNote } from "@/lib/audit/note";
import { listKeys, signingKey } from "@/lib/audit/signing-key";
import { keysFile } from "@/lib/audit/verify/keys";
import { chainOf } from "@/lib/audit/verify/memory";
import { db } from "@/lib/kernel/db";
import { AppError } from "@/lib/kernel/errors";
import type { AuditCheckpoint } from "@/prisma/generated/client";
import { hashesIn, recordsAt, recordsIn } from "./leaves";
import { README } from "./readme";
import { rangesOf, seqsOf } from "./seqs";
import { type BundleSource, bundleStream } from "./write";

export interface BundleQuery {
  /** The first place in the log; without it, the first one that is not archived. */
  from?: number | undefined;
  /** One more than the last place; without it, all there is. */
  to?: number | undefined;
  /** Which events, when not all of them: their ids page by page, and what they were chosen by. */
  filter?: { ids: AsyncIterable<string[]>; words: Record<string, unknown> } | undefined;
}

export interface Bundle {
  events: number;
  from: number;
  to: number;
  stream: () => ReadableStream<Uint8Array>;
}

/**
 * A bundle of events of a log as its newest checkpoint has it. Nothing is read before its stream is. Throws
 * `invalid_input` for a range that the log does not have or that was archived, and `busy` before anything is sealed.
 */
export async function makeBundle(logId: string, { filter, ...query }: BundleQuery): Promise<Bundle> {
  const checkpoint = await newestCheckpoint(db(), logId);
  if (!checkpoint) {
    throw new AppError("busy", "Nothing is sealed yet. Try again in a second.", { retryAfterSeconds: 1 });
  }
  const size = Number(checkpoint.size);
  const [from, to] = await rangeOf(logId, size, query);
  const seqs = filter && (await seqsOf(logId, filter.ids, [from, to]));
  const ranges = () => (seqs ? rangesOf(seqs) : from < to ? [[from, to] as const] : []);
  const source: BundleSource = {
    ...(await headOf(logId, checkpoint)),
    events: seqs ? seqs.length : to - from,
    isComplete: !filter,
    from,
    to,
    filter: filter?.words ?? {},
    records: seqs ? recordsAt(logId, seqs) : recordsIn(logId, [from, to]),
    ranges: ranges(),
    hashes: hashesIn(logId, multiproofRanges(ranges(), size)),
  };
  return { events: source.events, from, to, stream: () => bundleStream(source) };
}

async function rangeOf(logId: string, size: number, { from, to = size }: BundleQuery): Promise<Range> {
  const newest = await db().auditArchive.findFirst({ where: { logId }, orderBy: { toSeq: "desc" } });
  const kept = Number(newest?.toSeq ?? 0);
  const start = from ?? kept;
  if (to > size || start > to) {
    const detail = `must be in the log, which has ${size} sealed events, and not before fromSeq`;
    throw new AppError("invalid_input", `toSeq ${detail}.`, { errors: [{ pointer: "?toSeq", detail }] });
  }
  if (start < kept) {
    const detail = `must be ${kept} or later: what was before it is archived`;
    throw new AppError("invalid_input", `fromSeq ${detail}.`, { errors: [{ pointer: "?fromSeq", detail }] });
  }
  return [start, to];
}

/** What every bundle of the log has at this moment. */
async function headOf(logId: string, { epoch, size, note }: AuditCheckpoint) {
  const { seed } = await db().$transaction(signingKey);
  const script = await readFile(path.resolve("scripts/verify-bundle.py"), "utf8");
  return {
    origin: originOf(logId, epoch),
    size: Number(size),
    exported: new Date(),
    checkpoint: note,
    keys: keysFile(chainOf(await listKeys())),
    help: { "README.txt": README, "verify.py": script },
    sign: (body: string) => signNote(body, seed),
  };
}
