import "server-only";
import { db } from "@/lib/kernel/db";
import type { EventFilter, Histogram } from "@/lib/audit/schema";
import { Prisma } from "@/prisma/generated/client";
import { type Match, matchEvents } from "./match";

const MINUTE = 60;
const HOUR = 3600;
const DAY = 24 * HOUR;
const STEPS = [1, 2, 5, 10, 15, 30].map((n) => n * MINUTE);
STEPS.push(...[1, 2, 3, 6, 12].map((n) => n * HOUR), ...[1, 2, 7, 14, 28, 91, 364].map((n) => n * DAY));
const SPANS_AT_MOST = 90;
/** So many segments within one such range are so short each that they count where they begin. */
const SEGMENTS_LOOKED_INTO = 40;

/** How many events of the filter fall into each part of its range: of the whole trail when it names none. */
export async function histogramOf(organizationId: string, filter: EventFilter, now: Date): Promise<Histogram> {
  const match = await matchEvents(organizationId, filter);
  const to = filter.to === undefined ? now : new Date(filter.to);
  const from = filter.from === undefined ? await firstTime(match, to) : new Date(filter.from);
  const seconds = Math.max(MINUTE, (to.getTime() - from.getTime()) / 1000);
  const step = STEPS.find((each) => seconds / each <= SPANS_AT_MOST) ?? Math.ceil(seconds / SPANS_AT_MOST / DAY) * DAY;
  const start = Math.floor(from.getTime() / 1000 / step) * step;
  const spans = Math.max(1, Math.ceil((to.getTime() / 1000 - start) / step));
  const scale = { start, step, ...(filter.to !== undefined && { end: to.getTime() / 1000 }) };
  const histogram = { from: new Date(start * 1000).toISOString(), stepSeconds: step };
  if (match.loosely) return { ...histogram, counts: null };
  const counts = Array.from({ length: spans }, () => 0);
  const add = (span: number, count: number) => {
    // What another clock has dated after now counts as now.
    const at = Math.min(Math.max(span, 0), spans - 1);
    counts[at] = (counts[at] as number) + count;
  };
  const counted = await Promise.all([indexedSpans(match, scale), newerSpans(match, scale)]);
  for (const { span, count } of counted.flat()) add(span, count);
  return { ...histogram, counts };
}

/** When the trail begins, which may be with an event reported late, and half an hour before `to` at the latest. */
async function firstTime({ organizationId, boundary }: Match, to: Date): Promise<Date> {
  const [indexed, newer] = await Promise.all([
    db().auditSegment.aggregate({ _min: { firstAt: true }, where: { organizationId } }),
    db().auditEvent.aggregate({
      _min: { occurredAt: true },
      where: { organizationId, position: { gte: boundary } },
    }),
  ]);
  const known = [indexed._min.firstAt, newer._min.occurredAt].flatMap((time) => (time ? [time.getTime()] : []));
  return new Date(Math.min(...known, to.getTime() - 30 * MINUTE * 1000));
}

interface Span {
  span: number;
  count: number;
}

/** In seconds. Without an end there may be events that another clock has dated after now. */
interface Scale {
  start: number;
  step: number;
  end?: number;
}

const OCCURRED_AT = Prisma.sql`occurred_at`;
const spanAt = (time: Prisma.Sql, { start, step }: Scale) =>
  Prisma.sql`floor((extract(epoch from ${time}) - ${start}) / ${step})::int`;

/** What is newer than the index. */
const newerSpans = ({ rest }: Match, scale: Scale) => db().$queryRaw<Span[]>`
  select ${spanAt(OCCURRED_AT, scale)} as span, count(*)::int as count from audit_event where ${rest} group by span`;

async function indexedSpans(match: Match, scale: Scale): Promise<Span[]> {
  const { organizationId } = match;
  const { start, step, end } = scale;
  if (step % HOUR === 0) {
    const facet = step % DAY === 0 ? "day" : "hour";
    const terms = await db().auditTerm.findMany({
      where: {
        organizationId,
        facet,
        key: { gte: keyOf(start, facet), ...(end !== undefined && { lte: keyOf(end, facet) }) },
      },
      select: { id: true, key: true },
    });
    const spans = terms.map(({ key }) => (Date.parse(facet === "day" ? key : `${key}:00Z`) / 1000 - start) / step);
    // The bits of the match stand before those of the spans of their segment: a join would tempt the planner to compare
    // each with each.
    return db().$queryRaw`
      select span, sum(bit_count(bits & matched))::int as count from (
        select span, bits, first_value(bits) over of_segment as matched, first_value(span) over of_segment is null as is_matched
        from (
          select null::int as span, segment, bits from (${match.common}) as common
          union all
          select span, segment, bits
          from unnest(${terms.map(({ id }) => id)}::int[], ${spans.map(Math.floor)}::int[]) as t (id, span)
          cross join lateral (select segment, bits from audit_posting where term_id = t.id offset 0) as of_span
        ) as every
        window of_segment as (partition by segment order by span nulls first)
      ) as paired
      where span is not null and is_matched group by span`;
  }
  if ((await match.counts()).length > SEGMENTS_LOOKED_INTO) {
    return db().$queryRaw`
      select ${spanAt(Prisma.sql`s.first_at`, scale)} as span, sum(bit_count(m.bits))::int as count
      from audit_segment s join (${match.common}) m using (segment) where s.organization_id = ${organizationId} group by 1`;
  }
  return db().$queryRaw`
    with matched as materialized (${match.common})
    select span, sum(bit_count(m.bits & r.bits))::int as count from matched m cross join lateral (
      select ${spanAt(OCCURRED_AT, scale)} as span, audit_bits((position % 16384)::int, 1) as bits from audit_event
      where organization_id = ${organizationId}
        and position >= m.segment * 16384::bigint and position < (m.segment + 1) * 16384::bigint
      group by 1
    ) as r group by 1`;
}

const keyOf = (seconds: number, facet: "day" | "hour") =>
  new Date(seconds * 1000).toISOString().slice(0, facet === "day" ? 10 : 13);
