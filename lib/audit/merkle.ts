import { sha256 } from "@noble/hashes/sha2.js";

/** SHA-256, 32 bytes. */
export type Hash = Uint8Array;

/** The leaves from `lo` up to, not including, `hi`: of those a tree is made of, one of its subtrees. */
export type Range = readonly [lo: number, hi: number];

/** The root of a tree without leaves (RFC 9162, 2.1.1). */
export const EMPTY_ROOT: Hash = sha256(new Uint8Array());

/** RFC 9162, 2.1.1: the first byte tells a leaf from a node, so that neither passes for the other. */
export function hashLeaf(record: string | Uint8Array): Hash {
  const bytes = typeof record === "string" ? new TextEncoder().encode(record) : record;
  return sha256.create().update(LEAF).update(bytes).digest();
}

export const hashNode = (left: Hash, right: Hash): Hash =>
  sha256.create().update(NODE).update(left).update(right).digest();

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

/** Where a tree of `size` ≥ 2 leaves divides: the largest power of two below it. Sizes go up to 2^53. */
export function splitOf(size: number): number {
  let split = 1;
  while (split * 2 < size) split *= 2;
  return split;
}

/**
 * The subtree's hash, from those of perfect subtrees: `read(level, index)` is the hash of the 2^level leaves
 * that start at index · 2^level.
 */
export function hashRange([lo, hi]: Range, read: (level: number, index: number) => Hash): Hash {
  const size = hi - lo;
  if (size === 0) return EMPTY_ROOT;
  const level = Math.log2(size);
  if (Number.isInteger(level)) return read(level, lo / size);
  const middle = lo + splitOf(size);
  return hashNode(hashRange([lo, middle], read), hashRange([middle, hi], read));
}

/** The subtrees whose hashes prove that a leaf is in the tree (RFC 9162, 2.1.3.1), the lowest first. */
export function inclusionRanges(index: number, size: number): Range[] {
  const path = (lo: number, hi: number): Range[] => {
    if (hi - lo === 1) return [];
    const middle = lo + splitOf(hi - lo);
    return index < middle ? [...path(lo, middle), [middle, hi]] : [...path(middle, hi), [lo, middle]];
  };
  return path(0, size);
}

/** The subtrees whose hashes prove that the tree of `from` ≥ 1 leaves is the beginning of that of `to` (RFC 9162, 2.1.4.1). */
export function consistencyRanges(from: number, to: number): Range[] {
  const proof = (lo: number, hi: number, isOldRoot: boolean): Range[] => {
    if (hi === from) return isOldRoot ? [] : [[lo, hi]];
    const middle = lo + splitOf(hi - lo);
    return from <= middle
      ? [...proof(lo, middle, isOldRoot), [middle, hi]]
      : [...proof(middle, hi, false), [lo, middle]];
  };
  return proof(0, to, true);
}

/**
 * The subtrees whose hashes prove, together with the included leaves, the root of a tree: those without any
 * of them, from left to right. `included` is sorted and its ranges do not touch each other; no more of it is read
 * than is needed, as there may be millions.
 */
export function* multiproofRanges(included: Iterable<Range>, size: number): Generator<Range> {
  const ranges = included[Symbol.iterator]();
  const next = (): Range => ranges.next().value ?? [size, size];
  let current = next();
  function* walk(lo: number, hi: number): Generator<Range> {
    while (current[1] <= lo) current = next();
    const [from, to] = current;
    if (from >= hi) yield [lo, hi];
    else if (from > lo || to < hi) {
      const middle = lo + splitOf(hi - lo);
      yield* walk(lo, middle);
      yield* walk(middle, hi);
    }
  }
  if (size > 0) yield* walk(0, size);
}
