import "server-only";
import { db } from "@/lib/kernel/db";
import type { Match } from "./find/match";
import { positionsOf, rowsAt } from "./find/rows";
import { csvLine } from "./csv";
import type { EventRecord, ExportEvents } from "./schema";

const ROWS_AT_ONCE = 1_000;

/** The events of a match as text, oldest first, so many at a time: what is added meanwhile is not in it. */
export async function* linesOf(match: Match, format: ExportEvents["format"]): AsyncGenerator<string> {
  if (format === "csv") yield csvLine(Object.keys(COLUMNS));
  for await (const positions of allPositions(match)) {
    const lines = await jsonAt(match.organizationId, positions);
    if (lines.length > 0) yield format === "jsonl" ? `${lines.join("\n")}\n` : lines.map(csvOf).join("");
  }
}

async function* allPositions(match: Match): AsyncGenerator<bigint[]> {
  const newest = await db().auditEvent.findFirst({ orderBy: { position: "desc" }, select: { position: true } });
  for await (const positions of positionsOf(match, { order: "asc", take: Infinity })) {
    for (let at = 0; at < positions.length; at += ROWS_AT_ONCE) {
      const some = positions.slice(at, at + ROWS_AT_ONCE);
      yield match.loosely ? (await rowsAt(match, some, "asc")).map(({ position }) => position) : some;
    }
  }
  for (let after = match.boundary - 1n; ;) {
    const rows = await db().auditEvent.findMany({
      where: { AND: [match.rest, { position: { gt: after, lte: newest?.position ?? 0n } }] },
      orderBy: { position: "asc" },
      select: { position: true },
      take: ROWS_AT_ONCE,
    });
    if (rows.length === 0) return;
    yield rows.map(({ position }) => position);
    after = rows.at(-1)?.position as bigint;
  }
}

/** The records as the API has them, but to the microsecond, which no Date of JavaScript holds. */
async function jsonAt(organizationId: string, positions: bigint[]): Promise<string[]> {
  const rows = await db().$queryRaw<{ line: string }[]>`
    select row_to_json(told)::text as line from (
      select id as "ZUID", to_char(occurred_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "occurredAt",
        (select row_to_json(a) from (select actor_type as type, actor_id as "ZUID", actor_name as name) a) as actor,
        action, verb,
        (select row_to_json(t) from (select target_type as type, target_id as "ZUID", target_name as name) t) as target,
        app_id as "appZUID", instance_id as "instanceZUID", outcome, reason, request_id as "requestId", ip,
        user_agent as "userAgent", before, after
      from audit_event where organization_id = ${organizationId} and position = any(${positions}::bigint[])
      order by position
    ) as told`;
  return rows.map(({ line }) => line);
}

const COLUMNS: Record<string, (event: EventRecord) => unknown> = {
  id: ({ ZUID }) => ZUID,
  occurred_at: ({ occurredAt }) => occurredAt,
  actor_type: ({ actor }) => actor.type,
  actor_id: ({ actor }) => actor.ZUID,
  actor_name: ({ actor }) => actor.name,
  action: ({ action }) => action,
  verb: ({ verb }) => verb,
  target_type: ({ target }) => target.type,
  target_id: ({ target }) => target.ZUID,
  target_name: ({ target }) => target.name,
  app_id: ({ appZUID }) => appZUID,
  instance_id: ({ instanceZUID }) => instanceZUID,
  outcome: ({ outcome }) => outcome,
  reason: ({ reason }) => reason,
  request_id: ({ requestId }) => requestId,
  ip: ({ ip }) => ip,
  user_agent: ({ userAgent }) => userAgent,
  before: ({ before }) => before && JSON.stringify(before),
  after: ({ after }) => after && JSON.stringify(after),
};

function csvOf(line: string): string {
  const event = JSON.parse(line) as EventRecord;
  return csvLine(Object.values(COLUMNS).map((of) => of(event)));
}
