import "server-only";
import { newRequestId } from "@/lib/edge/request-id";
import { db } from "@/lib/kernel/db";
import { writeEvent } from "@/lib/kernel/events";
import { writeArchive } from "./archive-file";
import type { Range } from "./merkle";

/** So many events make an archive at most: one that takes long to write is hard to move and to verify. */
const EVENTS_AT_MOST = 100_000;
const ROWS_AT_ONCE = 1_000;

/**
 * Moves what the organizations no longer keep into archives: a bundle is written and verified, then its events
 * leave the database, and the tree stays as it is. What an earlier run was interrupted at is finished first.
 * Answers how many events were archived. Throws when a bundle cannot be written or does not verify.
 */
export async function archiveOldEvents(): Promise<number> {
  let archived = 0;
  const organizations = await db().organization.findMany({ where: { auditRetentionDays: { gt: 0 } } });
  for (const { id, auditRetentionDays } of organizations) {
    await dropArchived(id);
    for (;;) {
      const range = await findDue(id, auditRetentionDays);
      if (!range) break;
      await archive(id, range);
      await dropArchived(id);
      archived += range[1] - range[0];
    }
  }
  return archived;
}

/** The next events that were sealed so many days ago: when they happened is what a reporter says of some. */
async function findDue(logId: string, days: number): Promise<Range | undefined> {
  const from = await archivedUpTo(logId);
  const log = await db().auditLog.findUnique({ where: { logId } });
  const epochs = Array.from({ length: log?.epoch ?? 0 }, (_, before) => before + 1);
  const [due] = await db().$queryRaw<{ size: number | null }[]>`
    select max(size)::float8 as size from audit_checkpoint
    where log_id = ${logId} and epoch = any(${epochs}::int[]) and size > ${from} and size <= ${from + EVENTS_AT_MOST}
      and signed_at < clock_timestamp() - make_interval(days => ${days})`;
  return due?.size ? [from, due.size] : undefined;
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
