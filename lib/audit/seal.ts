import "server-only";
import { db, type Tx } from "@/lib/kernel/db";
import { log } from "@/lib/kernel/log";
import type { AuditLog } from "@/prisma/generated/client";
import { newestCheckpoint } from "./checkpoints";
import { checkpointBody, originOf } from "./checkpoint";
import { LEAF_COLUMNS, type LeafEvent, recordOf } from "./leaf";
import { type Hash, hashLeaf, hashRange } from "./merkle";
import { type NoteKey, openNote, signNote } from "./note";
import { trySealing } from "./sealing-lock";
import { keysBefore, signingKey } from "./signing-key";
import { loadTiles, saveTile } from "./tile-store";
import { edgeOf, growTiles, newestOf, readerOf, type Tile } from "./tiles";

/** So that a transaction stays far below the time any may take, whatever is in the events. */
const BATCH = 2_000;
const BATCH_BYTES = 4_000_000;
const ROWS_AT_ONCE = 100;

type PendingEvent = LeafEvent & { logId: string; position: bigint; bytes: number };
/** Somebody has deleted it before it was signed. */
type Missing = Pick<PendingEvent, "logId" | "position" | "bytes"> & { id: null };

/** What is stored is not what was signed: somebody has to look before more is signed. */
export class TreeMismatch extends Error {
  override readonly name = "TreeMismatch";
}

export interface Sealed {
  events: number;
  /** How long the first of them had waited. */
  lagSeconds: number;
  hasMore: boolean;
}

/**
 * Puts the committed events that no log has yet into their logs, up to 2,000 or some megabytes in the order of their
 * positions, and signs a checkpoint of each log that grew: all in one transaction, or nothing. Answers undefined while
 * another process is at it. Throws TreeMismatch when a tree is no longer what was signed.
 */
export async function sealBatch(): Promise<Sealed | undefined> {
  return db().$transaction(async (tx) => {
    if (!(await trySealing(tx))) return undefined;
    const { events, hasMore } = await readPending(tx);
    const signing = await signingKey(tx);
    const keys = await keysBefore(tx, signing);
    for (const id of new Set(events.map(({ logId }) => logId))) {
      const added = events.filter(({ logId }) => logId === id);
      await append(tx, id, added, { seed: signing.seed, keys });
    }
    const positions = events.map(({ position }) => position);
    const [waited] = await tx.$queryRaw<{ seconds: number }[]>`
      with sealed as (delete from audit_pending where position = any(${positions}::bigint[]) returning since)
      select coalesce(extract(epoch from clock_timestamp() - min(since)), 0)::float8 as seconds from sealed`;
    return { events: events.length, lagSeconds: waited?.seconds ?? 0, hasMore };
  });
}

/**
 * The next events, at least one if any waits. Each is looked up by itself: a planner that takes the rows of a busy
 * table for many would read the whole trail beside them.
 */
async function readPending(tx: Tx): Promise<{ events: PendingEvent[]; hasMore: boolean }> {
  const events: PendingEvent[] = [];
  let room = BATCH_BYTES;
  let last = -1n;
  while (events.length < BATCH && room > 0) {
    const some = await tx.$queryRaw<(PendingEvent | Missing)[]>`
      select * from (
        select sized.*, sum(bytes) over (order by position) - bytes as ahead from (
          select p.log_id as "logId", p.position, ${LEAF_COLUMNS}, octet_length(concat(e.before, e.after)) as bytes
          from (
            select log_id, position from audit_pending where position > ${last} order by position limit ${ROWS_AT_ONCE}
          ) p left join lateral (select * from audit_event where position = p.position offset 0) e on true
        ) as sized
      ) as summed where ahead < ${room} order by position`;
    for (const row of some) {
      last = row.position;
      room -= row.bytes;
      if (row.id !== null) events.push(row);
      else
        log().error(
          { log: row.logId, position: String(last) },
          "an event that waited to be sealed is not there any more",
        );
    }
    if (some.length < ROWS_AT_ONCE && room > 0) return { events, hasMore: false };
  }
  return { events, hasMore: true };
}

interface Keys {
  seed: Uint8Array;
  /** Those that may have signed what is gone on from. */
  keys: readonly NoteKey[];
}

async function append(tx: Tx, logId: string, events: LeafEvent[], { seed, keys }: Keys): Promise<void> {
  const head = await tx.auditLog.upsert({ where: { logId }, create: { logId }, update: {} });
  const before = Number(head.size);
  const edge = await loadTiles(tx, logId, edgeOf(before));
  await requireSigned(tx, head, edge, keys);

  const records = events.map((event, i) => recordOf(logId, before + i, event));
  const grown = growTiles(before, edge, records.map(hashLeaf));
  const size = before + events.length;
  const root = rootOf(size, newestOf(edge, grown));
  await tx.$executeRaw`
    insert into audit_leaf (log_id, seq, event_id, record)
    select ${logId}, ${before}::bigint + n - 1, id, record
    from unnest(${events.map(({ id }) => id)}::text[], ${records}::text[]) with ordinality as added(id, record, n)`;
  for (const tile of grown) await saveTile(tx, logId, tile);
  await tx.auditLog.update({ where: { logId }, data: { size } });
  const note = signNote(checkpointBody({ origin: originOf(logId, head.epoch), size, root }), seed);
  await tx.auditCheckpoint.create({ data: { logId, epoch: head.epoch, size, root: new Uint8Array(root), note } });
}

/**
 * Nothing is built on a tree that somebody has changed since it was signed: a fork would look like its continuation.
 * The note decides, as whoever owns the database can write rows. A log is empty in its first epoch only: a restore
 * leaves what the next one goes on from.
 */
async function requireSigned(tx: Tx, head: AuditLog, edge: readonly Tile[], keys: readonly NoteKey[]): Promise<void> {
  const { logId, epoch } = head;
  const size = Number(head.size);
  const last = await newestCheckpoint(tx, logId);
  if (!last && size === 0 && epoch === 1) return;
  if (last && size > 0 && last.epoch <= epoch) {
    const body = checkpointBody({ origin: originOf(logId, last.epoch), size, root: rootOf(size, edge) });
    if (body === bodyOf(last.note, keys)) return;
  }
  throw new TreeMismatch(
    `The log ${logId} is not what was signed when it had ${size} events: it is sealed no further.`,
  );
}

function bodyOf(note: string, keys: readonly NoteKey[]): string | undefined {
  try {
    return openNote(note, keys).body;
  } catch {
    return undefined;
  }
}

const rootOf = (size: number, tiles: readonly Tile[]): Hash => hashRange([0, size], readerOf(tiles));
