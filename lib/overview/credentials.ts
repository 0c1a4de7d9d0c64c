import "server-only";
import type { Ctx } from "@/lib/kernel/ctx";
import type { Page } from "@/lib/kernel/cursor";
import { db } from "@/lib/kernel/db";
import type { Power } from "@/lib/kernel/permissions";
import { containing } from "@/lib/kernel/search";
import { pageOfCredentials } from "@/lib/credentials/queries";
import { readableBy } from "@/lib/kernel/readable-credentials";
import { credentialRecord, type CredentialRow, iso, withVersions } from "@/lib/credentials/record";
import { last30Days } from "@/lib/usage/counts";
import type { Prisma } from "@/prisma/generated/client";
import { expiringIn, inState, usedLike, working } from "./filters";
import type { ListCredentials, ListedCredential, RefusedFor } from "./schema";

const SAMPLE_SIZE = 3;
const MAX_REFUSED = 1_000;

type Where = Prisma.CredentialWhereInput;

/** Whether there is any kind of credential that the power may read somewhere. */
export const mayReadSome = (power: Power) => readableBy(power).length > 0;

/** The organization's keys and tokens that the caller may read. */
const credentialsOf = ({ organizationId, power }: Ctx, ...filters: Where[]): Where => ({
  AND: [{ organizationId }, { OR: readableBy(power) }, ...filters],
});

function listed(row: CredentialRow, now: Date): ListedCredential {
  const { ZUID, name, status, lastUsedAt, lastUsedIp, createdAt, versions } = credentialRecord(row, now);
  const place = row.kind === "api_key" ? { id: row.appId, of: row.app } : { id: row.instanceId, of: row.instance };
  return {
    kind: row.kind,
    ZUID,
    name,
    status,
    place: { ZUID: place.id ?? "", name: place.of?.name ?? "" },
    expiresAt: iso(row.expiresAt),
    lastUsedAt,
    lastUsedIp,
    createdAt,
    versions,
  };
}

export async function pageOfListed(ctx: Ctx, query: ListCredentials): Promise<Page<ListedCredential>> {
  const { q, kind, state, use, expires, refused } = query;
  const { now } = ctx;
  const contains = q ? containing(q) : undefined;
  const where = credentialsOf(
    ctx,
    contains
      ? {
          OR: [{ name: contains }, { app: { name: contains } }, { instance: { name: contains } }, { id: q as string }],
        }
      : {},
    kind ? { kind } : {},
    state ? inState(state, now) : {},
    use ? usedLike(use, now) : {},
    expires ? expiringIn(expires, now) : {},
    refused ? { id: { in: await idsRefused(ctx, refused) } } : {},
  );
  return pageOfCredentials(ctx, where, query, listed);
}

/** Those that were refused most often for the reason; beyond so many nobody reads a list. */
async function idsRefused({ organizationId, now }: Ctx, outcome: RefusedFor): Promise<string[]> {
  const counted = await db().usageCount.groupBy({
    by: ["credentialId"],
    where: { organizationId, outcome, hour: { gte: last30Days(now).from } },
    orderBy: { _sum: { count: "desc" } },
    take: MAX_REFUSED,
  });
  return counted.map(({ credentialId }) => credentialId);
}

/** The ids of the first few to expire. */
export async function firstToExpire(ctx: Ctx, filter: Where): Promise<string[]> {
  const found = await db().credential.findMany({
    where: credentialsOf(ctx, filter),
    orderBy: [{ expiresAt: { sort: "asc", nulls: "last" } }, { id: "asc" }],
    take: SAMPLE_SIZE,
    select: { id: true },
  });
  return found.map(({ id }) => id);
}

/** The ids of the first few whose old version ends. */
export async function firstToRotate(ctx: Ctx): Promise<string[]> {
  const found = await db().credentialVersion.findMany({
    where: { endsAt: { gt: ctx.now }, credential: credentialsOf(ctx, working(ctx.now)) },
    orderBy: [{ endsAt: "asc" }, { credentialId: "asc" }],
    take: SAMPLE_SIZE,
    select: { credentialId: true },
  });
  return found.map(({ credentialId }) => credentialId);
}

/** The credentials of each list of ids, in its order. */
export async function listedOf(ctx: Ctx, lists: string[][]): Promise<ListedCredential[][]> {
  const where = credentialsOf(ctx, { id: { in: lists.flat() } });
  const rows = await db().credential.findMany({ where, include: withVersions });
  const byId = new Map(rows.map((row) => [row.id, listed(row, ctx.now)]));
  return lists.map((ids) => ids.flatMap((id) => byId.get(id) ?? []));
}
