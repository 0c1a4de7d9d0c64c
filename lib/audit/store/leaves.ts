import "server-only";
import { LEAF_COLUMNS, type LeafEvent, recordOf } from "@/lib/audit/leaf";
import type { Range } from "@/lib/audit/merkle";
import { db } from "@/lib/kernel/db";

export type LeafRow = { seq: number; eventId: string; record: string } & (LeafEvent | { id: null });

/** The records of a range by their places, each with the columns of its event. */
export async function readLeaves(logId: string, [from, to]: Range): Promise<Map<number, LeafRow>> {
  const rows = await db().$queryRaw<LeafRow[]>`
    select l.seq::float8 as seq, l.event_id as "eventId", l.record, ${LEAF_COLUMNS}
    from audit_leaf l left join audit_event e on e.id = l.event_id
    where l.log_id = ${logId} and l.seq >= ${from} and l.seq < ${to}`;
  return new Map(rows.map((row) => [row.seq, row]));
}

/** In what the record differs from what its event's columns say. */
export function differenceOf(logId: string, row: LeafRow): string | undefined {
  if (row.id === null) return `is the event ${row.eventId}, which is not there any more`;
  if (recordOf(logId, row.seq, row) !== row.record) return `says another thing than the columns of the event ${row.id}`;
  return undefined;
}
