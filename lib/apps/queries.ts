import "server-only";
import { EXPIRING_DAYS } from "@/lib/credentials/schema";
import { requirePermission } from "@/lib/kernel/authority";
import type { Ctx } from "@/lib/kernel/ctx";
import { DAY } from "@/lib/kernel/clock";
import { byText, byTime, mapPage, type Page, readPage } from "@/lib/kernel/cursor";
import { db } from "@/lib/kernel/db";
import { notFound } from "@/lib/kernel/errors";
import { allows } from "@/lib/kernel/permissions";
import { containing } from "@/lib/kernel/search";
import type { Prisma } from "@/prisma/generated/client";
import { appRecord, type AppRow, withKeys } from "./record";
import type { AppRecord, ListApps } from "./schema";

const SORTS = {
  name: byText<AppRow>("name", (row) => row.name),
  createdAt: byTime<AppRow>("createdAt", (row) => row.createdAt),
};

/** The organization's apps; `q` finds names of apps and of their keys. */
export async function listApps(ctx: Ctx, query: ListApps): Promise<Page<AppRecord>> {
  await requirePermission(ctx, "apps:read");
  const { q, status } = query;
  const contains = q ? containing(q) : undefined;
  const where: Prisma.AppWhereInput = {
    organizationId: ctx.organizationId,
    deletedAt: null,
    ...(status && stateFilter(status, ctx.now)),
    ...(contains && { OR: [{ name: contains }, { id: q as string }, ...ofKeys(ctx, contains)] }),
  };
  const page = await readPage(
    { ...query, dir: query.dir ?? "asc" },
    SORTS[query.sort ?? "name"],
    (part) =>
      db().app.findMany({
        where: { AND: [where, part.where] },
        orderBy: part.orderBy,
        take: part.take,
        include: withKeys(ctx.now),
      }),
    () => db().app.count({ where }),
  );
  return mapPage(page, (row) => appRecord(row, ctx.now));
}

/** How many there are. */
export async function countApps(ctx: Ctx): Promise<number> {
  await requirePermission(ctx, "apps:read");
  return db().app.count({ where: { organizationId: ctx.organizationId, deletedAt: null } });
}

/** A search would tell the names of keys to who may not read them. */
const ofKeys = (ctx: Ctx, name: ReturnType<typeof containing>): Prisma.AppWhereInput[] =>
  allows(ctx.power, "keys:read") ? [{ credentials: { some: { name } } }] : [];

function stateFilter(state: NonNullable<ListApps["status"]>, now: Date): Prisma.AppWhereInput {
  const soon = new Date(now.getTime() + EXPIRING_DAYS * DAY);
  switch (state) {
    case "active":
      return { disabledAt: null };
    case "disabled":
      return { disabledAt: { not: null } };
    case "rotating":
      return {
        disabledAt: null,
        credentials: {
          some: {
            revokedAt: null,
            versions: { some: { endsAt: { gt: now } } },
            OR: [{ expiresAt: null }, { expiresAt: { gt: now } }],
          },
        },
      };
    case "expiring":
      return { disabledAt: null, credentials: { some: { revokedAt: null, expiresAt: { gt: now, lt: soon } } } };
  }
}

export async function getApp(ctx: Ctx, id: string): Promise<AppRecord> {
  await requirePermission(ctx, "apps:read");
  const row = await db().app.findUnique({
    where: { id, organizationId: ctx.organizationId, deletedAt: null },
    include: withKeys(ctx.now),
  });
  if (!row) throw notFound("app");
  return appRecord(row, ctx.now);
}
