import "server-only";
import { requirePermission } from "@/lib/kernel/authority";
import type { Ctx } from "@/lib/kernel/ctx";
import { type Page, wholeList } from "@/lib/kernel/cursor";
import { db } from "@/lib/kernel/db";
import { notFound } from "@/lib/kernel/errors";
import { deliveryRecord, streamRecord } from "./record";
import type { DeliveryRecord, StreamRecord } from "./schema";

/** Where the organization's trail is sent. */
export async function listStreams(ctx: Ctx): Promise<Page<StreamRecord>> {
  await requirePermission(ctx, "streams:read");
  const { organizationId } = ctx;
  const rows = await db().eventStream.findMany({ where: { organizationId }, orderBy: { name: "asc" } });
  const size = await sizeOf(organizationId);
  return wholeList(rows.map((row) => streamRecord(row, size, ctx.now)));
}

export async function getStream(ctx: Ctx, id: string): Promise<StreamRecord> {
  await requirePermission(ctx, "streams:read");
  const { organizationId } = ctx;
  const row = await db().eventStream.findUnique({ where: { id, organizationId } });
  if (!row) throw notFound("stream");
  return streamRecord(row, await sizeOf(organizationId), ctx.now);
}

/** The last attempts to deliver, the newest first: a hundred at most are kept. */
export async function listDeliveries(ctx: Ctx, id: string): Promise<Page<DeliveryRecord>> {
  await requirePermission(ctx, "streams:read");
  const row = await db().eventStream.findUnique({
    where: { id, organizationId: ctx.organizationId },
    include: { deliveries: { orderBy: { number: "desc" }, take: 100 } },
  });
  if (!row) throw notFound("stream");
  return wholeList(row.deliveries.map(deliveryRecord));
}

const sizeOf = async (logId: string) => (await db().auditLog.findUnique({ where: { logId } }))?.size ?? 0n;
