/** Where something is wrong: a file of the bundle, and in it a line and the sequence number that should stand there. */
export interface Place {
  file: string;
  line?: number;
  seq?: number;
}

export interface Failure extends Place {
  reason: string;
}

/** Whoever forges a bundle could have it fail a billion times, in the memory of whoever verifies it. */
const KEPT = 1_000;

/** What a verification finds. It goes on after a failure as far as it can, so that all of them are named. */
export class Findings {
  readonly failures: Failure[] = [];
  readonly warnings: string[] = [];

  fail(place: Place | string, reason: string): void {
    if (this.isFull) return;
    const isLast = this.failures.length === KEPT;
    const at = typeof place === "string" ? { file: place } : place;
    this.failures.push({ ...at, reason: isLast ? "this failure and those after it are not listed" : reason });
  }

  /** There is no use in going on. */
  get isFull(): boolean {
    return this.failures.length > KEPT;
  }

  /** What the work answers; undefined, and a failure, when it throws. A damaged file makes it throw anything. */
  attempt<T>(place: Place | string, work: () => T): T | undefined {
    try {
      return work();
    } catch (error) {
      this.fail(place, error instanceof Error ? error.message : String(error));
      return undefined;
    }
  }

  async attemptLater<T>(place: Place | string, work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      return this.attempt(place, () => {
        throw error;
      });
    }
  }
}
