import "server-only";
import { db } from "@/lib/kernel/db";
import { ALL_PERMISSIONS } from "@/lib/kernel/permissions";
import { CONTENT_VERBS } from "@/lib/kernel/system-roles";
import { type Gathered, OTHERS, UNTOLD } from "./gathered";

/** How many addresses of one credential are told apart in the database. */
const KEPT_CALLERS = 1_000;

/**
 * Adds to the counts, callers and last uses in one statement. Each table is written in the order of its key, so
 * that processes wait for each other and never in a circle. Permissions that the organization does not know are not
 * told apart: callers may ask for anything.
 */
export async function writeUsage(gathered: readonly Gathered[]): Promise<void> {
  await db().$executeRaw`
    with counted as (
      insert into usage_count (organization_id, credential_id, hour, outcome, permission, count, together)
      select x.organization_id, x.credential_id, to_timestamp(x.hour / 1000), x.outcome,
        case when x.permission = any(${ALL_PERMISSIONS}::text[]) or exists (
          select from resource r where r.organization_id = x.organization_id
            and r.name = split_part(x.permission, ':', 1)
            and split_part(x.permission, ':', 2) = any(${CONTENT_VERBS}::text[])
            and x.permission = r.name || ':' || split_part(x.permission, ':', 2))
          then x.permission
          when x.permission <> '' and x.outcome = 'INSUFFICIENT_PERMISSIONS' then ${UNTOLD} else '' end,
        sum(x.count), sum(x.together)
      from jsonb_to_recordset(${rowsOf(gathered, countsOf)}::jsonb) as x
        (organization_id text, credential_id text, hour bigint, outcome text, permission text, count bigint,
        together bigint)
      group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5
      on conflict (organization_id, credential_id, hour, outcome, permission)
        do update set count = usage_count.count + excluded.count, together = usage_count.together + excluded.together
    ), given as (
      select x.organization_id, x.credential_id, x.ip, x.user_agent, to_timestamp(x.first_at / 1000.0) as first_at,
        to_timestamp(x.last_at / 1000.0) as last_at, x.allowed, x.refused, c.ip is not null as is_known
      from jsonb_to_recordset(${rowsOf(gathered, callersOf)}::jsonb) as x (organization_id text, credential_id text,
        ip text, user_agent text, first_at bigint, last_at bigint, allowed bigint, refused bigint)
      left join usage_caller c using (organization_id, credential_id, ip)
    ), without_room as (
      select c.organization_id, c.credential_id, true as is_full from usage_caller c
      where (c.organization_id, c.credential_id) in (
        select g.organization_id, g.credential_id from given g where not g.is_known)
      group by 1, 2 having count(*) >= ${KEPT_CALLERS}
    ), called as (
      insert into usage_caller as known
        (organization_id, credential_id, ip, user_agent, first_at, last_at, allowed, refused)
      select g.organization_id, g.credential_id,
        case when w.is_full and not g.is_known then ${OTHERS} else g.ip end as address,
        (array_agg(g.user_agent order by g.last_at desc))[1], min(g.first_at), max(g.last_at),
        sum(g.allowed), sum(g.refused)
      from given g left join without_room w using (organization_id, credential_id)
      group by 1, 2, 3 order by 1, 2, 3
      on conflict (organization_id, credential_id, ip) do update set
        user_agent = case when excluded.last_at < known.last_at then known.user_agent else excluded.user_agent end,
        first_at = least(known.first_at, excluded.first_at), last_at = greatest(known.last_at, excluded.last_at),
        allowed = known.allowed + excluded.allowed, refused = known.refused + excluded.refused
    ), used as (
      select distinct on (credential_id, number) credential_id, number, to_timestamp(x.at / 1000.0) as at, ip, user_agent
      from jsonb_to_recordset(${rowsOf(gathered, usesOf)}::jsonb) as x
        (credential_id text, number int, at bigint, ip text, user_agent text)
      order by credential_id, number desc, x.at desc
    ), locked as (
      -- A rotation takes the newer version first too.
      select v.credential_id, v.number from credential_version v
      join used u on u.credential_id = v.credential_id and u.number = v.number
      order by v.credential_id, v.number desc for no key update of v
    )
    update credential_version v set last_used_at = u.at, last_used_ip = u.ip, last_user_agent = u.user_agent
    from used u join locked l on l.credential_id = u.credential_id and l.number = u.number
    where v.credential_id = u.credential_id and v.number = u.number
      and (v.last_used_at is null or v.last_used_at <= u.at)`;
}

/** One value for any number of rows. */
const rowsOf = (gathered: readonly Gathered[], rows: (one: Gathered) => object[]) =>
  JSON.stringify(gathered.flatMap(rows));

/** Text that PostgreSQL cannot hold would keep the whole statement from ever passing. */
const storable = (text: string) => text.replaceAll("\0", "").toWellFormed();

const countsOf = ({ organizationId, credentialId, hour, counts }: Gathered) =>
  counts.map(({ outcome, permission, count, together }) => ({
    organization_id: organizationId,
    credential_id: credentialId,
    hour,
    outcome,
    permission: storable(permission),
    count,
    together,
  }));

const callersOf = ({ organizationId, credentialId, callers }: Gathered) =>
  callers.map(({ ip, userAgent, firstAt, lastAt, allowed, refused }) => ({
    organization_id: organizationId,
    credential_id: credentialId,
    ip: storable(ip),
    user_agent: storable(userAgent),
    first_at: firstAt,
    last_at: lastAt,
    allowed,
    refused,
  }));

const usesOf = ({ credentialId, uses }: Gathered) =>
  uses.map(({ version, at, ip, userAgent }) => ({
    credential_id: credentialId,
    number: version,
    at,
    ip: storable(ip),
    user_agent: storable(userAgent),
  }));
