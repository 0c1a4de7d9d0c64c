import "server-only";
import type { Ctx } from "@/lib/kernel/ctx";
import { byText, byTime, mapPage, type Page, readPage } from "@/lib/kernel/cursor";
import { db } from "@/lib/kernel/db";
import { containing } from "@/lib/kernel/search";
import { type CredentialRow, withVersions } from "@/lib/credentials/record";
import { keyRecord } from "@/lib/keys/record";
import type { KeyRecord } from "@/lib/keys/schema";
import type { Prisma } from "@/prisma/generated/client";
import { expiringWithin, inState, usedLike } from "./filters";
import type { ListCredentials, Sample } from "./schema";

const SORTS = {
  name: byText<CredentialRow>("name", (row) => row.name),
  createdAt: byTime<CredentialRow>("createdAt", (row) => row.createdAt),
};
const SAMPLE_SIZE = 3;

/** The organization's keys; those of a deleted app have no page any more, only their history. */
export const keysOf = (ctx: Ctx, ...filters: Prisma.CredentialWhereInput[]): Prisma.CredentialWhereInput => ({
  AND: [{ organizationId: ctx.organizationId, kind: "api_key", app: { deletedAt: null } }, ...filters],
});

export async function pageOfKeys(ctx: Ctx, query: ListCredentials): Promise<Page<KeyRecord>> {
  const { q, state, use, expires } = query;
  const { now } = ctx;
  const contains = q ? containing(q) : undefined;
  const where = keysOf(
    ctx,
    contains ? { OR: [{ name: contains }, { app: { name: contains } }, { id: q as string }] } : {},
    state ? inState(state, now) : {},
    use ? usedLike(use, now) : {},
    expires ? expiringWithin(expires, 1, now) : {},
  );
  const page = await readPage(
    { ...query, dir: query.dir ?? (query.sort === "name" ? "asc" : "desc") },
    SORTS[query.sort ?? "createdAt"],
    (part) =>
      db().credential.findMany({
        where: { AND: [where, part.where] },
        orderBy: part.orderBy,
        take: part.take,
        include: withVersions,
      }),
    () => db().credential.count({ where }),
  );
  return mapPage(page, (row) => keyRecord(row, now));
}

/** How many there are, and the first to expire. */
export async function sampleOfKeys(ctx: Ctx, filter: Prisma.CredentialWhereInput): Promise<Sample> {
  const where = keysOf(ctx, filter);
  const [total, rows] = await Promise.all([
    db().credential.count({ where }),
    db().credential.findMany({
      where,
      orderBy: [{ expiresAt: { sort: "asc", nulls: "last" } }, { id: "asc" }],
      take: SAMPLE_SIZE,
      include: withVersions,
    }),
  ]);
  return { total, first: rows.map((row) => keyRecord(row, ctx.now)) };
}

/** The rotations under way, the first whose old version ends first. */
export async function sampleOfRotations(ctx: Ctx): Promise<Sample> {
  const where = { endsAt: { gt: ctx.now }, credential: keysOf(ctx, inState("rotating", ctx.now)) };
  const [total, ending] = await Promise.all([
    db().credentialVersion.count({ where }),
    db().credentialVersion.findMany({
      where,
      orderBy: [{ endsAt: "asc" }, { credentialId: "asc" }],
      take: SAMPLE_SIZE,
      select: { credential: { include: withVersions } },
    }),
  ]);
  return { total, first: ending.map(({ credential }) => keyRecord(credential, ctx.now)) };
}
