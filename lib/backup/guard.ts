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
  organizations: number;
}

/** How whoever verifies a log accepts its restore, log by log; nothing, where the logs go on as they were. */
export const restoresOf = ({ logs }: Header, { kind }: Loss): string[] =>
  kind === "none" ? [] : logs.map(({ logId, epoch, size }) => `${logId} --restored ${epoch + 1}:${size}`);

/**
 * What was ended after the backup must not come back to life with it: sessions, logins and mailed links end in any
 * case. Unless it is known that nothing was lost, keys and tokens are refused until they are confirmed, and the logs
 * go on as new ones, which contradict nothing that was signed of the time that is missing.
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
  const quarantined = isWhole ? 0 : await quarantine(tx, reason);
  const organizations = await tx.organization.findMany({ select: { id: true, name: true } });
  const after = { backupTakenAt: createdAt, lost: loss.kind, lostEvents: loss.events, sessions, logins, quarantined };
  for (const { id, name } of organizations) {
    const principal = { kind: "system", id: null, name: "Latchkey" } as const;
    const by = { requestId: "restore", ip: "", userAgent: "npm run restore", principal, organizationId: id };
    await writeEvent(tx, by, { action: "deployment.restored", target: { id, name }, after });
  }
  return { sessions, logins, quarantined, organizations: organizations.length };
}

async function quarantine(tx: Tx, reason: string): Promise<number> {
  await tx.$executeRaw`
    update invite set ended_at = clock_timestamp(), end_reason = ${reason} where ended_at is null`;
  await tx.$executeRaw`update audit_log set epoch = epoch + 1`;
  return tx.$executeRaw`
    update credential set quarantined_at = clock_timestamp()
    where revoked_at is null and (expires_at is null or expires_at > clock_timestamp())`;
}
