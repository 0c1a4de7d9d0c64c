import "server-only";
import { setTimeout as delay } from "node:timers/promises";
import { db } from "./db";
import { AppError } from "./errors";
import { metrics } from "./metrics";

/** How long a grant to answer from memory lasts, and with it how long a change waits for a process that is silent. */
export const LEASE_MS = 3_000;
/** Who renews a lease again and again without applying what changed is broken. */
const PATIENCE_MS = 10_000;
/** A process that hears of a change at once has applied it within a few milliseconds. */
const SHORT_PAUSE_MS = 2;
const SHORT_FOR_MS = 30;
const LONG_PAUSE_MS = 32;

interface Laggard {
  id: string;
  /** Another one after each renewal. */
  lease: Date;
}

/**
 * Waits until every process that answers checks from memory has applied what was committed up to now, or
 * may not answer from memory any more: what was revoked is then accepted nowhere. How long a lease has gone
 * without renewal is measured here, so that it does not matter what the database's clock says. Throws
 * `store_unavailable` when that cannot be known.
 */
export async function settleInvalidations(): Promise<void> {
  const began = performance.now();
  const seenAt = new Map<string, number>();
  const { seq, ...first } = await laggardsNow();
  for (let { laggards } = first; laggards.length > 0; laggards = await laggardsAt(seq)) {
    const now = performance.now();
    if (now - began > PATIENCE_MS) throw unconfirmed();
    for (const { id, lease } of laggards) {
      const name = `${id} ${lease.toISOString()}`;
      const since = seenAt.get(name) ?? now;
      seenAt.set(name, since);
      // Nobody else need wait for it. Should it wake up and renew, it begins by reading what it has missed.
      if (now - since > LEASE_MS) await db().verifier.deleteMany({ where: { id, leaseExpiresAt: lease } });
    }
    await delay(now - began < SHORT_FOR_MS ? SHORT_PAUSE_MS : LONG_PAUSE_MS);
  }
  metrics().revocationWait.observe((performance.now() - began) / 1000);
}

/** The last change, and who has not applied it. */
async function laggardsNow(): Promise<{ seq: bigint; laggards: Laggard[] }> {
  const rows = await db().$queryRaw<{ seq: bigint; id: string | null; lease: Date | null }[]>`
    select last.seq, v.id, v.lease_expires_at as lease
    from (select coalesce(max(seq), 0) as seq from invalidation) last
      left join verifier v on v.applied_seq < last.seq and v.lease_expires_at > clock_timestamp() - interval '1 minute'`;
  const laggards = rows.flatMap(({ id, lease }) => (id !== null && lease !== null ? [{ id, lease }] : []));
  return { seq: rows[0]?.seq ?? 0n, laggards };
}

/** A row that nobody has renewed for a minute was left by a process that is gone. */
const laggardsAt = (seq: bigint) => db().$queryRaw<Laggard[]>`
  select id, lease_expires_at as lease from verifier
  where applied_seq < ${seq} and lease_expires_at > clock_timestamp() - interval '1 minute'`;

const unconfirmed = () =>
  new AppError(
    "store_unavailable",
    "The change was made, but a process that answers checks has not confirmed it yet. Look before you try again.",
    { retryAfterSeconds: 2 },
  );
