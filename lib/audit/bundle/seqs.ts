import "server-only";
import type { Range } from "@/lib/audit/merkle";
import { db } from "@/lib/kernel/db";
import type { Prisma } from "@/prisma/generated/client";

/** Places in a log, ascending: eight bytes each is all that is kept of the events of an export. */
export type Seqs = Float64Array;

const AT_ONCE = 5_000;

/** The places of the events that match, among those from `from` up to, not including, `to`. */
export async function seqsOf(logId: string, where: Prisma.AuditEventWhereInput, [from, to]: Range): Promise<Seqs> {
  let seqs = new Float64Array(1024);
  let count = 0;
  let after = 0n;
  for (;;) {
    const events = await db().auditEvent.findMany({
      where: { AND: [where, { position: { gt: after } }] },
      orderBy: { position: "asc" },
      take: AT_ONCE,
      select: { id: true, position: true },
    });
    const eventId = { in: events.map(({ id }) => id) };
    const leaves = await db().auditLeaf.findMany({ where: { logId, eventId, seq: { gte: from, lt: to } } });
    for (const { seq } of leaves) {
      if (count === seqs.length) seqs = grown(seqs);
      seqs[count++] = Number(seq);
    }
    const last = events.at(-1);
    if (!last || events.length < AT_ONCE) return seqs.subarray(0, count).sort();
    after = last.position;
  }
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
