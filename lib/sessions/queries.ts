import "server-only";
import { requirePermission, requirePerson } from "@/lib/kernel/authority";
import { addMinutes } from "@/lib/kernel/clock";
import type { Ctx } from "@/lib/kernel/ctx";
import { byTime, mapPage, type Page, readPage } from "@/lib/kernel/cursor";
import { db } from "@/lib/kernel/db";
import { notFound } from "@/lib/kernel/errors";
import type { Prisma, Session } from "@/prisma/generated/client";
import { sessionRecord } from "./record";
import type { ListSessions, SessionRecord } from "./schema";

const SORTS = {
  lastActionAt: byTime<Session>("lastActionAt", (row) => row.lastActionAt),
  createdAt: byTime<Session>("createdAt", (row) => row.createdAt),
};

/** The live sessions of the caller, or of the user named for who may read them. Throws `not_found` for no user of ours. */
export async function listSessions(ctx: Ctx, query: ListSessions): Promise<Page<SessionRecord>> {
  const { organizationId, now } = ctx;
  const userId = query.user ?? (await requirePerson(ctx)).id;
  if (userId !== ctx.principal.id) {
    await requirePermission(ctx, "sessions:read");
    if ((await db().user.count({ where: { id: userId, organizationId } })) === 0) throw notFound("user");
  }
  const { idleMinutes } = await db().organization.findUniqueOrThrow({ where: { id: organizationId } });
  const where: Prisma.SessionWhereInput = {
    organizationId,
    userId,
    endedAt: null,
    expiresAt: { gt: now },
    lastActionAt: { gt: addMinutes(now, -idleMinutes) },
    user: { status: "active" },
  };
  const page = await readPage(
    { ...query, dir: query.dir ?? "desc" },
    SORTS[query.sort ?? "lastActionAt"],
    (part) => db().session.findMany({ where: { AND: [where, part.where] }, orderBy: part.orderBy, take: part.take }),
    () => db().session.count({ where }),
  );
  return mapPage(page, (row) => sessionRecord(row, idleMinutes, ctx.principal));
}
