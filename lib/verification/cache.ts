import { LRUCache } from "lru-cache";
import type { Found } from "./found";

/** How much one process remembers: about 100 MB of credentials at most. */
const REMEMBERED = 100_000;

/**
 * What was found of presented values, by digest, and which of it is outdated when a row changes. It knows
 * nothing of time: whether it may be used at all is the lease's matter.
 */
export class CredentialCache {
  readonly #found: LRUCache<string, Found>;
  readonly #readFrom = new Map<string, Set<string>>();
  #changes = 0;

  constructor(max = REMEMBERED) {
    this.#found = new LRUCache({ max, dispose: (found, key) => this.#forgetTargets(found, key) });
  }

  get size(): number {
    return this.#found.size;
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
      this.#found.set(key, found);
      for (const target of found.targets) {
        const keys = this.#readFrom.get(target);
        if (keys) keys.add(key);
        else this.#readFrom.set(target, new Set([key]));
      }
    };
  }

  /** Forgets everything that was read from the row with this id. */
  drop(target: string): void {
    this.#changes += 1;
    for (const key of this.#readFrom.get(target) ?? []) this.#found.delete(key);
  }

  clear(): void {
    this.#changes += 1;
    this.#found.clear();
  }

  #forgetTargets({ targets }: Found, key: string): void {
    for (const target of targets) {
      const keys = this.#readFrom.get(target);
      keys?.delete(key);
      if (keys?.size === 0) this.#readFrom.delete(target);
    }
  }
}
