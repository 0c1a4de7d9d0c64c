import "server-only";
import { db } from "@/lib/kernel/db";
import { Prisma } from "@/prisma/generated/client";
import type { EventFilter } from "@/lib/audit/schema";
import { type Fact, factSources, requestSource, timeSource } from "./facets";
import { indexedSegments, type Source, startOf, type Within } from "./segments";
import { textSources } from "./text";
import { textWhere, whereOf } from "./where";

/** What a filter selects of one organization's trail: of every indexed segment how many events, and the rest by rows. */
export interface Match {
  organizationId: string;
  /** From here on rows are looked at, with `rest`. */
  boundary: bigint;
  rest: Prisma.Sql;
  /** Ascending; none is empty. They are counted when this is asked for the first time. */
  counts(): Promise<SegmentCount[]>;
  /** The bits of these segments, eight in a byte and the first one highest. */
  bits(segments: readonly number[]): Promise<Map<number, Uint8Array>>;
  /** Of a text that too many names have: what an event found by its bits has to fulfil besides. */
  loosely?: Prisma.Sql;
  /** What yields (segment, bits) of all of them. */
  common: Prisma.Sql;
}

export interface SegmentCount {
  segment: number;
  count: number;
}

/** Prepares a filter whose times are absolute. Nothing is counted that another organization has. */
export async function matchEvents(organizationId: string, filter: EventFilter): Promise<Match> {
  // Before the terms are looked up: those of what is indexed meanwhile may be among them, and none is missing.
  const segments = await indexedSegments();
  const boundary = startOf(segments);
  const rest = Prisma.sql`${whereOf(organizationId, filter)} and position >= ${boundary}`;
  const span = segments === 0 ? undefined : await spanOf(organizationId, segments, filter);
  if (!span) return { organizationId, boundary, rest, counts: noneCounted, bits: nothing, common: NONE };
  const [facts, text] = await Promise.all([
    factSources(organizationId, factsOf(filter)),
    filter.q === undefined ? { sources: [], isExact: true } : textSources({ organizationId, boundary }, filter.q),
  ]);
  const sources = [
    ...facts,
    ...text.sources,
    ...(filter.request === undefined ? [] : [requestSource(organizationId, filter.request)]),
    ...(filter.from === undefined && filter.to === undefined
      ? []
      : [timeSource(organizationId, filter.from, filter.to)]),
  ];
  let counted: Promise<SegmentCount[]> | undefined;
  return {
    organizationId,
    boundary,
    rest,
    counts: () => (counted ??= countsOf(sources, span)),
    async bits(listed) {
      const within = { first: Math.min(...listed), last: Math.max(...listed), listed };
      // What is sent begins with the number of bits, in four bytes.
      const rows = await db().$queryRaw<{ segment: number; bits: Uint8Array }[]>`
        select segment, substring(bit_send(bits) from 5) as bits from (${commonOf(sources, within)}) as common`;
      return new Map(rows.map((row) => [row.segment, row.bits]));
    },
    common: commonOf(sources, span),
    ...(!text.isExact && { loosely: textWhere(filter.q as string) }),
  };
}

/** How many events that are; of a loose match no more than those looked at row by row. */
export async function totalOf(match: Match): Promise<number> {
  if (match.loosely) return 0;
  const [indexed, newer] = await Promise.all([indexedCount(match), countWhere(match.rest)]);
  return indexed + newer;
}

export async function countWhere(where: Prisma.Sql): Promise<number> {
  const [counted] = await db().$queryRaw<
    { count: number }[]
  >`select count(*)::int as count from audit_event where ${where}`;
  return counted?.count ?? 0;
}

export async function indexedCount(match: Match): Promise<number> {
  return (await match.counts()).reduce((sum, { count }) => sum + count, 0);
}

const noneCounted = () => Promise.resolve([]);
const nothing = () => Promise.resolve(new Map<number, Uint8Array>());
const NONE = Prisma.sql`select 0 as segment, 0::bit(16384) as bits where false`;

/** In two halves side by side: most of a search in a long trail is this. */
async function countsOf(sources: readonly Source[], { first, last }: Within): Promise<SegmentCount[]> {
  const middle = Math.floor((first + last) / 2);
  const halves = [{ first, last: middle }, ...(middle < last ? [{ first: middle + 1, last }] : [])];
  const counts = await Promise.all(
    halves.map(
      (half) => db().$queryRaw<SegmentCount[]>`
        with common as materialized (${commonOf(sources, half)})
        select segment, bit_count(bits)::int as count from common where bit_count(bits) > 0 order by segment`,
    ),
  );
  return counts.flat();
}

/** Bits that every one of the sources has, of the segments that are in all. */
function commonOf(sources: readonly Source[], within: Within): Prisma.Sql {
  const parts = sources.map((source) => Prisma.sql`(${source(within)})`);
  // Joined, they would tempt the planner to compare each with each.
  return Prisma.sql`
    select segment, bit_and(bits) as bits from (${Prisma.join(parts, " union all ")}) as part
    group by segment having count(*) = ${sources.length}`;
}

/** The indexed segments that the time range reaches; undefined when there is none. */
async function spanOf(organizationId: string, segments: number, { from, to }: EventFilter) {
  const span = await db().auditSegment.aggregate({
    _min: { segment: true },
    _max: { segment: true },
    where: {
      organizationId,
      segment: { lt: segments },
      ...(from !== undefined && { lastAt: { gte: new Date(from) } }),
      ...(to !== undefined && { firstAt: { lt: new Date(to) } }),
    },
  });
  const { _min, _max } = span;
  return _min.segment === null || _max.segment === null ? undefined : { first: _min.segment, last: _max.segment };
}

function factsOf(filter: EventFilter): Fact[] {
  const facts = (["actor", "actorType", "target", "app", "instance", "outcome", "ip"] as const).flatMap((facet) =>
    filter[facet] === undefined ? [] : [{ facet, keys: [filter[facet]] } satisfies Fact],
  );
  const listed: Fact[] = [
    ...facts,
    ...(filter.action ? [{ facet: "action", keys: filter.action } as const] : []),
    ...(filter.verb ? [{ facet: "verb", keys: [String(filter.verb)] } as const] : []),
  ];
  // Another condition alone would do; the bits of everything cost as much as one more.
  return listed.length > 0 ? listed : [{ facet: "all", keys: [""] }];
}
