import "server-only";
import { CREDENTIAL_STATUSES, type CredentialStatus, EXPIRING_DAYS } from "@/lib/credentials/schema";
import { readableInSql } from "@/lib/kernel/readable-credentials";
import { DAY } from "@/lib/kernel/clock";
import type { Ctx } from "@/lib/kernel/ctx";
import { db } from "@/lib/kernel/db";
import { Prisma } from "@/prisma/generated/client";
import { CALENDAR_DAYS, type CredentialUse, DORMANT_DAYS, FORGOTTEN_DAYS } from "./schema";

type Counts = Record<CredentialUse | "total", number>;

interface Tally {
  byState: Record<CredentialStatus, number>;
  byUse: Record<CredentialUse, number>;
  /** Those still working that end on each of the coming days, the first being today in UTC. */
  expiries: { from: string; days: number[] };
}

/**
 * All credentials that the caller may read, counted in one pass. It says in SQL what the filters of the lists say:
 * a count of each would go through them a dozen times.
 */
export async function tallyOf({ organizationId, power, now }: Ctx): Promise<Tally> {
  const from = now.toISOString().slice(0, 10);
  const ago = (days: number) => new Date(now.getTime() - days * DAY);
  const rows = await db().$queryRaw<(Counts & { state: CredentialStatus; day: number | null })[]>`
    with stated as (
      select c.created_at, c.expires_at, v.used_at, case
          when c.revoked_at is not null then 'revoked'
          when c.expires_at <= ${now}::timestamptz then 'expired'
          when c.quarantined_at is not null then 'restored'
          when c.disabled_at is not null or a.disabled_at is not null then 'disabled'
          when v.overlaps then 'rotating'
          when c.expires_at < ${ago(-EXPIRING_DAYS)}::timestamptz then 'expiring'
          else 'active' end as state
      from credential c
        left join app a on a.id = c.app_id and a.organization_id = c.organization_id
        left join lateral (
          select max(last_used_at) as used_at, bool_or(ends_at > ${now}::timestamptz) as overlaps
          from credential_version where credential_id = c.id) v on true
      where c.organization_id = ${organizationId} and a.deleted_at is null
        and ${readableInSql(power) ?? Prisma.sql`false`}
    ), used as (
      select *, state in ('rotating', 'expiring', 'active') as works from stated
    )
    select state, count(*)::int as total,
      case when works and expires_at < ${ago(-CALENDAR_DAYS)}::timestamptz
        then floor((extract(epoch from expires_at) - ${Date.parse(from) / 1000}::bigint) / 86400)::int end as day,
      count(*) filter (where works and used_at is null)::int as never,
      count(*) filter (where works and used_at is null and created_at < ${ago(FORGOTTEN_DAYS)}::timestamptz)::int as forgotten,
      count(*) filter (where works and coalesce(used_at, created_at) < ${ago(DORMANT_DAYS)}::timestamptz)::int as dormant
    from used group by state, day`;
  const sum = (key: keyof Counts, part: Partial<(typeof rows)[number]> = {}) =>
    rows
      .filter(({ state, day }) => (part.state ?? state) === state && (part.day ?? day) === day)
      .reduce((total, row) => total + row[key], 0);
  return {
    byState: Object.fromEntries(
      CREDENTIAL_STATUSES.map((state) => [state, sum("total", { state })]),
    ) as Tally["byState"],
    byUse: { never: sum("never"), forgotten: sum("forgotten"), dormant: sum("dormant") },
    expiries: { from, days: Array.from({ length: CALENDAR_DAYS }, (_, day) => sum("total", { day })) },
  };
}
