import "server-only";
import { newRequestId } from "@/lib/edge/request-id";
import { db } from "@/lib/kernel/db";
import { writeEvent } from "@/lib/kernel/events";
import { log } from "@/lib/kernel/log";
import { writeArchive } from "./archive-file";
import type { Range } from "./merkle";

/** So many events make an archive at most: one that takes long to write is hard to move and to verify. */
const EVENTS_AT_MOST = 100_000;
const ROWS_AT_ONCE = 1_000;

/**
 * Moves what the organizations no longer keep into archives: a bundle is written and verified, then its events
 * leave the database, and the tree stays as it is. What an earlier run was interrupted at is finished first.
 * Answers how many events were archived. An organization whose bundle cannot be written or does not verify is told of in
 * the log and keeps its events, and keeps no other from its turn.
 */
export async function archiveOldEvents(): Promise<number> {
  let archived = 0;
  const organizations = await db().organization.findMany({ where: { auditRetentionDays: { gt: 0 } } });
  for (const { id, auditRetentionDays } of organizations) {
    try {
      for await (const events of archivesOf(id, auditRetentionDays)) archived += events;
    } catch (err) {
      log().error({ err, organization: id }, "events were not archived; tried again in a day");
    }
  }
  return archived;
}

async function* archivesOf(logId: string, days: number): AsyncGenerator<number> {
  await dropArchived(logId);
  for (;;) {
    const range = await findDue(logId, days);
    if (!range) return;
    await archive(logId, range);
    await dropArchived(logId);
    yield range[1] - range[0];
  }
}

/** The next events that were sealed so many days ago: when they happened is what a reporter says of some. */
async function findDue(logId: string, days: number): Promise<Range | undefined> {
  const from = await archivedUpTo(logId);
  const epochs = await epochsOf(logId);
  const [due] = await db().$queryRaw<{ size: number | null }[]>`
    select max(size)::float8 as size from audit_checkpoint
    where log_id = ${logId} and epoch = any(${epochs}::int[]) and size > ${from} and size <= ${from + EVENTS_AT_MOST}
      and signed_at < clock_timestamp() - make_interval(days => ${days})`;
  return due?.size ? [from, due.size] : undefined;
}

/** There is one for each restore; the index has the sizes of each in their order. */
async function epochsOf(logId: string): Promise<number[]> {
  const epochs: number[] = [];
  for (;;) {
    const lt = epochs.at(-1);
    const before = { logId, ...(lt !== undefined && { epoch: { lt } }) };
    const newest = await db().auditCheckpoint.findFirst({ where: before, orderBy: { epoch: "desc" } });
    if (!newest) return epochs;
    epochs.push(newest.epoch);
  }
}

async function archivedUpTo(logId: string): Promise<number> {
  const newest = await db().auditArchive.findFirst({ where: { logId }, orderBy: { toSeq: "desc" } });
  return Number(newest?.toSeq ?? 0);
}

/** Of two processes that archive the same, the second meets the first one's row; its file covers nothing. */
async function archive(logId: string, [fromSeq, toSeq]: Range): Promise<void> {
  const { file, sha256 } = await writeArchive(logId, [fromSeq, toSeq]);
  const by = {
    principal: { kind: "system", id: null, name: "Latchkey" },
    organizationId: logId,
    requestId: newRequestId(),
    ip: "127.0.0.1",
    userAgent: "",
  } as const;
  const range = `${fromSeq}–${toSeq}`;
  const after = { range, events: toSeq - fromSeq, file, sha256: sha256.toString("hex") };
  await db().$transaction(async (tx) => {
    await tx.auditArchive.create({ data: { logId, fromSeq, toSeq, sha256: new Uint8Array(sha256), file } });
    await writeEvent(tx, by, { action: "trail.archived", target: { id: logId, name: "trail" }, after });
  });
}

/** Deletes the events that archives have. The database does it, which refuses any other. */
async function dropArchived(logId: string): Promise<void> {
  for (;;) {
    const [dropped] = await db().$queryRaw<{ events: number }[]>`
      select drop_archived_events(${logId}, ${ROWS_AT_ONCE}::int) as events`;
    if (!dropped?.events) return;
  }
}
