import "server-only";
import { DAY, HOUR } from "@/lib/kernel/clock";
import { db } from "@/lib/kernel/db";
import { Prisma } from "@/prisma/generated/client";
import {
  type HourlyUsage,
  type Outcome,
  USAGE_DAYS,
  type UsageCounts,
  type UsageSeries,
  type UsageSum,
} from "./schema";

interface SpanRow {
  subject: string;
  span: number;
  outcome: Outcome;
  count: bigint;
}

/** Equal lengths of time that end with the one `now` is in. */
export interface Spans {
  from: Date;
  lengthMs: number;
  count: number;
}

export function spansUntil(now: Date, lengthMs: number, count: number): Spans {
  const present = now.getTime() - (now.getTime() % lengthMs);
  return { from: new Date(present - (count - 1) * lengthMs), lengthMs, count };
}

export const last30Days = (now: Date) => spansUntil(now, DAY, USAGE_DAYS);
export const last24Hours = (now: Date) => spansUntil(now, HOUR, 24);

/** The series of each subject, an SQL expression of the count `u` and its credential `c`, that has any checks in the spans. */
export async function seriesBy(
  subject: Prisma.Sql,
  where: Prisma.Sql,
  { from, lengthMs, count }: Spans,
): Promise<Map<string, UsageSeries>> {
  const rows = await db().$queryRaw<SpanRow[]>`
    select ${subject} as subject, u.outcome, sum(u.count)::bigint as count,
      floor((extract(epoch from u.hour) - ${from.getTime() / 1000}::bigint) / ${lengthMs / 1000}::bigint)::int as span
    from usage_count u left join credential c on c.id = u.credential_id and c.organization_id = u.organization_id
    where ${where} and u.hour >= ${from}::timestamptz group by 1, 2, 4`;
  const found = new Map<string, UsageSeries>();
  for (const row of rows) {
    const series = found.get(row.subject) ?? emptySeries({ from, lengthMs, count });
    found.set(row.subject, series);
    const span = series.spans[row.span];
    if (span && row.outcome === "VALID") span.allowed += Number(row.count);
    else if (span) span.refused[row.outcome as keyof UsageCounts["refused"]] = Number(row.count);
  }
  return found;
}

const emptySeries = ({ from, count }: Spans): UsageSeries => ({
  from: from.toISOString(),
  spans: Array.from({ length: count }, () => ({ allowed: 0, refused: {} })),
});

/** The one series of everything that matches. */
export async function seriesOf(where: Prisma.Sql, spans: Spans): Promise<UsageSeries> {
  return (await seriesBy(Prisma.sql`''`, where, spans)).get("") ?? emptySeries(spans);
}

const add = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0);

/** Without the reasons of the refusals. */
export const plainSpans = ({ spans }: UsageSeries): HourlyUsage => ({
  allowed: spans.map(({ allowed }) => allowed),
  refused: spans.map(({ refused }) => add(Object.values(refused))),
});

export function sumOf(series: UsageSeries): UsageSum {
  const { allowed, refused } = plainSpans(series);
  return { allowed: add(allowed), refused: add(refused) };
}
