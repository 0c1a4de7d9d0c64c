import "server-only";
import { cache } from "react";
import { requirePermission } from "@/lib/kernel/authority";
import type { Ctx } from "@/lib/kernel/ctx";
import { byText, byTime, mapPage, type Page, readPage } from "@/lib/kernel/cursor";
import { db } from "@/lib/kernel/db";
import { permissionsOf } from "@/lib/kernel/permissions";
import { containing } from "@/lib/kernel/search";
import type { Prisma } from "@/prisma/generated/client";
import { type CredentialRow, withVersions } from "./record";
import type { CredentialList, PresentedCredential } from "./schema";

const SORTS = {
  name: byText<CredentialRow>("name", (row) => row.name),
  createdAt: byTime<CredentialRow>("createdAt", (row) => row.createdAt),
};

/** Said without a NOT: a key without an end has no value to compare, and the negation would lose it. */
export const liveAt = (now: Date): Prisma.CredentialWhereInput => ({
  revokedAt: null,
  OR: [{ expiresAt: null }, { expiresAt: { gt: now } }],
});

/** The credentials of one place, revoked ones included, newest first unless asked otherwise. The caller has decided who may. */
export async function listCredentials<R>(
  ctx: Ctx,
  place: Prisma.CredentialWhereInput,
  query: CredentialList,
  show: (row: CredentialRow, now: Date) => R,
): Promise<Page<R>> {
  const { organizationId, now } = ctx;
  const where: Prisma.CredentialWhereInput = {
    ...place,
    organizationId,
    ...(query.q && { name: containing(query.q) }),
    ...(query.status === "ended" && { OR: [{ revokedAt: { not: null } }, { expiresAt: { lte: now } }] }),
    ...(query.status === "live" && liveAt(now)),
  };
  return pageOfCredentials(ctx, where, query, show);
}

/** One page of the credentials that match. The caller has bounded them to its organization. */
export async function pageOfCredentials<R>(
  { now }: Ctx,
  where: Prisma.CredentialWhereInput,
  query: Omit<CredentialList, "q" | "status">,
  show: (row: CredentialRow, now: Date) => R,
): Promise<Page<R>> {
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
  return mapPage(page, (row) => show(row, now));
}

/** The credential with this id, whatever its state, read once for a page. The caller has decided who may. */
export const findCredential = cache(
  ({ organizationId }: Ctx, kind: CredentialRow["kind"], id: string): Promise<CredentialRow | null> =>
    db().credential.findUnique({ where: { id, organizationId, kind }, include: withVersions }),
);

/** For how many hours the old version lives on after a rotation, by default and at most. */
export async function getRotationPolicy(
  ctx: Ctx,
  instanceId?: string,
): Promise<{ defaultHours: number; maxHours: number }> {
  await (instanceId ? requirePermission(ctx, "tokens:read", instanceId) : requirePermission(ctx, "keys:read"));
  const policy = await db().organization.findUniqueOrThrow({ where: { id: ctx.organizationId } });
  return { defaultHours: policy.rotationOverlapHours, maxHours: policy.rotationMaxHours };
}

/** Whoami of the presented credential. */
export async function getPresentedCredential(ctx: Ctx): Promise<PresentedCredential> {
  const { principal, organizationId, power } = ctx;
  const organization = await db().organization.findUniqueOrThrow({ where: { id: organizationId } });
  const { id, name } = principal;
  const common = { ZUID: id, name, organization: { ZUID: organizationId, name: organization.name } };
  if (principal.kind === "user" || principal.kind === "system") {
    const expiresAt = principal.kind === "user" ? principal.idleEndsAt.toISOString() : null;
    return { kind: "session", ...common, permissions: permissionsOf(power), expiresAt };
  }
  if (principal.kind === "login_token") {
    const app = { ZUID: principal.appId, name: principal.name };
    const ends = endsIn(ctx, principal.expiresAt);
    return { kind: "login_token", ...common, app, permissions: permissionsOf(power), ...ends };
  }
  const where = { id: principal.id, organizationId };
  const row = await db().credential.findUniqueOrThrow({ where, include: { versions: true, instance: true } });
  const versionEndsAt = row.versions.find(({ number }) => number === principal.version)?.endsAt ?? null;
  const [expiresAt = null] = [versionEndsAt, row.expiresAt].filter((end) => end !== null).sort((a, b) => +a - +b);
  return {
    kind: principal.kind,
    ...common,
    version: principal.version,
    ...(principal.kind === "api_key" && { app: { ZUID: principal.appId, name: principal.appName } }),
    ...(principal.kind === "access_token" && { role: { ZUID: principal.roleId, name: principal.roleName } }),
    ...(row.instance && { instance: { ZUID: row.instance.id, name: row.instance.name } }),
    permissions: permissionsOf(power, row.instance?.id),
    ...endsIn(ctx, expiresAt),
  };
}

const endsIn = ({ now }: Ctx, end: Date | null) => ({
  expiresAt: end?.toISOString() ?? null,
  validForSeconds: end && Math.max(0, Math.floor((end.getTime() - now.getTime()) / 1000)),
});
