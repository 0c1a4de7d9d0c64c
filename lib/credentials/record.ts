import type { Prisma } from "@/prisma/generated/client";
import { DAY } from "@/lib/kernel/clock";
import { defined } from "@/lib/kernel/defined";
import {
  type CredentialFields,
  type CredentialRecord,
  type CredentialStatus,
  EXPIRING_DAYS,
  type VersionRecord,
} from "./schema";

export const withVersions = {
  app: { select: { name: true, disabledAt: true, deletedAt: true } },
  instance: { select: { name: true } },
  role: { select: { name: true, systemRoleId: true, rules: true } },
  createdBy: { select: { status: true } },
  versions: { orderBy: { number: "desc" } },
} as const satisfies Prisma.CredentialInclude;

export type CredentialRow = Prisma.CredentialGetPayload<{ include: typeof withVersions }>;
export type VersionRow = CredentialRow["versions"][number];

/** The versions that are accepted at this moment, newest first; at most two. */
export const liveVersions = (row: CredentialRow, now: Date): VersionRow[] =>
  row.versions.filter((version) => version.endsAt === null || version.endsAt > now);

export function credentialRecord(row: CredentialRow, now: Date): CredentialRecord {
  const current = liveVersions(row, now)[0] ?? row.versions[0];
  if (!current) throw new Error(`Credential ${row.id} has no version.`);
  const last = [...row.versions].sort((a, b) => (b.lastUsedAt?.getTime() ?? 0) - (a.lastUsedAt?.getTime() ?? 0))[0];
  return {
    ZUID: row.id,
    name: row.name,
    description: row.description,
    status: statusOf(row, now),
    hint: current.hint,
    version: current.number,
    allowedCidrs: row.allowedCidrs,
    rateLimit: row.rateRequests && row.rateSeconds ? { requests: row.rateRequests, seconds: row.rateSeconds } : null,
    lastUsedAt: iso(last?.lastUsedAt ?? null),
    lastUsedIp: last?.lastUsedIp ?? null,
    lastUserAgent: last?.lastUserAgent ?? null,
    revokedAt: iso(row.revokedAt),
    revokedByName: row.revokedByName,
    revocationReason: row.revocationReason,
    createdByUserZUID: row.createdById,
    createdByName: row.createdByName,
    issuerLeft: row.createdBy.status === "deactivated",
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    versions: row.versions.map((version) => versionRecord(row, version, now)),
  };
}

function versionRecord(row: CredentialRow, version: VersionRow, now: Date): VersionRecord {
  const isOver = row.revokedAt !== null || isPast(version.endsAt, now) || isPast(row.expiresAt, now);
  return {
    version: version.number,
    hint: version.hint,
    status: isOver ? "ended" : "live",
    endsAt: iso(version.endsAt),
    lastUsedAt: iso(version.lastUsedAt),
    lastUsedIp: version.lastUsedIp,
    lastUserAgent: version.lastUserAgent,
    createdByName: version.createdByName,
    createdAt: version.createdAt.toISOString(),
  };
}

/** The one word for a credential's state: what keeps it from working first, then what is about to change. */
function statusOf(row: CredentialRow, now: Date): CredentialStatus {
  if (row.revokedAt || row.app?.deletedAt) return "revoked";
  if (isPast(row.expiresAt, now)) return "expired";
  if (row.quarantinedAt) return "restored";
  if (row.disabledAt || row.app?.disabledAt) return "disabled";
  if (liveVersions(row, now).length > 1) return "rotating";
  return row.expiresAt && row.expiresAt.getTime() - now.getTime() < EXPIRING_DAYS * DAY ? "expiring" : "active";
}

/** The columns of the fields that were given. */
export function columnsOf({ rateLimit, name, description, allowedCidrs }: Partial<CredentialFields>) {
  return defined({
    name,
    description,
    allowedCidrs,
    rateRequests: rateLimit === undefined ? undefined : (rateLimit?.requests ?? null),
    rateSeconds: rateLimit === undefined ? undefined : (rateLimit?.seconds ?? null),
  });
}

export const iso = (time: Date | null) => time?.toISOString() ?? null;
const isPast = (time: Date | null, now: Date) => time !== null && time <= now;
