import "server-only";
import type { Ctx } from "@/lib/kernel/ctx";
import type { Tx } from "@/lib/kernel/db";
import { Prisma } from "@/prisma/generated/client";
import type { Row } from "./rows";

/** An event that is on the trail under the reporter's id already, and whether what is said of it is the same. */
export interface Earlier {
  id: string;
  isSame: boolean;
}

const GIVEN = Prisma.sql`as r(n int, id text, occurred_at timestamptz, actor_type text, actor_id text, actor_name text,
  action text, verb int, target_type text, target_id text, target_name text, app_id text, instance_id text,
  outcome audit_outcome, request_id text, ip text, user_agent text, after jsonb, external_id text)`;

/** Adds the rows in their order with one statement; the earlier event of each that was there, by the row's id. */
export async function storeRows(tx: Tx, ctx: Ctx, rows: readonly Row[]): Promise<Map<string, Earlier>> {
  const { organizationId } = ctx;
  const reporter = ctx.principal.id;
  const json = JSON.stringify(rows.map((row, n) => ({ n, ...row })));
  const stored = await tx.$executeRaw`
    insert into audit_event (id, organization_id, occurred_at, actor_type, actor_id, actor_name, action, verb,
      target_type, target_id, target_name, app_id, instance_id, outcome, request_id, ip, user_agent, after,
      external_id, reported_by)
    select id, ${organizationId}, coalesce(occurred_at, clock_timestamp()), actor_type, actor_id, actor_name, action, verb,
      target_type, target_id, target_name, app_id, instance_id, outcome, request_id, ip, user_agent, after,
      external_id, ${reporter}
    from json_to_recordset(${json}::json) ${GIVEN}
    order by n
    on conflict (organization_id, reported_by, external_id) where external_id is not null do nothing`;
  if (stored === rows.length) return new Map();
  const earlier = await tx.$queryRaw<(Earlier & { given: string })[]>`
    select r.id as given, e.id,
      (e.actor_id, e.action, e.verb, e.target_type, e.target_id, e.target_name, e.instance_id, e.outcome, e.after,
        e.occurred_at)
      is not distinct from
      (r.actor_id, r.action, r.verb, r.target_type, r.target_id, r.target_name, r.instance_id, r.outcome, r.after,
        coalesce(r.occurred_at, e.occurred_at)) as "isSame"
    from json_to_recordset(${json}::json) ${GIVEN}
      join audit_event e on e.organization_id = ${organizationId} and e.reported_by = ${reporter}
        and e.external_id = r.external_id
    where e.id <> r.id`;
  if (earlier.length !== rows.length - stored) throw new Error("A reported event is neither stored nor there already.");
  return new Map(earlier.map(({ given, ...event }) => [given, event]));
}
