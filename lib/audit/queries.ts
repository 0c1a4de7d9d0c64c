import "server-only";
import { requirePermission } from "@/lib/kernel/authority";
import { DAY } from "@/lib/kernel/clock";
import type { Ctx } from "@/lib/kernel/ctx";
import { byNumber, mapPage, type Page, readPage } from "@/lib/kernel/cursor";
import { db } from "@/lib/kernel/db";
import { notFound } from "@/lib/kernel/errors";
import { Prisma } from "@/prisma/generated/client";
import type { z } from "zod";
import { checkpointAt, newestCheckpoint, notSigned } from "./checkpoints";
import { allPositions } from "./export";
import { histogramOf } from "./find/histogram";
import { matchEvents, totalOf } from "./find/match";
import { type EventRow, eventsAt } from "./find/events";
import { placesWhere, rowsOf } from "./find/rows";
import { inTurn } from "./find/turns";
import { whereOf } from "./find/where";
import { checkpointRecord, eventRecord, vendorAudit } from "./record";
import {
  type CheckpointRecord,
  type EventFilter,
  type EventRecord,
  filterAt,
  type FilterEvents,
  type FindCheckpoint,
  type Histogram,
  type ListEvents,
} from "./schema";
import { type ListVendorAudits } from "./vendor-schema";
import { listKeys } from "./signing-key";

const BY_POSITION = byNumber<EventRow>("position", (row) => row.position);

/** Without a total where counting would take long: a text that very many names have. */
export type EventPage = Omit<Page<EventRecord>, "total"> & { total: number | null };

/** The organization's trail, newest first unless asked otherwise. */
export async function listEvents(ctx: Ctx, query: ListEvents): Promise<EventPage> {
  await requirePermission(ctx, "audit:read");
  const { limit, cursor, dir = "desc", sort: _, ...filters } = query;
  return inTurn(async () => {
    const match = await matchEvents(ctx.organizationId, filterAt(filters, ctx.now));
    const page = await readPage(
      { limit, cursor, dir },
      BY_POSITION,
      ({ order, take, beyond }) =>
        rowsOf(match, { order, take, ...(beyond !== undefined && { beyond: beyond as bigint }) }),
      () => totalOf(match),
    );
    return { ...mapPage(page, eventRecord), total: match.loosely ? null : page.total };
  });
}

/** How many events of the filter fall into each part of its time range. */
export async function countEvents(ctx: Ctx, query: z.infer<typeof FilterEvents>): Promise<Histogram> {
  await requirePermission(ctx, "audit:read");
  return inTurn(() => histogramOf(ctx.organizationId, filterAt(query, ctx.now), ctx.now));
}

/** The newest events alone: counting a long trail costs more than reading its end. */
export async function listRecentEvents(ctx: Ctx, take: number): Promise<EventRecord[]> {
  await requirePermission(ctx, "audit:read");
  const places = await placesWhere(Prisma.sql`organization_id = ${ctx.organizationId}`, "desc", { take });
  return (await eventsAt(ctx.organizationId, places, "desc")).map(eventRecord);
}

/** The ids of all events that match, page by page, the oldest first. */
export async function* listEventIds(ctx: Ctx, query: z.infer<typeof FilterEvents>): AsyncGenerator<string[]> {
  await requirePermission(ctx, "audit:read");
  const match = await matchEvents(ctx.organizationId, filterAt(query, ctx.now));
  for await (const positions of allPositions(match)) {
    yield (await eventsAt(ctx.organizationId, positions, "asc")).map(({ id }) => id);
  }
}

export async function getEvent(ctx: Ctx, id: string): Promise<EventRecord> {
  await requirePermission(ctx, "audit:read");
  return eventRecord(await findEvent(ctx.organizationId, Prisma.sql`id = ${id}`, "event"));
}

async function findEvent(organizationId: string, where: Prisma.Sql, noun: string): Promise<EventRow> {
  const places = await placesWhere(Prisma.sql`organization_id = ${organizationId} and ${where}`, "asc");
  const [row] = await eventsAt(organizationId, places, "asc");
  if (!row) throw notFound(noun);
  return row;
}

/** What was signed of the organization's trail, newest unless its size names another. */
export async function getCheckpoint(ctx: Ctx, { size }: FindCheckpoint): Promise<CheckpointRecord> {
  await requirePermission(ctx, "audit:read");
  const { organizationId: log } = ctx;
  const found = await (size === undefined ? newestCheckpoint(db(), log) : checkpointAt(db(), log, size));
  if (!found) throw notSigned();
  return { ...checkpointRecord(found), keys: await listKeys() };
}

/** The names behind the ids that events are filtered by, as the newest event about each tells them. */
export async function listFilterNames(
  ctx: Ctx,
  { actor, target, app, instance }: Pick<ListEvents, "actor" | "target" | "app" | "instance">,
): Promise<Record<string, string>> {
  await requirePermission(ctx, "audit:read");
  const newest = (filter: EventFilter) =>
    inTurn(async () => {
      const match = await matchEvents(ctx.organizationId, filter);
      return (await rowsOf(match, { order: "desc", take: 1 }))[0];
    });
  const targets = [...new Set([target, app, instance])].filter((id) => id !== undefined);
  const [byActor, ...onTargets] = await Promise.all([
    actor === undefined ? undefined : newest({ actor }),
    ...targets.map((id) => newest({ target: id })),
  ]);
  return Object.fromEntries([
    ...onTargets.flatMap((event) => (event?.targetId ? [[event.targetId, event.targetName]] : [])),
    ...(byActor?.actorId ? [[byActor.actorId, byActor.actorName]] : []),
  ]) as Record<string, string>;
}

/** The vendor's list of one instance's audits. */
export async function listVendorAudits(ctx: Ctx, instanceId: string, query: ListVendorAudits) {
  const filter = await vendorFilter(ctx, instanceId, query);
  const { dir, limit, page } = query;
  return inTurn(async () => {
    const match = await matchEvents(ctx.organizationId, filter);
    const [total, rows] = await Promise.all([
      totalOf(match),
      rowsOf(match, { order: dir, take: limit, skip: (page - 1) * limit }),
    ]);
    return { rows: rows.map(vendorAudit), total, limit, nextCursor: null, previousCursor: null };
  });
}

export async function getVendorAudit(ctx: Ctx, instanceId: string, id: string) {
  const where = whereOf(ctx.organizationId, await vendorFilter(ctx, instanceId, {}));
  return vendorAudit(await findEvent(ctx.organizationId, Prisma.sql`${where} and id = ${id}`, "audit"));
}

/** What happened on this instance: another instance's and organization-wide events are not its readers' matter. */
async function vendorFilter(ctx: Ctx, instanceId: string, query: Partial<ListVendorAudits>): Promise<EventFilter> {
  const { organizationId } = ctx;
  const instance = await db().instance.count({ where: { id: instanceId, organizationId } });
  if (instance === 0) throw notFound("instance");
  await requirePermission(ctx, "audit:read", instanceId);
  const { action, affectedZUID, userZUID, start_date, end_date } = query;
  return {
    instance: instanceId,
    ...(action && { verb: action }),
    ...(affectedZUID !== undefined && { target: affectedZUID }),
    ...(userZUID !== undefined && { actor: userZUID }),
    ...(start_date && { from: new Date(start_date).toISOString() }),
    ...(end_date && { to: endOf(end_date).toISOString() }),
  };
}

/** A plain date includes its whole day. */
const endOf = (date: string) => new Date(new Date(date).getTime() + (date.length === 10 ? DAY : 0));
