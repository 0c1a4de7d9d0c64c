import "server-only";
import { setTimeout as delay } from "node:timers/promises";
import { db } from "./db";
import { AppError, type ErrorCode } from "./errors";
import { metrics } from "./metrics";
import { processSlot } from "./process-slot";

/** How long a grant to answer from memory lasts, and with it how long a change waits for a process that is silent. */
export const LEASE_MS = 3_000;
/** Who renews a lease again and again without applying what changed is broken. */
const PATIENCE_MS = 10_000;
/** A process that hears of a change at once has applied it within a few milliseconds. */
const SHORT_PAUSE_MS = 2;
const SHORT_FOR_MS = 30;
const LONG_PAUSE_MS = 32;

interface Verifier {
  id: string;
  appliedSeq: bigint;
  /** Another one after each renewal. */
  lease: Date;
  /** When this process saw first that it has this lease, by performance.now(). */
  since: number;
}

interface Look {
  /** The last change. */
  seq: bigint;
  verifiers: readonly Verifier[];
}

/**
 * Waits until every process that answers checks from memory has applied what was committed up to now, or
 * may not answer from memory any more: what was revoked is then accepted nowhere. How long a lease has gone
 * without renewal is measured here, so that it does not matter what the database's clock says. Throws
 * `store_unavailable` when that cannot be known.
 */
export async function settleInvalidations(): Promise<void> {
  const began = performance.now();
  const looks = slot.get() ?? new Looks();
  slot.set(looks);
  const { seq, ...first } = await looks.next();
  const behind = ({ appliedSeq }: Verifier) => appliedSeq < seq;
  for (let laggards = first.verifiers.filter(behind); laggards.length > 0;) {
    const now = performance.now();
    if (now - began > PATIENCE_MS) throw unconfirmed();
    for (const laggard of laggards) if (now - laggard.since > LEASE_MS) looks.giveUp(laggard);
    await delay(now - began < SHORT_FOR_MS ? SHORT_PAUSE_MS : LONG_PAUSE_MS);
    laggards = (await looks.next()).verifiers.filter(behind);
  }
  metrics().revocationWait.observe((performance.now() - began) / 1000);
}

const TELLS_OF_AN_END: ReadonlySet<ErrorCode> = new Set([
  "conflict",
  "not_found",
  "credential_revoked",
  "session_ended",
]);

/**
 * Whether somebody who wants to change something hears that it has ended already: they may hear it before whoever
 * ended it, who still waits for that to be so everywhere. So they wait likewise.
 */
export const tellsOfAnEnd = (thrown: unknown): boolean =>
  thrown instanceof AppError && TELLS_OF_AN_END.has(thrown.code);

/** Looks at how far the processes are, one after the other: all who wait share them, or they would wait for each other. */
class Looks {
  #running: Promise<unknown> = Promise.resolve();
  #next: Promise<Look> | undefined;
  #known = new Map<string, Verifier>();
  #overdue = new Map<string, Verifier>();

  /** What is so at some moment after this one. */
  next(): Promise<Look> {
    this.#next ??= this.#running.then(() => {
      this.#next = undefined;
      const look = this.#look();
      this.#running = look.catch(() => undefined);
      return look;
    });
    return this.#next;
  }

  /** Nobody need wait for it any more. Should it wake up and renew, it begins by reading what it has missed. */
  giveUp(verifier: Verifier): void {
    this.#overdue.set(nameOf(verifier), verifier);
  }

  async #look(): Promise<Look> {
    for (const [name, { id, lease }] of this.#overdue) {
      await db().verifier.deleteMany({ where: { id, leaseExpiresAt: lease } });
      this.#overdue.delete(name);
    }
    // A row that nobody has renewed for a minute was left by a process that is gone.
    const rows = await db().$queryRaw<{ seq: bigint; id: string | null; appliedSeq: bigint; lease: Date }[]>`
      select last.seq, v.id, v.applied_seq as "appliedSeq", v.lease_expires_at as lease
      from (select coalesce(max(seq), 0) as seq from invalidation) last
        left join verifier v on v.lease_expires_at > clock_timestamp() - interval '1 minute'`;
    const now = performance.now();
    const verifiers = rows.flatMap(({ id, appliedSeq, lease }) => {
      if (id === null) return [];
      const { since } = this.#known.get(nameOf({ id, lease })) ?? { since: now };
      return [{ id, appliedSeq, lease, since }];
    });
    this.#known = new Map(verifiers.map((verifier) => [nameOf(verifier), verifier]));
    return { seq: rows[0]?.seq ?? 0n, verifiers };
  }
}

const nameOf = ({ id, lease }: Pick<Verifier, "id" | "lease">) => `${id} ${lease.toISOString()}`;

const slot = processSlot<Looks>("latchkey.settling");

const unconfirmed = () =>
  new AppError(
    "store_unavailable",
    "The change was made, but a process that answers checks has not confirmed it yet. Look before you try again.",
    { retryAfterSeconds: 2 },
  );
