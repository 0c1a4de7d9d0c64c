import "server-only";
import { LEAF_COLUMNS, type LeafEvent } from "@/lib/audit/leaf";
import { db } from "@/lib/kernel/db";
import { Prisma } from "@/prisma/generated/client";

/** An event with its place in the table, and in the log once it is sealed. */
export type EventRow = LeafEvent & { position: bigint; seq: number | null };

export type Order = "asc" | "desc";

export const inOrder = (order: Order) => (order === "asc" ? Prisma.sql`asc` : Prisma.sql`desc`);

/** The events at these positions, in this order. */
export async function eventsAt(organizationId: string, positions: bigint[], order: Order): Promise<EventRow[]> {
  if (positions.length === 0) return [];
  return db().$queryRaw`
    select e.position, l.seq::float8 as seq, ${LEAF_COLUMNS}
    from audit_event e left join audit_leaf l on l.event_id = e.id
    where e.organization_id = ${organizationId} and e.position = any(${positions}::bigint[])
    order by e.position ${inOrder(order)}`;
}
