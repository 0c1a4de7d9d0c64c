import { ID_PREFIX, type IdKind } from "@/lib/kernel/ids";

const ALPHABET = "bcdfghjklmnpqrstvwxz0123456789";

/** Chance that falls the same way at every start (mulberry32), so that a picture of the demo can be taken again. */
export class Chance {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  /** At least 0 and below 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  between(from: number, to: number): number {
    return from + this.next() * (to - from);
  }

  pick<T>(list: readonly T[]): T {
    return list[Math.floor(this.next() * list.length)] as T;
  }

  /** An id as it would have been given at that time. */
  id(kind: IdKind, at: Date): string {
    return `${ID_PREFIX[kind]}-${at.getTime().toString(16).padStart(11, "0")}-${this.#text(8)}`;
  }

  requestId(): string {
    return `req_${this.#text(20)}`;
  }

  #text(length: number): string {
    return Array.from({ length }, () => this.pick([...ALPHABET])).join("");
  }
}
