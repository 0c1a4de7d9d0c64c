import "server-only";
import type { Range } from "@/lib/audit/merkle";
import { db } from "@/lib/kernel/db";

/** Places in a log, ascending: eight bytes each is all that is kept of the events of an export. */
export type Seqs = Float64Array;

/** The places of these events, whose ids come page by page, among those from `from` up to, not including, `to`. */
export async function seqsOf(logId: string, pages: AsyncIterable<string[]>, [from, to]: Range): Promise<Seqs> {
  let seqs = new Float64Array(1024);
  let count = 0;
  for await (const ids of pages) {
    const where = { logId, eventId: { in: ids }, seq: { gte: from, lt: to } };
    for (const { seq } of await db().auditLeaf.findMany({ where, select: { seq: true } })) {
      if (count === seqs.length) seqs = grown(seqs);
      seqs[count++] = Number(seq);
    }
  }
  return seqs.subarray(0, count).sort();
}

function grown(seqs: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(seqs.length * 2);
  larger.set(seqs);
  return larger;
}

/** The same places as ranges that do not touch. */
export function* rangesOf(seqs: Seqs): Generator<Range> {
  let start = 0;
  for (let at = 1; at <= seqs.length; at++) {
    const before = seqs[at - 1] as number;
    if (seqs[at] === before + 1) continue;
    yield [seqs[start] as number, before + 1];
    start = at;
  }
}
