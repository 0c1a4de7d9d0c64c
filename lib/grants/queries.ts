import "server-only";
import { requirePermission } from "@/lib/kernel/authority";
import type { Ctx } from "@/lib/kernel/ctx";
import { byTime, mapPage, type Page, readPage } from "@/lib/kernel/cursor";
import { db } from "@/lib/kernel/db";
import { notFound } from "@/lib/kernel/errors";
import type { Prisma } from "@/prisma/generated/client";
import { grantRecord, type GrantRow, withPeople } from "./record";
import type { GrantRecord, ListGrants } from "./schema";

const SORTS = { createdAt: byTime<GrantRow>("createdAt", (row) => row.createdAt) };

/** The live logins through an app, per person and device, newest first. */
export async function listGrants(ctx: Ctx, appId: string, query: ListGrants): Promise<Page<GrantRecord>> {
  await requirePermission(ctx, "sessions:read");
  const { organizationId, now } = ctx;
  const app = await db().app.count({ where: { id: appId, organizationId, deletedAt: null } });
  if (app === 0) throw notFound("app");
  const where: Prisma.LoginGrantWhereInput = {
    organizationId,
    appId,
    endedAt: null,
    expiresAt: { gt: now },
    user: { status: "active" },
  };
  const page = await readPage(
    { ...query, dir: query.dir ?? "desc" },
    SORTS[query.sort ?? "createdAt"],
    (part) =>
      db().loginGrant.findMany({
        where: { AND: [where, part.where] },
        orderBy: part.orderBy,
        take: part.take,
        include: withPeople,
      }),
    () => db().loginGrant.count({ where }),
  );
  return mapPage(page, grantRecord);
}
