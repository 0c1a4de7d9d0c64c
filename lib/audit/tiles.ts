import { type Hash, hashNode } from "./merkle";

/** As in C2SP tlog-tiles: 2^8 hashes at most, and the levels of tiles are eight levels of the tree apart. */
const HEIGHT = 8;
const WIDTH = 2 ** HEIGHT;
const HASH_BYTES = 32;

/** Up to 256 hashes, one after the other. At level n each is of 256^n leaves. */
export interface Tile {
  level: number;
  index: number;
  hashes: Uint8Array;
}

export type TileName = Pick<Tile, "level" | "index">;

/** The tile that holds, or at whose hashes begins, the perfect subtree of 2^level leaves with this index. */
export function tileOf(level: number, index: number): TileName {
  const within = level % HEIGHT;
  return { level: (level - within) / HEIGHT, index: Math.floor((index * 2 ** within) / WIDTH) };
}

/** Reads the hashes of perfect subtrees from these tiles. Throws an Error when the one that is asked for lacks. */
export function readerOf(tiles: Iterable<Tile>): (level: number, index: number) => Hash {
  const byName = new Map<string, Uint8Array>();
  for (const { level, index, hashes } of tiles) byName.set(`${level} ${index}`, hashes);
  return (level, index) => {
    const name = tileOf(level, index);
    const hashes = byName.get(`${name.level} ${name.index}`);
    const count = 2 ** (level % HEIGHT);
    const first = (index * count) % WIDTH;
    if (!hashes || hashes.length < (first + count) * HASH_BYTES) {
      throw new Error(`The tile ${name.level}/${name.index} lacks hashes that a tree of its size has.`);
    }
    return fold(hashes, first, count);
  };
}

/** The root of the `count` hashes, a power of two of them, from this one on. */
const fold = (hashes: Uint8Array, first: number, count: number): Hash =>
  count === 1
    ? hashes.slice(first * HASH_BYTES, (first + 1) * HASH_BYTES)
    : hashNode(fold(hashes, first, count / 2), fold(hashes, first + count / 2, count / 2));

/** The tiles that are not full in a tree of this size: all that is needed for its root and to go on from it. */
export function edgeOf(size: number): TileName[] {
  const edge: TileName[] = [];
  for (let level = 0, width = size; width > 0; level += 1, width = Math.floor(width / WIDTH)) {
    if (width % WIDTH > 0) edge.push({ level, index: Math.floor(width / WIDTH) });
  }
  return edge;
}

/**
 * Appends leaves to a tree of which `edge` are the tiles that are not full. Answers all tiles that are new or
 * longer than before; the root of the grown tree can be read from these and the edge.
 */
export function growTiles(size: number, edge: readonly Tile[], leaves: readonly Hash[]): Tile[] {
  const grown: Tile[] = [];
  let added = leaves;
  for (let level = 0, width = size; added.length > 0; level += 1, width = Math.floor(width / WIDTH)) {
    let index = Math.floor(width / WIDTH);
    const begun = edge.find((tile) => tile.level === level && tile.index === index)?.hashes ?? new Uint8Array();
    if (begun.length !== (width % WIDTH) * HASH_BYTES) {
      throw new Error(`The tile ${level}/${index} does not have the length that a tree of ${size} leaves gives it.`);
    }
    const roots: Hash[] = [];
    for (const hashes of cut(begun, added)) {
      grown.push({ level, index, hashes });
      if (hashes.length === WIDTH * HASH_BYTES) roots.push(fold(hashes, 0, WIDTH));
      index += 1;
    }
    added = roots;
  }
  return grown;
}

function* cut(begun: Uint8Array, added: readonly Hash[]): Generator<Uint8Array> {
  const first = begun.length / HASH_BYTES;
  for (let from = -first; from < added.length; from += WIDTH) {
    const part = added.slice(Math.max(from, 0), from + WIDTH);
    const hashes = new Uint8Array((part.length + (from < 0 ? first : 0)) * HASH_BYTES);
    if (from < 0) hashes.set(begun);
    part.forEach((hash, i) => hashes.set(hash, hashes.length - (part.length - i) * HASH_BYTES));
    yield hashes;
  }
}

/** Of a tree that has grown: the tiles of its edge, from those before and those that grew. */
export function newestOf(before: readonly Tile[], grown: readonly Tile[]): Tile[] {
  return [...new Map([...before, ...grown].map((tile) => [`${tile.level} ${tile.index}`, tile])).values()];
}
