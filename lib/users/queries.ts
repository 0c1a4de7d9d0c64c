import "server-only";
import { requirePermission } from "@/lib/kernel/authority";
import type { Ctx } from "@/lib/kernel/ctx";
import { byText, byTime, mapPage, type Page, readPage } from "@/lib/kernel/cursor";
import { db } from "@/lib/kernel/db";
import { notFound } from "@/lib/kernel/errors";
import { containing } from "@/lib/kernel/search";
import type { Prisma } from "@/prisma/generated/client";
import { personRecord, type PersonRow, userRecord, withHeldRoles } from "./record";
import type { ListUsers, PersonRecord, UserRecord } from "./schema";

const SORTS = {
  name: byText<PersonRow>("lastName", (row) => row.lastName),
  email: byText<PersonRow>("email", (row) => row.email),
  createdAt: byTime<PersonRow>("createdAt", (row) => row.createdAt),
};

/** The people of the organization; every word of `q` is found in a name or the e-mail. */
export const listUsers = async (ctx: Ctx, query: ListUsers): Promise<Page<UserRecord>> =>
  mapPage(await pageOfPeople(ctx, query), userRecord);

/** The same, each with the roles they hold. */
export const listPeople = async (ctx: Ctx, query: ListUsers): Promise<Page<PersonRecord>> =>
  mapPage(await pageOfPeople(ctx, query), personRecord);

async function pageOfPeople(ctx: Ctx, query: ListUsers): Promise<Page<PersonRow>> {
  await requirePermission(ctx, "users:read");
  const { q = "", status, kind, role } = query;
  const words = q.split(/\s+/).filter((word) => word !== "");
  const where: Prisma.UserWhereInput = {
    organizationId: ctx.organizationId,
    ...(status && { status }),
    ...(kind && { kind }),
    ...(role && { assignments: { some: { role: { OR: [{ id: role }, { systemRoleId: role }], deletedAt: null } } } }),
    AND: words.map(containing).map((word) => ({
      OR: [{ firstName: word }, { lastName: word }, { email: word }, { id: word.contains }],
    })),
  };
  return readPage(
    { ...query, dir: query.dir ?? "asc" },
    SORTS[query.sort ?? "name"],
    (part) =>
      db().user.findMany({
        where: { AND: [where, part.where] },
        orderBy: part.orderBy,
        take: part.take,
        include: withHeldRoles,
      }),
    () => db().user.count({ where }),
  );
}

/** How many there are, those who have left included. */
export async function countUsers(ctx: Ctx): Promise<number> {
  await requirePermission(ctx, "users:read");
  return db().user.count({ where: { organizationId: ctx.organizationId } });
}

/** One person: oneself, or anybody with `users:read`. */
export async function getUser(ctx: Ctx, id: string): Promise<UserRecord> {
  await requireSelfOr(ctx, id);
  const row = await db().user.findUnique({ where: { id, organizationId: ctx.organizationId } });
  if (!row) throw notFound("user");
  return userRecord(row);
}

/** The guard of what a person may always read of themselves. */
export async function requireSelfOr(ctx: Ctx, id: string): Promise<void> {
  if (ctx.principal.kind !== "user" || ctx.principal.id !== id) await requirePermission(ctx, "users:read");
}
