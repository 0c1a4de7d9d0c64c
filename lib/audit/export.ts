import "server-only";
import { csvLine } from "./csv";
import { eventsAt } from "./find/events";
import type { Match } from "./find/match";
import { fulfilling, placesWhere, positionsOf } from "./find/rows";
import { eventRecord } from "./record";
import type { EventRecord, ExportEvents } from "./schema";
import { Prisma } from "@/prisma/generated/client";

const ROWS_AT_ONCE = 1_000;

/** The records of a match as the API has them, oldest first, so many at a time: what is added meanwhile is not in it. */
export async function* linesOf(match: Match, format: ExportEvents["format"]): AsyncGenerator<string> {
  if (format === "csv") yield csvLine(Object.keys(COLUMNS));
  const lineOf = format === "csv" ? csvOf : jsonOf;
  for await (const positions of allPositions(match)) {
    const rows = await eventsAt(match.organizationId, positions, "asc");
    if (rows.length > 0) yield rows.map((row) => lineOf(eventRecord(row))).join("");
  }
}

/** The positions of all events of a match, oldest first, some at a time: what is added meanwhile is not among them. */
export async function* allPositions(match: Match): AsyncGenerator<bigint[]> {
  const [newest = 0n] = await placesWhere(Prisma.sql`true`, "desc", { take: 1 });
  for await (const positions of positionsOf(match, { order: "asc", take: Infinity })) {
    for (let at = 0; at < positions.length; at += ROWS_AT_ONCE) {
      yield await fulfilling(match, positions.slice(at, at + ROWS_AT_ONCE), "asc");
    }
  }
  for (let after = match.boundary - 1n; ;) {
    const where = Prisma.sql`${match.rest} and position > ${after} and position <= ${newest}`;
    const positions = await placesWhere(where, "asc", { take: ROWS_AT_ONCE });
    if (positions.length === 0) return;
    yield positions;
    after = positions.at(-1) as bigint;
  }
}

const jsonOf = (event: EventRecord) => `${JSON.stringify(event)}\n`;

const COLUMNS: Record<string, (event: EventRecord) => unknown> = {
  id: ({ ZUID }) => ZUID,
  seq: ({ seq }) => seq,
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
  external_id: ({ externalId }) => externalId,
  reported_by: ({ reportedBy }) => reportedBy,
};

const csvOf = (event: EventRecord) => csvLine(Object.values(COLUMNS).map((of) => of(event)));
