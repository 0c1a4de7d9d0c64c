import fc from "fast-check";
import { expect, it } from "vitest";
import { type Hash, hashLeaf, hashNode, hashRange, inclusionRanges, splitOf } from "./merkle";
import { edgeOf, growTiles, newestOf, readerOf, type Tile, tileOf } from "./tiles";

const LEAVES = Array.from({ length: 70_000 }, (_, i) => hashLeaf(`event ${i}`));

const rootOf = (lo: number, hi: number): Hash => {
  if (hi - lo === 1) return LEAVES[lo] as Hash;
  const middle = lo + splitOf(hi - lo);
  return hashNode(rootOf(lo, middle), rootOf(middle, hi));
};

/** A tree that grows as the store's does: only the edge is read, and what grew is put back. */
function growInSteps(steps: number[]): { tiles: Tile[]; roots: Hash[]; sizes: number[] } {
  const stored = new Map<string, Tile>();
  const roots: Hash[] = [];
  const sizes: number[] = [];
  let size = 0;
  for (const step of steps) {
    const edge = edgeOf(size).map(({ level, index }) => stored.get(`${level} ${index}`) as Tile);
    const grown = growTiles(size, edge, LEAVES.slice(size, size + step));
    size += step;
    roots.push(hashRange([0, size], readerOf(newestOf(edge, grown))));
    sizes.push(size);
    for (const tile of grown) {
      const before = stored.get(`${tile.level} ${tile.index}`)?.hashes ?? new Uint8Array();
      expect(Buffer.from(tile.hashes.subarray(0, before.length)).equals(before)).toBe(true);
      stored.set(`${tile.level} ${tile.index}`, tile);
    }
  }
  return { tiles: [...stored.values()], roots, sizes };
}

it("a tree has the same root however many leaves are added at a time, and its tiles only grow", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 600 }), { minLength: 1, maxLength: 8 }), (steps) => {
      const { roots, sizes } = growInSteps(steps);
      expect(roots.map((root) => Buffer.from(root).toString("hex"))).toEqual(
        sizes.map((size) => Buffer.from(rootOf(0, size)).toString("hex")),
      );
    }),
    { numRuns: 30 },
  );
});

it("beyond 65,536 leaves there are three levels of tiles, and every subtree can be read from them", () => {
  const { tiles } = growInSteps([65_535, 1, 4_464]);
  expect(tiles.filter(({ level }) => level === 0)).toHaveLength(274);
  expect(tiles.filter(({ level }) => level === 1).map(({ hashes }) => hashes.length)).toEqual([8192, 17 * 32]);
  expect(tiles.filter(({ level }) => level === 2).map(({ hashes }) => hashes.length)).toEqual([32]);
  for (const range of inclusionRanges(12_345, 70_000)) {
    expect(Buffer.from(hashRange(range, readerOf(tiles))).equals(rootOf(...range))).toBe(true);
  }
});

it("the tile of a subtree is the one whose hashes it is made of", () => {
  expect(tileOf(0, 255)).toEqual({ level: 0, index: 0 });
  expect(tileOf(7, 2)).toEqual({ level: 0, index: 1 });
  expect(tileOf(8, 2)).toEqual({ level: 1, index: 0 });
  expect(edgeOf(65_536 + 256)).toEqual([
    { level: 1, index: 1 },
    { level: 2, index: 0 },
  ]);
});

it("a tile that was shortened is not taken for one of the tree", () => {
  const [tile] = growTiles(0, [], LEAVES.slice(0, 10)) as [Tile];
  const shortened = { ...tile, hashes: tile.hashes.slice(0, 288) };
  expect(() => growTiles(10, [shortened], LEAVES.slice(10, 11))).toThrow("0/0 does not have the length");
  expect(() => hashRange([0, 10], readerOf([shortened]))).toThrow("0/0 lacks hashes");
});
