import "server-only";
import type { Hash, Range } from "@/lib/audit/merkle";
import { loadTiles } from "@/lib/audit/tile-store";
import { readerOf, type Tile, tileOf } from "@/lib/audit/tiles";
import type { Findings } from "@/lib/audit/verify/findings";
import { db } from "@/lib/kernel/db";

const HASH_BYTES = 32;
const WIDTH = 256;

/** The hashes of leaves as their tiles have them; undefined for one that no tile has. */
export async function readHashes(logId: string, [from, to]: Range): Promise<(seq: number) => Hash | undefined> {
  const last = tileOf(0, to - 1).index;
  const names = [];
  for (let { index } = tileOf(0, from); index <= last; index++) names.push({ level: 0, index });
  const read = readerOf(await loadTiles(db(), logId, names));
  return (seq) => {
    try {
      return read(0, seq);
    } catch {
      return undefined;
    }
  };
}

/** Each stored tile must begin with the hashes that were computed; the last ones of a tree must end with them too. */
export async function compareTiles(logId: string, tiles: readonly Tile[], isLast: boolean, findings: Findings) {
  const stored = await loadTiles(db(), logId, tiles);
  for (const { level, index, hashes } of tiles) {
    const file = `log ${logId}, tile ${level}/${index}`;
    const found = stored.find((tile) => tile.level === level && tile.index === index)?.hashes;
    if (!found) findings.fail(file, "is missing");
    else if (found.length < hashes.length) findings.fail(file, "is shorter than its tree");
    else if (isLast && found.length > hashes.length) findings.fail(file, "is longer than its tree");
    else {
      const at = hashes.findIndex((byte, place) => byte !== found[place]);
      if (at < 0) continue;
      const leaf = level === 0 && { seq: index * WIDTH + Math.floor(at / HASH_BYTES) };
      findings.fail({ file, ...leaf }, "has another hash than what it is of");
    }
  }
}
