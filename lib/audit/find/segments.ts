import "server-only";
import { db } from "@/lib/kernel/db";
import { Prisma } from "@/prisma/generated/client";

/** So many positions are indexed together: a fact about each of them is one bit. */
export const SEGMENT = 16_384;

export const segmentOf = (position: bigint) => Number(position / BigInt(SEGMENT));
export const startOf = (segment: number) => BigInt(segment) * BigInt(SEGMENT);

/** How many segments are indexed: everything below `startOf` of it is found by bits, everything else row by row. */
export async function indexedSegments(): Promise<number> {
  return (await db().auditIndex.findUniqueOrThrow({ where: { id: 1 } })).segments;
}

/** Segments that are asked about: all from the first to the last, both included, or those of them that are listed. */
export interface Within {
  first: number;
  last: number;
  listed?: readonly number[];
}

/** What yields (segment, bits): which events of these segments, all of which are indexed, one condition is true of. */
export type Source = (within: Within) => Prisma.Sql;

export const isWithin = ({ first, last, listed }: Within) =>
  listed ? Prisma.sql`segment = any(${[...listed]}::int[])` : Prisma.sql`segment between ${first} and ${last}`;

/** Of dense terms. */
export const ofTerms =
  (ids: readonly number[]): Source =>
  (within) =>
    ids.length === 1
      ? Prisma.sql`select segment, bits from audit_posting where term_id = ${ids[0]} and ${isWithin(within)}`
      : Prisma.sql`
          select segment, bit_or(bits) as bits from audit_posting
          where term_id = any(${ids}::int[]) and ${isWithin(within)} group by segment`;

/** Of rows that an index of audit_event finds: few enough to make their bits when they are asked for. */
export const ofRows =
  (organizationId: string, rows: Prisma.Sql): Source =>
  (within) => Prisma.sql`
    select segment, audit_bits((position % ${SEGMENT})::int, 1) as bits
    from (
      select position, (position / ${SEGMENT})::int as segment from audit_event
      where organization_id = ${organizationId} and (${rows})
        and position >= ${startOf(within.first)} and position < ${startOf(within.last + 1)}
    ) as found
    where ${isWithin(within)} group by segment`;

export const anyOf =
  (sources: readonly Source[]): Source =>
  (within) => {
    const [only] = sources;
    if (only && sources.length === 1) return only(within);
    const parts = sources.map((source) => Prisma.sql`(${source(within)})`);
    return Prisma.sql`select segment, bit_or(bits) as bits from (${Prisma.join(parts, " union all ")}) as part group by segment`;
  };
