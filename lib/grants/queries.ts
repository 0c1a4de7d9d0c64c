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
  const app = await db().app.count({ where: { id: appId, organizationId: ctx.organizationId, deletedAt: null } });
  if (app === 0) throw notFound("app");
  return pageOfGrants(ctx, { appId }, query);
}

/** The live logins of a person, through whatever app: one's own, or anybody's with `sessions:read`. */
export async function listGrantsOfUser(ctx: Ctx, userId: string, query: ListGrants): Promise<Page<GrantRecord>> {
  const { organizationId, principal } = ctx;
  if (principal.kind !== "user" || principal.id !== userId) await requirePermission(ctx, "sessions:read");
  if ((await db().user.count({ where: { id: userId, organizationId } })) === 0) throw notFound("user");
  return pageOfGrants(ctx, { userId }, query);
}

async function pageOfGrants(
  { organizationId, now }: Ctx,
  whose: { appId: string } | { userId: string },
  query: ListGrants,
): Promise<Page<GrantRecord>> {
  const where: Prisma.LoginGrantWhereInput = {
    ...whose,
    organizationId,
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
