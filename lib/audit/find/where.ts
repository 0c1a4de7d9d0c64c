import "server-only";
import type { EventFilter } from "@/lib/audit/schema";
import { likeText } from "@/lib/kernel/search";
import { Prisma } from "@/prisma/generated/client";

/** What each filter for one value is about. */
export const COLUMNS = {
  actor: Prisma.sql`actor_id`,
  actorType: Prisma.sql`actor_type`,
  verb: Prisma.sql`verb`,
  target: Prisma.sql`target_id`,
  app: Prisma.sql`app_id`,
  instance: Prisma.sql`instance_id`,
  outcome: Prisma.sql`outcome::text`,
  ip: Prisma.sql`ip`,
  request: Prisma.sql`request_id`,
} satisfies { [key in keyof EventFilter]?: Prisma.Sql };

/** The filter as a condition on the rows of audit_event. */
export function whereOf(organizationId: string, filter: EventFilter): Prisma.Sql {
  const { from, to, action, q } = filter;
  const facts = (Object.keys(COLUMNS) as (keyof typeof COLUMNS)[]).flatMap((key) =>
    filter[key] === undefined ? [] : [Prisma.sql`${COLUMNS[key]} = ${filter[key]}`],
  );
  const conditions = [
    Prisma.sql`organization_id = ${organizationId}`,
    ...facts,
    ...(from === undefined ? [] : [Prisma.sql`occurred_at >= ${from}::timestamptz`]),
    ...(to === undefined ? [] : [Prisma.sql`occurred_at < ${to}::timestamptz`]),
    ...(action ? [Prisma.sql`action = any(${action}::text[])`] : []),
    ...(q ? [textWhere(q)] : []),
  ];
  return Prisma.sql`(${Prisma.join(conditions, " and ")})`;
}

export function textWhere(text: string): Prisma.Sql {
  const pattern = `%${likeText(text)}%`;
  return Prisma.sql`(actor_name ilike ${pattern} or target_name ilike ${pattern} or action ilike ${pattern}
    or reason ilike ${pattern} or id = ${text})`;
}
