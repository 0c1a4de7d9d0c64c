import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  consistencyRanges,
  EMPTY_ROOT,
  type Hash,
  hashLeaf,
  hashNode,
  hashRange,
  inclusionRanges,
  multiproofRanges,
  type Range,
  splitOf,
} from "./merkle";

const hex = (hash: Hash) => Buffer.from(hash).toString("hex");
const leaves = Array.from({ length: 300 }, (_, i) => hashLeaf(`event ${i}`));

/** The definition of RFC 9162, 2.1.1, word by word. */
function rootOf(all: Hash[]): Hash {
  if (all.length === 0) return createHash("sha256").digest();
  if (all.length === 1) return all[0] as Hash;
  const k = 2 ** Math.ceil(Math.log2(all.length) - 1);
  return createHash("sha256")
    .update(Buffer.concat([Buffer.of(1), rootOf(all.slice(0, k)), rootOf(all.slice(k))]))
    .digest();
}
const read = (level: number, index: number) => rootOf(leaves.slice(index * 2 ** level, (index + 1) * 2 ** level));
const hashes = (ranges: Range[]) => ranges.map((range) => hashRange(range, read));

const sized = fc.integer({ min: 1, max: 300 }).chain((size) => fc.tuple(fc.constant(size), fc.nat(size - 1)));

describe("the tree of RFC 9162", () => {
  it("hashes the published leaves to the published roots", () => {
    const published = [
      "",
      "00",
      "10",
      "2021",
      "3031",
      "40414243",
      "5051525354555657",
      "606162636465666768696a6b6c6d6e6f",
    ];
    const hashed = published.map((data) => hashLeaf(Buffer.from(data, "hex")));
    const root = hashRange([0, 8], (level, index) =>
      rootOf(hashed.slice(index * 2 ** level, (index + 1) * 2 ** level)),
    );
    expect(hex(EMPTY_ROOT)).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    expect(hex(hashed[0] as Hash)).toBe("6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
    expect(hex(root)).toBe("5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");
  });

  it("has the root of the definition at every size", () => {
    for (const size of [0, 1, 2, 3, 7, 8, 255, 256, 257, 300]) {
      expect(hex(hashRange([0, size], read))).toBe(hex(rootOf(leaves.slice(0, size))));
    }
  });

  it("a leaf and a node with the same bytes differ", () => {
    const [one, other] = [hashLeaf("1"), hashLeaf("2")];
    expect(hex(hashLeaf(Buffer.concat([one, other])))).not.toBe(hex(hashNode(one, other)));
  });
});

describe("proofs", () => {
  it("of inclusion are accepted by the algorithm of RFC 9162, 2.1.3.2, for their leaf and no other", () => {
    fc.assert(
      fc.property(sized, ([size, index]) => {
        const proof = hashes(inclusionRanges(index, size));
        const root = rootOf(leaves.slice(0, size));
        expect(isIncluded(leaves[index] as Hash, index, size, proof, root)).toBe(true);
        expect(isIncluded(hashLeaf("forged"), index, size, proof, root)).toBe(false);
        if (size > 1) expect(isIncluded(leaves[index] as Hash, (index + 1) % size, size, proof, root)).toBe(false);
      }),
    );
  });

  it("of consistency are accepted by the algorithm of RFC 9162, 2.1.4.2, and no rewritten past passes", () => {
    fc.assert(
      fc.property(sized, ([to, before]) => {
        const from = before + 1;
        const proof = hashes(consistencyRanges(from, to));
        const [old, current] = [rootOf(leaves.slice(0, from)), rootOf(leaves.slice(0, to))];
        expect(isConsistent(from, to, old, current, proof)).toBe(true);
        const rewritten = rootOf([hashLeaf("forged"), ...leaves.slice(1, from)]);
        expect(isConsistent(from, to, rewritten, current, proof)).toBe(false);
      }),
    );
  });

  it("of several leaves at once give the root with these leaves, and use every hash", () => {
    const several = fc
      .integer({ min: 0, max: 300 })
      .chain((size) => fc.tuple(fc.constant(size), fc.subarray(leaves.slice(0, size).map((_, i) => i))));
    fc.assert(
      fc.property(several, ([size, indexes]) => {
        const rest = hashes([...multiproofRanges(rangesOf(indexes), size)]);
        const included = new Set(indexes);
        expect(hex(rootWith(included, rest, size))).toBe(hex(rootOf(leaves.slice(0, size))));
        expect(rest).toEqual([]);
      }),
    );
  });

  it("of everything need no hash, of nothing the root alone", () => {
    expect([...multiproofRanges([[0, 300]], 300)]).toEqual([]);
    expect([...multiproofRanges([], 300)]).toEqual([[0, 300]]);
    expect([...multiproofRanges([], 0)]).toEqual([]);
    expect([...multiproofRanges([[3, 5]], 7)]).toEqual([
      [0, 2],
      [2, 3],
      [5, 6],
      [6, 7],
    ]);
  });
});

function rangesOf(indexes: number[]): Range[] {
  const ranges: [number, number][] = [];
  for (const index of indexes) {
    const last = ranges.at(-1);
    if (last?.[1] === index) last[1] = index + 1;
    else ranges.push([index, index + 1]);
  }
  return ranges;
}

function rootWith(included: Set<number>, rest: Hash[], size: number): Hash {
  const root = (lo: number, hi: number): Hash => {
    if (![...included].some((index) => index >= lo && index < hi)) return rest.shift() as Hash;
    if (hi - lo === 1) return leaves[lo] as Hash;
    const middle = lo + splitOf(hi - lo);
    return hashNode(root(lo, middle), root(middle, hi));
  };
  return size === 0 ? EMPTY_ROOT : root(0, size);
}

function isIncluded(leaf: Hash, index: number, size: number, proof: Hash[], root: Hash): boolean {
  let [fn, sn, r] = [index, size - 1, leaf];
  for (const p of proof) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      r = hashNode(p, r);
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [fn >> 1, sn >> 1];
    } else r = hashNode(r, p);
    [fn, sn] = [fn >> 1, sn >> 1];
  }
  return sn === 0 && hex(r) === hex(root);
}

function isConsistent(first: number, second: number, old: Hash, current: Hash, proof: Hash[]): boolean {
  if (first === second) return proof.length === 0 && hex(old) === hex(current);
  const path = Number.isInteger(Math.log2(first)) ? [old, ...proof] : [...proof];
  let [fn, sn] = [first - 1, second - 1];
  while (fn % 2 === 1) [fn, sn] = [fn >> 1, sn >> 1];
  let fr = path[0] as Hash;
  let sr = fr;
  for (const c of path.slice(1)) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      [fr, sr] = [hashNode(c, fr), hashNode(c, sr)];
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [fn >> 1, sn >> 1];
    } else sr = hashNode(sr, c);
    [fn, sn] = [fn >> 1, sn >> 1];
  }
  return sn === 0 && hex(fr) === hex(old) && hex(sr) === hex(current);
}
