import "server-only";
import { readableInSql } from "@/lib/kernel/readable-credentials";
import { requirePermission } from "@/lib/kernel/authority";
import { HOUR } from "@/lib/kernel/clock";
import type { Ctx } from "@/lib/kernel/ctx";
import { db } from "@/lib/kernel/db";
import { type AnyPermission, permissionsOf, registeredOf } from "@/lib/kernel/permissions";
import { getKey } from "@/lib/keys/queries";
import { getToken, getTokenPermissions } from "@/lib/tokens/queries";
import { Prisma } from "@/prisma/generated/client";
import { last24Hours, last30Days, plainSpans, seriesBy, seriesOf, type Spans, spansUntil, sumOf } from "./counts";
import { callersOf, permissionCountsOf, usesBy } from "./details";
import {
  type CredentialUsage,
  type HourlyUsage,
  type OrganizationUsage,
  type PermissionCount,
  USAGE_HOURS,
  type UsageSeries,
  type UsageSum,
} from "./schema";

export async function getKeyUsage(ctx: Ctx, id: string): Promise<CredentialUsage> {
  const { ZUID, appZUID } = await getKey(ctx, id);
  return usageOf(ctx, ZUID, await keyPermissionsOf(ctx, appZUID));
}

export async function getTokenUsage(ctx: Ctx, id: string): Promise<CredentialUsage> {
  const { ZUID } = await getToken(ctx, id);
  return usageOf(ctx, ZUID, await getTokenPermissions(ctx, ZUID));
}

/** How all credentials that the caller may read were used; with what is no credential, for who may read every one. */
export async function getUsage(ctx: Ctx): Promise<OrganizationUsage> {
  const readable = readableInSql(ctx.power);
  if (!readable) await requirePermission(ctx, "keys:read");
  const where = Prisma.sql`u.organization_id = ${ctx.organizationId} and ${readable ?? Prisma.sql`false`}`;
  const [days, hours] = await Promise.all([
    seriesOf(where, last30Days(ctx.now)),
    seriesOf(where, last24Hours(ctx.now)),
  ]);
  return { days, last24Hours: sumOf(hours), last30Days: sumOf(days) };
}

/** The last hours of those of the credentials that the caller may read and that had any checks, by id. */
export async function getHourlyUsage(ctx: Ctx, ids: readonly string[]): Promise<Record<string, HourlyUsage>> {
  const series = await seriesOfEach(ctx, ids, spansUntil(ctx.now, HOUR, USAGE_HOURS));
  return Object.fromEntries([...series].map(([id, each]) => [id, plainSpans(each)]));
}

/** The checks of the last thirty days of those of the credentials that the caller may read and that had any, by id. */
export async function getCalls(ctx: Ctx, ids: readonly string[]): Promise<Record<string, UsageSum>> {
  const series = await seriesOfEach(ctx, ids, last30Days(ctx.now));
  return Object.fromEntries([...series].map(([id, each]) => [id, sumOf(each)]));
}

/** How often those of the credentials that the caller may read were allowed each permission in thirty days, by id. */
export async function getUses(ctx: Ctx, ids: readonly string[]): Promise<Record<string, PermissionCount[]>> {
  const where = ofReadable(ctx, ids);
  return where ? usesBy(where, last30Days(ctx.now).from) : {};
}

async function seriesOfEach(ctx: Ctx, ids: readonly string[], spans: Spans): Promise<Map<string, UsageSeries>> {
  const where = ofReadable(ctx, ids);
  return where ? seriesBy(Prisma.sql`u.credential_id`, where, spans) : new Map<string, UsageSeries>();
}

/** The counts of those of the credentials that the caller may read; undefined: there are none. */
function ofReadable({ organizationId, power }: Ctx, ids: readonly string[]): Prisma.Sql | undefined {
  const readable = readableInSql(power);
  if (!readable || ids.length === 0) return undefined;
  return Prisma.sql`u.organization_id = ${organizationId} and u.credential_id = any(${ids}::text[]) and ${readable}`;
}

async function usageOf(ctx: Ctx, id: string, held: readonly AnyPermission[]): Promise<CredentialUsage> {
  const where = Prisma.sql`u.organization_id = ${ctx.organizationId} and u.credential_id = ${id}`;
  const [days, hours, callers, { used, missing, unknown }] = await Promise.all([
    seriesOf(where, last30Days(ctx.now)),
    seriesOf(where, last24Hours(ctx.now)),
    callersOf(ctx, id),
    permissionCountsOf(where, last30Days(ctx.now).from),
  ]);
  const isUsed = new Set(used.map(({ permission }) => permission));
  const unused = held.filter((permission) => !isUsed.has(permission));
  return {
    days,
    last24Hours: sumOf(hours),
    last30Days: sumOf(days),
    callers,
    permissions: { used, missing, unknown, unused },
  };
}

/** What a key of the app may do. */
async function keyPermissionsOf({ organizationId, power }: Ctx, appId: string): Promise<AnyPermission[]> {
  const where = { id: appId, organizationId };
  const { keyAccess: access, keyPermissions: listed } = await db().app.findUniqueOrThrow({ where });
  return permissionsOf({ kind: "key", access, listed, resources: registeredOf(power) });
}
