import "server-only";
import type { Db, Tx } from "@/lib/kernel/db";
import { type Hash, hashRange, type Range } from "./merkle";
import { readerOf, type Tile, type TileName, tileOf } from "./tiles";

/** So many tiles are in memory at once, of 8 KB at most: enough for every proof but those of very scattered events. */
const TILES_AT_ONCE = 500;

export async function loadTiles(client: Db | Tx, logId: string, names: readonly TileName[]): Promise<Tile[]> {
  if (names.length === 0) return [];
  const levels = names.map(({ level }) => level);
  const indexes = names.map(({ index }) => index);
  return client.$queryRaw<Tile[]>`
    select t.level, t.index::float8 as index, t.hashes from audit_tile t
    join unnest(${levels}::int[], ${indexes}::bigint[]) as wanted(level, index)
      on wanted.level = t.level and wanted.index = t.index
    where t.log_id = ${logId}`;
}

export async function saveTile(tx: Tx, logId: string, { level, index, hashes }: Tile): Promise<void> {
  await tx.$executeRaw`
    insert into audit_tile (log_id, level, index, hashes)
    values (${logId}, ${level}, ${index}::bigint, ${new Uint8Array(hashes)})
    on conflict (log_id, level, index) do update set hashes = excluded.hashes`;
}

/** The hashes of these subtrees of a log, in their order. Throws an Error when the log is shorter than they reach. */
export async function hashesOf(client: Db | Tx, logId: string, ranges: readonly Range[]): Promise<Hash[]> {
  const hashes: Hash[] = [];
  for (let next = 0; next < ranges.length;) {
    const part: Range[] = [];
    const names = new Map<string, TileName>();
    while (next < ranges.length && names.size < TILES_AT_ONCE) {
      const range = ranges[next++] as Range;
      part.push(range);
      for (const name of tilesOf(range)) names.set(`${name.level} ${name.index}`, name);
    }
    const read = readerOf(await loadTiles(client, logId, [...names.values()]));
    hashes.push(...part.map((range) => hashRange(range, read)));
  }
  return hashes;
}

/** The tiles that the subtree's hash is read from. */
function tilesOf(range: Range): TileName[] {
  const names: TileName[] = [];
  hashRange(range, (level, index) => {
    names.push(tileOf(level, index));
    return new Uint8Array();
  });
  return names;
}
