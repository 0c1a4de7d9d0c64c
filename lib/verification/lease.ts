import { metrics } from "@/lib/kernel/metrics";
import { LEASE_MS } from "@/lib/kernel/settle";
import type { CredentialCache } from "./cache";

/** How much earlier this process stops trusting it: clocks run at slightly different speeds. */
const MARGIN_MS = 500;
export const RENEW_EVERY_MS = 1_000;
/** Invalidations are kept for an hour; who has not read them for half of that begins anew. */
const KEPT_MS = 30 * 60_000;

/** The database as the lease uses it. Each call is a transaction of its own. */
export interface LeaseStore {
  /** Grants this process LEASE_MS from now and tells everybody how far it has applied; answers the database's time. */
  renew(appliedSeq: bigint): Promise<Date>;
  /** Tells everybody how far this process has applied, and nothing else: the grant stays as it is. */
  confirm(appliedSeq: bigint): Promise<void>;
  /** Every invalidation after this one that is committed, in order. */
  invalidationsAfter(seq: bigint): Promise<{ seq: bigint; target: string }[]>;
  lastSeq(): Promise<bigint>;
  /** Gives the lease up, so that nobody waits for this process. */
  release(): Promise<void>;
}

/** A moment by the monotonic and by the wall clock, in milliseconds: a machine that was suspended shows in one of them only. */
export interface Moment {
  monotonic: number;
  wall: number;
}

const present = (): Moment => ({ monotonic: performance.now(), wall: Date.now() });
const NEVER: Moment = { monotonic: -Infinity, wall: -Infinity };

/**
 * This process's right to answer from its cache (leases: Gray and Cheriton, SOSP 1989). The cache is used
 * only under a grant after which every invalidation committed before it was read and applied; whoever
 * revokes waits for each granted process to apply, or for its grant to run out. So once the revocation
 * has returned, no check that starts afterwards accepts what was revoked. The argument is decision 13.
 */
export class Lease {
  readonly #store: LeaseStore;
  readonly #cache: CredentialCache;
  readonly #present: () => Moment;
  #applied = 0n;
  #isFresh = false;
  #caughtUpAt = NEVER;
  /** When the grant that holds was asked for. */
  #askedAt = NEVER;
  #databaseTime = 0;
  #turn: Promise<void> = Promise.resolve();
  #isHinted = false;
  /** Counts the connections to the database: another one may lead to another state of it. */
  #connection = 0;

  constructor(store: LeaseStore, cache: CredentialCache, now: () => Moment = present) {
    this.#store = store;
    this.#cache = cache;
    this.#present = now;
  }

  /** Whether the cache may be used at this moment. */
  isUsable(): boolean {
    return this.now() !== undefined;
  }

  /**
   * The database's time in whole milliseconds, or a moment later: nothing is accepted after its end. Undefined while the
   * cache may not be used.
   */
  now(): number | undefined {
    const elapsed = this.#since(this.#askedAt);
    return elapsed < LEASE_MS - MARGIN_MS ? Math.ceil(this.#databaseTime + elapsed) : undefined;
  }

  get appliedSeq(): bigint {
    return this.#applied;
  }

  /** Takes or extends the grant, then reads and applies what was committed before it. */
  renew(): Promise<void> {
    return this.#inTurn(async () => {
      if (!this.#isFresh) await this.#beginAnew();
      const connection = this.#connection;
      const askedAt = this.#present();
      const databaseTime = await this.#store.renew(this.#applied);
      const hasApplied = await this.#catchUp();
      if (this.#connection !== connection) throw new Error("The connection to the database was replaced.");
      // Only now: under this grant nothing that was committed before it is still in the cache.
      this.#askedAt = askedAt;
      this.#databaseTime = databaseTime.getTime();
      if (hasApplied) await this.#store.confirm(this.#applied);
    });
  }

  /** Applies what is new and tells so, for those who wait; correctness never depends on it. Hints that come together are one. */
  hint(): Promise<void> {
    if (this.#isHinted || !this.#isFresh) return this.#turn;
    this.#isHinted = true;
    return this.#inTurn(async () => {
      this.#isHinted = false;
      if (await this.#catchUp()) await this.#store.confirm(this.#applied);
    });
  }

  /** To be told when the connection is another one: a database that was restored has forgotten grants and changes. */
  reconnected(): void {
    this.#connection += 1;
    this.#askedAt = NEVER;
    this.#isFresh = false;
  }

  /** Ends the grant at once, here first. */
  async release(): Promise<void> {
    this.#askedAt = NEVER;
    await this.#inTurn(async () => {
      this.#askedAt = NEVER;
      this.#isFresh = false;
      await this.#store.release();
    });
  }

  async #beginAnew(): Promise<void> {
    const caughtUpAt = this.#present();
    this.#applied = await this.#store.lastSeq();
    this.#caughtUpAt = caughtUpAt;
    this.#cache.clear();
    this.#isFresh = true;
  }

  async #catchUp(): Promise<boolean> {
    const began = this.#present();
    const invalidations = await this.#store.invalidationsAfter(this.#applied);
    // Some of them may have been tidied away before they were read.
    if (this.#since(this.#caughtUpAt) > KEPT_MS) {
      await this.#beginAnew();
      return true;
    }
    for (const { seq, target } of invalidations) {
      this.#cache.drop(target);
      this.#applied = seq;
    }
    this.#caughtUpAt = began;
    metrics().invalidationsApplied.add(invalidations.length);
    return invalidations.length > 0;
  }

  /** Milliseconds since then, by the clock that says more. */
  #since({ monotonic, wall }: Moment): number {
    const now = this.#present();
    return Math.max(now.monotonic - monotonic, now.wall - wall);
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    const turn = this.#turn.then(work);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }
}
