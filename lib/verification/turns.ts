import "server-only";
import { AppError } from "@/lib/kernel/errors";
import { processSlot } from "@/lib/kernel/process-slot";

/** Anybody may make up values to look for: whatever comes, most of the pool is left to everything else. */
const CONCURRENT = 3;
const TOGETHER = 32;
const WAITING_AT_MOST = 1_000;
const WAIT_MS = 1_000;

/** What looks for several things of one kind at once, and answers in their order. */
export type FindAll<W, R> = (wanted: readonly W[]) => Promise<R[]>;

interface Waiting {
  find: FindAll<unknown, unknown>;
  wanted: unknown;
  cameAt: number;
  resolve: (found: unknown) => void;
  reject: (reason: unknown) => void;
}

class Turns {
  #waiting: Waiting[] = [];
  #underWay = 0;

  add(waiting: Waiting): void {
    if (this.#waiting.length >= WAITING_AT_MOST) return waiting.reject(busy());
    this.#waiting.push(waiting);
    this.#begin();
  }

  #begin(): void {
    const [first] = this.#waiting;
    if (!first || this.#underWay === CONCURRENT) return;
    const together = this.#waiting.filter(({ find }) => find === first.find).slice(0, TOGETHER);
    this.#waiting = this.#waiting.filter((each) => !together.includes(each));
    const tooLate = performance.now() - WAIT_MS;
    for (const { cameAt, reject } of together) if (cameAt < tooLate) reject(busy());
    void this.#run(
      first.find,
      together.filter(({ cameAt }) => cameAt >= tooLate),
    );
  }

  async #run(find: Waiting["find"], together: Waiting[]): Promise<void> {
    this.#underWay += 1;
    try {
      const found = together.length > 0 ? await find(together.map(({ wanted }) => wanted)) : [];
      together.forEach(({ resolve }, at) => resolve(found[at]));
    } catch (error) {
      for (const { reject } of together) reject(error);
    } finally {
      this.#underWay -= 1;
      this.#begin();
    }
  }
}

const slot = processSlot<Turns>("latchkey.look-ups");

/**
 * Looks a presented value up in the database when it is its turn. Those that come while others are under way wait
 * and are found together: under load one statement answers many. Throws `busy` when that takes too long.
 */
export function inTurn<W, R>(find: FindAll<W, R>, wanted: W): Promise<R> {
  const turns = slot.get() ?? new Turns();
  slot.set(turns);
  return new Promise<R>((resolve, reject) => {
    turns.add({
      find: find as FindAll<unknown, unknown>,
      wanted,
      cameAt: performance.now(),
      resolve: resolve as (found: unknown) => void,
      reject,
    });
  });
}

const busy = () =>
  new AppError("busy", "Too many credentials are looked up at once; try again in a moment.", { retryAfterSeconds: 1 });
