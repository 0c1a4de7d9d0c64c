import { EMPTY_ROOT, type Hash, hashNode, type Range, splitOf } from "@/lib/audit/merkle";

/**
 * The root that the included leaves and the hashes of everything between them give (RFC 9162, section 2.1,
 * for any set of leaves). `leaf(i)` is the hash of the i-th included leaf. Throws an Error when the hashes
 * do not fit the tree.
 */
export function rootOfMultiproof(
  size: number,
  ranges: readonly Range[],
  leaf: (at: number) => Hash,
  hashes: readonly Hash[],
): Hash {
  let at = 0;
  let range = 0;
  let upcoming = ranges[0]?.[0] ?? size;
  let used = 0;

  function advance(): void {
    upcoming++;
    if (upcoming < (ranges[range]?.[1] ?? size)) return;
    upcoming = ranges[++range]?.[0] ?? size;
  }

  function root(low: number, high: number): Hash {
    if (upcoming >= high) {
      const hash = hashes[used++];
      if (!hash) throw new Error("has too few hashes");
      return hash;
    }
    if (high - low === 1) {
      advance();
      return leaf(at++);
    }
    const middle = low + splitOf(high - low);
    const left = root(low, middle);
    return hashNode(left, root(middle, high));
  }

  if (size === 0) return EMPTY_ROOT;
  const answer = root(0, size);
  if (used < hashes.length) throw new Error("has hashes left over");
  return answer;
}
