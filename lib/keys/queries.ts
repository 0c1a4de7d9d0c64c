import "server-only";
import { requirePermission } from "@/lib/kernel/authority";
import type { Ctx } from "@/lib/kernel/ctx";
import { byText, byTime, mapPage, type Page, readPage } from "@/lib/kernel/cursor";
import { db } from "@/lib/kernel/db";
import { notFound } from "@/lib/kernel/errors";
import { permissionsOf } from "@/lib/kernel/permissions";
import { containing } from "@/lib/kernel/search";
import type { Prisma } from "@/prisma/generated/client";
import { keyRecord, type KeyRow, withVersions } from "./record";
import type { KeyRecord, ListKeys } from "./schema";

const SORTS = {
  name: byText<KeyRow>("name", (row) => row.name),
  createdAt: byTime<KeyRow>("createdAt", (row) => row.createdAt),
};

/** Said without a NOT: a key without an end has no value to compare, and the negation would lose it. */
const liveAt = (now: Date): Prisma.CredentialWhereInput => ({
  revokedAt: null,
  OR: [{ expiresAt: null }, { expiresAt: { gt: now } }],
});

/** The keys of one app, revoked ones included, newest first unless asked otherwise. */
export async function listKeys(ctx: Ctx, appId: string, query: ListKeys): Promise<Page<KeyRecord>> {
  await requirePermission(ctx, "keys:read");
  const { organizationId, now } = ctx;
  const app = await db().app.count({ where: { id: appId, organizationId, deletedAt: null } });
  if (app === 0) throw notFound("app");
  const where: Prisma.CredentialWhereInput = {
    organizationId,
    appId,
    kind: "api_key",
    ...(query.q && { name: containing(query.q) }),
    ...(query.status === "ended" && { OR: [{ revokedAt: { not: null } }, { expiresAt: { lte: now } }] }),
    ...(query.status === "live" && liveAt(now)),
  };
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

export async function getKey(ctx: Ctx, id: string): Promise<KeyRecord> {
  await requirePermission(ctx, "keys:read");
  const row = await db().credential.findUnique({
    where: { id, organizationId: ctx.organizationId, kind: "api_key" },
    include: withVersions,
  });
  if (!row) throw notFound("key");
  return keyRecord(row, ctx.now);
}

/** How many keys of the organization have neither been revoked nor expired; those of disabled apps included. */
export async function countLiveKeys(ctx: Ctx): Promise<number> {
  await requirePermission(ctx, "keys:read");
  const { organizationId, now } = ctx;
  return db().credential.count({
    where: { organizationId, kind: "api_key", ...liveAt(now) },
  });
}

/** For how many hours the old version lives on after a rotation, by default and at most. */
export async function getRotationPolicy(ctx: Ctx): Promise<{ defaultHours: number; maxHours: number }> {
  await requirePermission(ctx, "keys:read");
  const policy = await db().organization.findUniqueOrThrow({ where: { id: ctx.organizationId } });
  return { defaultHours: policy.rotationOverlapHours, maxHours: policy.rotationMaxHours };
}

/** Whoami of the presented credential. `expiresAt` null: until it is revoked. */
export async function getPresentedCredential(ctx: Ctx) {
  const { principal, organizationId, power } = ctx;
  const organization = await db().organization.findUniqueOrThrow({ where: { id: organizationId } });
  const owner = { ZUID: organizationId, name: organization.name };
  const permissions = permissionsOf(power);
  if (principal.kind !== "api_key") {
    const expiresAt = principal.kind === "user" ? principal.idleEndsAt.toISOString() : null;
    return { kind: "session", ZUID: principal.id, name: principal.name, organization: owner, permissions, expiresAt };
  }
  const { id, name, version, appId, appName } = principal;
  const key = await db().credential.findUniqueOrThrow({ where: { id, organizationId }, include: withVersions });
  const versionEndsAt = key.versions.find(({ number }) => number === version)?.endsAt ?? null;
  const [expiresAt = null] = [versionEndsAt, key.expiresAt].filter((end) => end !== null).sort((a, b) => +a - +b);
  return {
    kind: "api_key",
    ZUID: id,
    name,
    version,
    app: { ZUID: appId, name: appName },
    organization: owner,
    permissions,
    expiresAt: expiresAt?.toISOString() ?? null,
    validForSeconds: expiresAt && Math.max(0, Math.floor((expiresAt.getTime() - ctx.now.getTime()) / 1000)),
  };
}
