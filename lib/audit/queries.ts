import "server-only";
import { requirePermission } from "@/lib/kernel/authority";
import { DAY } from "@/lib/kernel/clock";
import type { Ctx } from "@/lib/kernel/ctx";
import { byNumber, mapPage, type Page, readPage } from "@/lib/kernel/cursor";
import { db } from "@/lib/kernel/db";
import { notFound } from "@/lib/kernel/errors";
import { containing } from "@/lib/kernel/search";
import type { AuditEvent, Prisma } from "@/prisma/generated/client";
import { checkpointAt, newestCheckpoint, notSigned } from "./checkpoints";
import { checkpointRecord, eventRecord, vendorAudit } from "./record";
import type {
  CheckpointRecord,
  EventFilter,
  EventRecord,
  FindCheckpoint,
  ListEvents,
  ListVendorAudits,
} from "./schema";
import { listKeys } from "./signing-key";

const BY_POSITION = byNumber<AuditEvent>("position", (row) => row.position);

/** The organization's trail, newest first unless asked otherwise. */
export async function listEvents(ctx: Ctx, query: ListEvents): Promise<Page<EventRecord>> {
  await requirePermission(ctx, "audit:read");
  const where = filterOf(ctx, query);
  const page = await readPage(
    { ...query, dir: query.dir ?? "desc" },
    BY_POSITION,
    (part) => db().auditEvent.findMany({ where: { AND: [where, part.where] }, orderBy: part.orderBy, take: part.take }),
    () => db().auditEvent.count({ where }),
  );
  return mapPage(page, eventRecord);
}

/** The newest events alone: counting a long trail costs more than reading its end. */
export async function listRecentEvents(ctx: Ctx, take: number): Promise<EventRecord[]> {
  await requirePermission(ctx, "audit:read");
  const where = { organizationId: ctx.organizationId };
  const rows = await db().auditEvent.findMany({ where, orderBy: { position: "desc" }, take });
  return rows.map(eventRecord);
}

const IDS_AT_ONCE = 5_000;

/** The ids of all events that match, page by page, the oldest first. */
export async function* listEventIds(ctx: Ctx, query: EventFilter): AsyncGenerator<string[]> {
  await requirePermission(ctx, "audit:read");
  const where = filterOf(ctx, query);
  for (let after = 0n; ;) {
    const rows = await db().auditEvent.findMany({
      where: { AND: [where, { position: { gt: after } }] },
      orderBy: { position: "asc" },
      take: IDS_AT_ONCE,
      select: { id: true, position: true },
    });
    yield rows.map(({ id }) => id);
    const last = rows.at(-1);
    if (!last || rows.length < IDS_AT_ONCE) return;
    after = last.position;
  }
}

export async function getEvent(ctx: Ctx, id: string): Promise<EventRecord> {
  await requirePermission(ctx, "audit:read");
  const row = await db().auditEvent.findUnique({ where: { id, organizationId: ctx.organizationId } });
  if (!row) throw notFound("event");
  return eventRecord(row);
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
  const newest = (where: Prisma.AuditEventWhereInput) =>
    db().auditEvent.findFirst({
      where: { ...where, organizationId: ctx.organizationId },
      orderBy: { position: "desc" },
    });
  const targets = [...new Set([target, app, instance])].filter((id) => id !== undefined);
  const [byActor, ...onTargets] = await Promise.all([
    actor === undefined ? null : newest({ actorId: actor }),
    ...targets.map((id) => newest({ targetId: id })),
  ]);
  return Object.fromEntries([
    ...onTargets.flatMap((event) => (event?.targetId ? [[event.targetId, event.targetName]] : [])),
    ...(byActor?.actorId ? [[byActor.actorId, byActor.actorName]] : []),
  ]) as Record<string, string>;
}

function filterOf(ctx: Ctx, query: EventFilter): Prisma.AuditEventWhereInput {
  const contains = query.q ? containing(query.q) : undefined;
  return {
    organizationId: ctx.organizationId,
    ...((query.from ?? query.to) && {
      occurredAt: { ...(query.from && { gte: new Date(query.from) }), ...(query.to && { lt: new Date(query.to) }) },
    }),
    ...(query.actor && { actorId: query.actor }),
    ...(query.actorType && { actorType: query.actorType }),
    ...(query.action && { action: { in: query.action } }),
    ...(query.target && { targetId: query.target }),
    ...(query.app && { appId: query.app }),
    ...(query.instance && { instanceId: query.instance }),
    ...(query.outcome && { outcome: query.outcome }),
    ...(query.ip && { ip: query.ip }),
    ...(query.request && { requestId: query.request }),
    ...(contains && {
      OR: [
        { actorName: contains },
        { targetName: contains },
        { action: contains },
        { reason: contains },
        { id: query.q as string },
      ],
    }),
  };
}

/** The vendor's list of one instance's audits. */
export async function listVendorAudits(ctx: Ctx, instanceId: string, query: ListVendorAudits) {
  const where = await vendorFilter(ctx, instanceId, query);
  const [total, rows] = await Promise.all([
    db().auditEvent.count({ where }),
    db().auditEvent.findMany({
      where,
      orderBy: { position: query.dir },
      skip: (query.page - 1) * query.limit,
      take: query.limit,
    }),
  ]);
  return { rows: rows.map(vendorAudit), total, limit: query.limit, nextCursor: null, previousCursor: null };
}

export async function getVendorAudit(ctx: Ctx, instanceId: string, id: string) {
  const where = await vendorFilter(ctx, instanceId, {});
  const row = await db().auditEvent.findFirst({ where: { AND: [where, { id }] } });
  if (!row) throw notFound("audit");
  return vendorAudit(row);
}

/** What happened on this instance: another instance's and organization-wide events are not its readers' matter. */
async function vendorFilter(
  ctx: Ctx,
  instanceId: string,
  query: Partial<ListVendorAudits>,
): Promise<Prisma.AuditEventWhereInput> {
  const { organizationId } = ctx;
  const instance = await db().instance.count({ where: { id: instanceId, organizationId } });
  if (instance === 0) throw notFound("instance");
  await requirePermission(ctx, "audit:read", instanceId);
  return {
    organizationId,
    instanceId,
    ...(query.action && { verb: query.action }),
    ...(query.affectedZUID && { targetId: query.affectedZUID }),
    ...(query.userZUID && { actorId: query.userZUID }),
    ...((query.start_date ?? query.end_date) && {
      occurredAt: {
        ...(query.start_date && { gte: new Date(query.start_date) }),
        ...(query.end_date && { lt: endOf(query.end_date) }),
      },
    }),
  };
}

/** A plain date includes its whole day. */
const endOf = (date: string) => new Date(new Date(date).getTime() + (date.length === 10 ? DAY : 0));
