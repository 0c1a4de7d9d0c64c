import { LRUCache } from "lru-cache";
import type { Power } from "@/lib/kernel/permissions";
import { scopeLength } from "./describe";
import type { Found } from "./found";

/** How much one process remembers: so many credentials, and so many bytes of them and of what they may do, each. */
const REMEMBERED = 100_000;
const BYTES = 128_000_000;

/**
 * What was found of presented values, by digest, and which of it is outdated when a row changes. It knows
 * nothing of time: whether it may be used at all is the lease's matter.
 */
export class CredentialCache {
  readonly #found: LRUCache<string, Found>;
  /** By its text. Credentials that may do the same share one; where it has to go, they go with it. */
  readonly #powers: LRUCache<string, Power>;
  /** What was read from a row: mostly one value, of which a set would take several times the room. */
  readonly #readFrom = new Map<string | Power, string | Set<string>>();
  #changes = 0;

  constructor(max = REMEMBERED, maxSize = BYTES) {
    this.#found = new LRUCache({
      max,
      maxSize,
      sizeCalculation: bytesOf,
      dispose: (found, key) => this.#forgetSources(found, key),
    });
    this.#powers = new LRUCache({ maxSize, sizeCalculation: bytesOfPower, dispose: (power) => this.#forget(power) });
  }

  get size(): number {
    return this.#found.size;
  }

  /** Roughly how much memory it holds. */
  get bytes(): number {
    return this.#found.calculatedSize + this.#powers.calculatedSize;
  }

  get(key: string): Found | undefined {
    return this.#found.get(key);
  }

  /**
   * A look-up that begins now: what it finds enters the cache unless anything was dropped meanwhile,
   * which it may have missed.
   */
  beginLoad(): (key: string, found: Found) => void {
    const began = this.#changes;
    return (key, found) => {
      if (this.#changes !== began) return;
      const power = this.#shared(found.standing.power);
      // What is too large for the whole cache is not kept.
      if (!power) return;
      found.standing.power = power;
      this.#found.set(key, found);
      if (!this.#found.has(key)) return;
      for (const source of sourcesOf(found)) {
        const keys = this.#readFrom.get(source);
        if (keys instanceof Set) keys.add(key);
        else this.#readFrom.set(source, keys === undefined || keys === key ? key : new Set([keys, key]));
      }
    };
  }

  /** Forgets everything that was read from the row with this id. */
  drop(target: string): void {
    this.#changes += 1;
    this.#forget(target);
  }

  clear(): void {
    this.#changes += 1;
    this.#found.clear();
  }

  #shared(power: Power): Power | undefined {
    const text = JSON.stringify(power);
    if (!this.#powers.has(text)) this.#powers.set(text, power);
    return this.#powers.get(text);
  }

  #forget(source: string | Power): void {
    const keys = this.#readFrom.get(source) ?? [];
    for (const key of typeof keys === "string" ? [keys] : keys) this.#found.delete(key);
  }

  #forgetSources(found: Found, key: string): void {
    for (const source of sourcesOf(found)) {
      const keys = this.#readFrom.get(source);
      if (keys instanceof Set) keys.delete(key);
      if (keys === key || (keys instanceof Set && keys.size === 0)) this.#readFrom.delete(source);
    }
  }
}

const sourcesOf = ({ targets, standing }: Found) => [...targets, standing.power];

/** Estimates: the record with its description, and per row and network that it names. */
const bytesOf = ({ targets, facts }: Found) => 1_000 + 60 * (targets.length + facts.allowedCidrs.length);

/** What was read, and each permission as it stands in the lists and texts that are made of it. */
const bytesOfPower = (power: Power, text: string) => 1_000 + 3 * text.length + 5 * scopeLength(power);
