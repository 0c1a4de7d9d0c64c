import "server-only";
import { toAppError } from "@/lib/kernel/errors";
import { log } from "@/lib/kernel/log";
import { metrics } from "@/lib/kernel/metrics";
import { type Gathered, rowsIn } from "./gathered";
import { writeUsage } from "./write-usage";

/** How many rows one statement writes at most. */
const STATEMENT = 500;
/** How many rows are kept while the database takes none. */
const KEPT = 400_000;

/** What is wrong with what the database was given, and will be the next time too. */
const REFUSED = ["invalid_input", "conflict"];

/** What was gathered and is not written yet. */
export class UsageQueue {
  #waiting: Gathered[] = [];
  #size = STATEMENT;

  rows(): number {
    return sumOf(this.#waiting);
  }

  add(gathered: readonly Gathered[]): void {
    this.#waiting = [...this.#waiting, ...gathered];
  }

  /** Writes all of it. Throws when the database does not take it now: then the rest is kept. */
  async write(): Promise<void> {
    while (this.#waiting.length > 0) {
      const some = this.#waiting.slice(0, Math.max(1, fitting(this.#waiting, this.#size)));
      const isDone = await writeUsage(some).then(
        () => true,
        (thrown: unknown) => this.#isDoneWith(some, thrown),
      );
      if (!isDone) continue;
      this.#waiting = this.#waiting.slice(some.length);
      this.#size = Math.min(2 * this.#size, STATEMENT);
    }
  }

  /** The next statement has half as many rows: it is done sooner, and in the end holds only what is refused. */
  #isDoneWith(some: readonly Gathered[], thrown: unknown): boolean {
    metrics().usageFlushFailures.inc();
    this.#size = Math.ceil(sumOf(some) / 2);
    if (!REFUSED.includes(toAppError(thrown).code)) {
      const kept = fitting(this.#waiting.toReversed(), KEPT);
      drop(this.#waiting.splice(0, this.#waiting.length - kept), thrown);
      throw thrown;
    }
    if (some.length > 1) return false;
    drop(some, thrown);
    return true;
  }
}

function drop(some: readonly Gathered[], err: unknown): void {
  if (some.length === 0) return;
  metrics().usageDropped.add(sumOf(some));
  log().error({ err, count: some.length }, "usage of credentials was dropped");
}

const sumOf = (some: readonly Gathered[]) => some.reduce((sum, one) => sum + rowsIn(one), 0);

/** How many of them, from the first on, have so many rows at most. */
function fitting(some: readonly Gathered[], rows: number): number {
  let sum = 0;
  const beyond = some.findIndex((one) => (sum += rowsIn(one)) > rows);
  return beyond === -1 ? some.length : beyond;
}
