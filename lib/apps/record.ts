import { EXPIRING_DAYS } from "@/lib/credentials/schema";
import { DAY } from "@/lib/kernel/clock";
import type { App, Prisma } from "@/prisma/generated/client";
import type { AppRecord, KeyAccess, TokenAccess } from "./schema";
import type { AnyPermission } from "@/lib/kernel/permissions";

/** What an app's record is made of: its row and its keys that are not over, each with its ends and last uses. */
export const withKeys = (now: Date) =>
  ({
    credentials: {
      where: { revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] },
      select: { expiresAt: true, versions: { select: { lastUsedAt: true, endsAt: true } } },
    },
  }) satisfies Prisma.AppInclude;

export type AppRow = Prisma.AppGetPayload<{ include: ReturnType<typeof withKeys> }>;

export function appRecord(row: AppRow, now: Date): AppRecord {
  const versions = row.credentials.flatMap((key) => key.versions);
  const uses = versions.map((version) => version.lastUsedAt?.getTime() ?? 0);
  const lastUsed = Math.max(0, ...uses);
  const overlapEnds = versions.flatMap(({ endsAt }) => (endsAt && endsAt > now ? endsAt : []));
  const expiries = row.credentials.flatMap(({ expiresAt }) => expiresAt ?? []);
  return {
    ZUID: row.id,
    name: row.name,
    uri: row.uri,
    description: row.description,
    status: row.disabledAt ? "disabled" : "active",
    loginUserType: row.loginUserType,
    postLoginRedirects: row.postLoginRedirects,
    postLogoutRedirects: row.postLogoutRedirects,
    ...accessOf(row),
    secretHint: row.secretHint,
    secretCreatedAt: row.secretCreatedAt.toISOString(),
    liveKeys: row.credentials.length,
    rotatingUntil: first(overlapEnds),
    expiringAt: first(expiries.filter((time) => time.getTime() - now.getTime() < EXPIRING_DAYS * DAY)),
    lastUsedAt: lastUsed > 0 ? new Date(lastUsed).toISOString() : null,
    createdByUserZUID: row.createdById,
    createdByName: row.createdByName,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

const first = (times: Date[]) => times.sort((a, b) => a.getTime() - b.getTime())[0]?.toISOString() ?? null;

/** The access modes of a row. A list counts only in restricted mode, where an empty one means nothing. */
function accessOf(row: App): { keyAccess: KeyAccess; tokenAccess: TokenAccess } {
  return {
    keyAccess:
      row.keyAccess === "full"
        ? { mode: "full" }
        : { mode: "restricted", permissions: row.keyPermissions as AnyPermission[] },
    tokenAccess:
      row.tokenAccess === "role"
        ? { mode: "role" }
        : { mode: "restricted", permissions: row.tokenPermissions as AnyPermission[] },
  };
}

/** The columns of the access modes that were given. */
export function accessColumns({
  keyAccess,
  tokenAccess,
}: {
  keyAccess?: KeyAccess | undefined;
  tokenAccess?: TokenAccess | undefined;
}) {
  return {
    ...(keyAccess && {
      keyAccess: keyAccess.mode,
      keyPermissions: keyAccess.mode === "restricted" ? keyAccess.permissions : [],
    }),
    ...(tokenAccess && {
      tokenAccess: tokenAccess.mode,
      tokenPermissions: tokenAccess.mode === "restricted" ? tokenAccess.permissions : [],
    }),
  };
}
