import "server-only";
import type { Tx } from "@/lib/kernel/db";
import { writeEvent } from "@/lib/kernel/events";
import type { Header } from "./format";
import type { Loss } from "./loss";

export interface Guarded {
  sessions: number;
  logins: number;
  /** Keys and tokens that are refused until somebody confirms them. */
  quarantined: number;
  /** Streams of the trail that send nothing until somebody resumes them. */
  streams: number;
  organizations: number;
  /** How whoever verifies a log accepts its restore, log by log; empty where the logs go on as they were. */
  restores: string[];
}

/**
 * What was ended after the backup must not come back to life with it: sessions, logins and mailed links end in any
 * case. Unless it is known that nothing was lost, keys and tokens are refused until they are confirmed, streams of the
 * trail are paused until they are resumed, and the logs go on as new ones, which contradict nothing that was signed of
 * the time that is missing.
 */
export async function guardRestored(tx: Tx, { createdAt }: Header, loss: Loss): Promise<Guarded> {
  const reason = "restored from a backup";
  const sessions = await tx.$executeRaw`
    update session set ended_at = clock_timestamp(), end_reason = ${reason} where ended_at is null`;
  const logins = await tx.$executeRaw`
    update login_grant set ended_at = clock_timestamp(), end_reason = ${reason} where ended_at is null`;
  await tx.$executeRaw`update password_reset set ended_at = clock_timestamp() where ended_at is null`;
  await tx.$executeRaw`update second_factor_challenge set ended_at = clock_timestamp() where ended_at is null`;
  await tx.$executeRaw`
    update event_stream set lease_ends_at = 'epoch', next_attempt_at = clock_timestamp()`;
  const isWhole = loss.kind === "none";
  const restores = isWhole ? [] : await renameLogs(tx, loss.epochs);
  const { quarantined, streams } = isWhole ? { quarantined: 0, streams: 0 } : await quarantine(tx, reason);
  const organizations = await tx.organization.findMany({ select: { id: true, name: true } });
  const lost = { lost: loss.kind, lostEvents: loss.events };
  const after = { backupTakenAt: createdAt, ...lost, sessions, logins, quarantined, streams };
  for (const { id, name } of organizations) {
    const principal = { kind: "system", id: null, name: "Latchkey" } as const;
    const by = { requestId: "restore", ip: "", userAgent: "npm run restore", principal, organizationId: id };
    await writeEvent(tx, by, { action: "deployment.restored", target: { id, name }, after });
  }
  return { sessions, logins, quarantined, streams, organizations: organizations.length, restores };
}

const RESUME_REASON =
  "Restored from a backup: it may have been led elsewhere or deleted since. Look at its address first.";

async function quarantine(tx: Tx, reason: string) {
  await tx.$executeRaw`
    update invite set ended_at = clock_timestamp(), end_reason = ${reason} where ended_at is null`;
  const streams = await tx.$executeRaw`
    update event_stream set paused_at = clock_timestamp(), pause_reason = ${RESUME_REASON} where paused_at is null`;
  const quarantined = await tx.$executeRaw`
    update credential set quarantined_at = clock_timestamp()
    where revoked_at is null and (expires_at is null or expires_at > clock_timestamp())`;
  return { quarantined, streams };
}

/**
 * Every log that has events goes on in an epoch that nothing was signed in: after those that were seen, and numbered by
 * the second, as of another restore of the same backup nothing may be seen. One without events begins anew: only a log
 * in its first epoch may be empty.
 */
async function renameLogs(tx: Tx, seen: Loss["epochs"]): Promise<string[]> {
  const logs = await tx.$queryRaw<{ logId: string; epoch: number; size: bigint }[]>`
    update audit_log set epoch = greatest(
      epoch + 1, (${JSON.stringify(seen)}::json ->> log_id)::int + 1,
      extract(epoch from clock_timestamp() - timestamptz '2026-01-01 00:00:00Z')::int)
    where size > 0 returning log_id as "logId", epoch, size`;
  return logs.map(({ logId, epoch, size }) => `${logId} --restored ${epoch}:${size}`);
}
