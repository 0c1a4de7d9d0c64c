import "server-only";
import { type Hash, type Range } from "@/lib/audit/merkle";
import { hashesOf } from "@/lib/audit/tile-store";
import { db } from "@/lib/kernel/db";
import type { Seqs } from "./seqs";

const AT_ONCE = 1_000;

/** The records of a range of a log. Throws an Error when one of them is not there. */
export async function* recordsIn(logId: string, [from, to]: Range): AsyncGenerator<string> {
  for (let start = from; start < to; start += AT_ONCE) {
    const end = Math.min(start + AT_ONCE, to);
    const leaves = await db().auditLeaf.findMany({
      where: { logId, seq: { gte: start, lt: end } },
      orderBy: { seq: "asc" },
      select: { record: true },
    });
    if (leaves.length !== end - start) throw new Error(`The log ${logId} lacks records from ${start} to ${end}.`);
    for (const { record } of leaves) yield record;
  }
}

/** The records at these places. Throws an Error when one of them is not there. */
export async function* recordsAt(logId: string, seqs: Seqs): AsyncGenerator<string> {
  for (let start = 0; start < seqs.length; start += AT_ONCE) {
    const wanted = [...seqs.subarray(start, start + AT_ONCE)];
    const leaves = await db().$queryRaw<{ record: string }[]>`
      select record from audit_leaf where log_id = ${logId} and seq = any(${wanted}::bigint[]) order by seq`;
    if (leaves.length !== wanted.length) throw new Error(`The log ${logId} lacks records from ${wanted[0]} on.`);
    for (const { record } of leaves) yield record;
  }
}

/** The hashes of many subtrees, read some at a time. */
export async function* hashesIn(logId: string, ranges: Iterable<Range>): AsyncGenerator<Hash> {
  let part: Range[] = [];
  for (const range of ranges) {
    part.push(range);
    if (part.length < AT_ONCE) continue;
    yield* await hashesOf(db(), logId, part);
    part = [];
  }
  yield* await hashesOf(db(), logId, part);
}
