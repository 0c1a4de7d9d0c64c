import "server-only";
import { setTimeout as delay } from "node:timers/promises";
import { db } from "./db";
import { AppError } from "./errors";
import { metrics } from "./metrics";

/** A lease ends after three seconds; who renews it without applying what changed is broken. */
const PATIENCE_MS = 10_000;
const FIRST_PAUSE_MS = 1;
const LONGEST_PAUSE_MS = 32;

interface Progress {
  seq: bigint;
  isLagging: boolean;
}

/**
 * Waits until every process that answers checks from memory has applied what was committed up to now, or
 * may not answer from memory any more: what was revoked is then accepted nowhere. Throws
 * `store_unavailable` when that cannot be known.
 */
export async function settleInvalidations(): Promise<void> {
  const began = performance.now();
  const [first] = await db().$queryRaw<Progress[]>`
    select m.seq, exists (
      select 1 from verifier where lease_expires_at > clock_timestamp() and applied_seq < m.seq) as "isLagging"
    from (select coalesce(max(seq), 0) as seq from invalidation) m`;
  const { seq } = first as Progress;
  let { isLagging } = first as Progress;
  for (let pause = FIRST_PAUSE_MS; isLagging; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
    if (performance.now() - began > PATIENCE_MS) {
      throw new AppError(
        "store_unavailable",
        "The change was made, but a process that answers checks has not confirmed it yet. Look before you try again.",
        { retryAfterSeconds: 2 },
      );
    }
    await delay(pause);
    const [next] = await db().$queryRaw<Pick<Progress, "isLagging">[]>`
      select exists (
        select 1 from verifier where lease_expires_at > clock_timestamp() and applied_seq < ${seq}) as "isLagging"`;
    ({ isLagging } = next as Progress);
  }
  metrics().revocationWait.observe((performance.now() - began) / 1000);
}
