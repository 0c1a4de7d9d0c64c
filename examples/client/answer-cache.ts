import { createHash } from "node:crypto";

/** A moment by both clocks: the monotonic one stands still while the machine sleeps, the other may be set back. */
export interface Instant {
  monotonic: number;
  wall: number;
}

export const now = (): Instant => ({ monotonic: performance.now(), wall: Date.now() });

interface Entry<T> {
  answer: T;
  askedAt: Instant;
  milliseconds: number;
}

/** Answers for as long as each may be used, the least recently used given up first. Keys are digests: no secret is kept. */
export class AnswerCache<T> {
  readonly #entries = new Map<string, Entry<T>>();
  readonly #capacity: number;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  static keyOf(...parts: (string | undefined)[]): string {
    return createHash("sha256").update(JSON.stringify(parts)).digest("base64");
  }

  get(key: string, at: Instant): T | undefined {
    const entry = this.#entries.get(key);
    if (!entry) return undefined;
    this.#entries.delete(key);
    const { askedAt, milliseconds, answer } = entry;
    const age = Math.max(at.monotonic - askedAt.monotonic, at.wall - askedAt.wall);
    if (age >= milliseconds) return undefined;
    this.#entries.set(key, entry);
    return answer;
  }

  /** The age counts from before the question was sent, because the answer may have been true then and no longer. */
  set(key: string, answer: T, askedAt: Instant, milliseconds: number): void {
    if (!Number.isFinite(milliseconds) || milliseconds <= 0) return;
    this.#entries.delete(key);
    this.#entries.set(key, { answer, askedAt, milliseconds });
    const [oldest] = this.#entries.keys();
    if (this.#entries.size > this.#capacity && oldest !== undefined) this.#entries.delete(oldest);
  }
}
