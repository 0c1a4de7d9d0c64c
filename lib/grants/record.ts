import type { Prisma } from "@/prisma/generated/client";
import type { GrantRecord } from "./schema";

export const withPeople = {
  user: { select: { firstName: true, lastName: true } },
  app: { select: { name: true } },
  pairs: { orderBy: { number: "desc" }, take: 1, select: { createdAt: true } },
} as const satisfies Prisma.LoginGrantInclude;

export type GrantRow = Prisma.LoginGrantGetPayload<{ include: typeof withPeople }>;

export function grantRecord(row: GrantRow): GrantRecord {
  return {
    ZUID: row.id,
    appZUID: row.appId,
    appName: row.app.name,
    userZUID: row.userId,
    userName: `${row.user.firstName} ${row.user.lastName}`.trim(),
    deviceId: row.deviceId,
    ip: row.ip,
    userAgent: row.userAgent,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    refreshedAt: (row.pairs[0]?.createdAt ?? row.createdAt).toISOString(),
  };
}
