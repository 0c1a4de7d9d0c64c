import "server-only";
import { setTimeout as delay } from "node:timers/promises";
import { db } from "@/lib/kernel/db";
import { log } from "@/lib/kernel/log";
import type { MigrationTarget } from "@/lib/store/migration-transaction";
import { SEGMENT, startOf } from "./segments";

const EVERY_MS = 5_000;
const PATIENCE_MS = 3_000;

type OpenSlow = () => Promise<MigrationTarget & { close(): Promise<void> }>;

/** Indexes the trail's segments as they fill up. What it answers stops it, after the segment that is under way. */
export function startIndexer(openSlow: OpenSlow): () => Promise<void> {
  let running: Promise<unknown> = Promise.resolve();
  let isIdle = true;
  const run = () => {
    if (!isIdle) return;
    isIdle = false;
    running = indexTrail(openSlow, () => stopping)
      .catch((thrown: unknown) => log().warn({ err: thrown }, "the trail could not be indexed; it is tried again"))
      .finally(() => (isIdle = true));
  };
  let stopping = false;
  const timer = setInterval(run, EVERY_MS);
  timer.unref();
  return async () => {
    stopping = true;
    clearInterval(timer);
    await Promise.race([running, delay(PATIENCE_MS, undefined, { ref: false })]);
  };
}

/** Indexes every segment that nothing can be added to any more, and answers how many. */
export async function indexTrail(openSlow: OpenSlow, isStopping: () => boolean = () => false): Promise<number> {
  const { segments } = await db().auditIndex.findUniqueOrThrow({ where: { id: 1 } });
  if (!(await isFull(segments))) return 0;
  const target = await openSlow();
  try {
    let done = 0;
    while (!isStopping() && (await indexNext(target))) done += 1;
    return done;
  } finally {
    await target.close();
  }
}

async function isFull(segment: number): Promise<boolean> {
  const newest = await db().auditEvent.findFirst({ orderBy: { position: "desc" }, select: { position: true } });
  return newest !== null && newest.position >= startOf(segment + 1) - 1n;
}

/** Of several processes one holds the row; the others have nothing to do. */
async function indexNext(target: MigrationTarget): Promise<boolean> {
  const settled = await inTransaction(target, "select audit_settled_position()::text");
  return (
    (await inTransaction(
      target,
      `with next as (select segments from audit_index where id = 1 and (segments + 1) * ${SEGMENT}::bigint - 1 <= ${BigInt(String(settled))}
          for update skip locked),
        done as (select segments, audit_index_segment(segments) from next)
      update audit_index set segments = done.segments + 1 from done where id = 1 returning done.segments`,
    )) !== undefined
  );
}

/** The first value of the answer. */
async function inTransaction(target: MigrationTarget, sql: string): Promise<unknown> {
  const transaction = await target.begin();
  try {
    const { rows } = await transaction.queryRaw({ sql, args: [], argTypes: [] });
    await transaction.commit();
    return rows[0]?.[0];
  } catch (error) {
    await transaction.rollback().catch(() => undefined);
    throw error;
  }
}
