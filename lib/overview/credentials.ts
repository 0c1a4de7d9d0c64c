import "server-only";
import type { Ctx } from "@/lib/kernel/ctx";
import type { Page } from "@/lib/kernel/cursor";
import { db } from "@/lib/kernel/db";
import { allows, type Power } from "@/lib/kernel/permissions";
import { containing } from "@/lib/kernel/search";
import { pageOfCredentials } from "@/lib/credentials/queries";
import { credentialRecord, type CredentialRow, iso, withVersions } from "@/lib/credentials/record";
import { last30Days } from "@/lib/usage/counts";
import type { Prisma } from "@/prisma/generated/client";
import { expiringWithin, inState, usedLike } from "./filters";
import type { ListCredentials, ListedCredential, RefusedFor, Sample } from "./schema";

const SAMPLE_SIZE = 3;
const MAX_REFUSED = 1_000;

type Where = Prisma.CredentialWhereInput;

/** The instances whose tokens the power may read: all of them, or those of its roles. */
function tokensOf(power: Power): Where | undefined {
  if (allows(power, "tokens:read")) return { kind: "access_token" };
  const ids = "roles" in power ? power.roles.flatMap(({ instanceId }) => instanceId ?? []) : [];
  const readable = ids.filter((id) => allows(power, "tokens:read", id));
  return readable.length > 0 ? { kind: "access_token", instanceId: { in: readable } } : undefined;
}

/** What the power may read; keys of a deleted app have no page any more, only their history. */
const readableBy = (power: Power): Where[] => [
  ...(allows(power, "keys:read") ? [{ kind: "api_key" as const, app: { deletedAt: null } }] : []),
  ...[tokensOf(power)].filter((tokens) => tokens !== undefined),
];

/** Whether there is any kind of credential that the power may read somewhere. */
export const mayReadSome = (power: Power) => readableBy(power).length > 0;

/** The organization's keys and tokens that the caller may read. */
export const credentialsOf = ({ organizationId, power }: Ctx, ...filters: Where[]): Where => ({
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
    expires ? expiringWithin(expires, 1, now) : {},
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

/** How many there are, and the first to expire. */
export async function sampleOf(ctx: Ctx, filter: Where): Promise<Sample> {
  const [total, first] = await Promise.all([
    db().credential.count({ where: credentialsOf(ctx, filter) }),
    firstOf(ctx, filter),
  ]);
  return { total, first };
}

/** The first to expire. */
export async function firstOf(ctx: Ctx, filter: Where): Promise<ListedCredential[]> {
  const rows = await db().credential.findMany({
    where: credentialsOf(ctx, filter),
    orderBy: [{ expiresAt: { sort: "asc", nulls: "last" } }, { id: "asc" }],
    take: SAMPLE_SIZE,
    include: withVersions,
  });
  return rows.map((row) => listed(row, ctx.now));
}

/** The rotations under way, the first whose old version ends first. */
export async function sampleOfRotations(ctx: Ctx): Promise<Sample> {
  const where = { endsAt: { gt: ctx.now }, credential: credentialsOf(ctx, inState("rotating", ctx.now)) };
  const [total, ending] = await Promise.all([
    db().credentialVersion.count({ where }),
    db().credentialVersion.findMany({
      where,
      orderBy: [{ endsAt: "asc" }, { credentialId: "asc" }],
      take: SAMPLE_SIZE,
      select: { credential: { include: withVersions } },
    }),
  ]);
  return { total, first: ending.map(({ credential }) => listed(credential, ctx.now)) };
}
