import { systemRole } from "@/lib/kernel/system-roles";
import { withRules } from "@/lib/roles/record";
import type { Prisma } from "@/prisma/generated/client";
import type { InviteRecord, InviteStatus } from "./schema";

export const withRole = {
  role: { include: { ...withRules, instance: { select: { name: true } } } },
  organization: { select: { name: true, passwordMinLength: true } },
} satisfies Prisma.InviteInclude;

export type InviteRow = Prisma.InviteGetPayload<{ include: typeof withRole }>;

const ANSWERS = ["accepted", "declined"] as const;

function statusOf({ endedAt, endReason, expiresAt }: InviteRow, now: Date): InviteStatus {
  if (endedAt === null) return expiresAt > now ? "open" : "expired";
  return ANSWERS.find((answer) => answer === endReason) ?? "canceled";
}

/** Never the link's digest: fields are named one by one. */
export function inviteRecord(row: InviteRow, now: Date): InviteRecord {
  const status = statusOf(row, now);
  return {
    ZUID: row.id,
    inviteeName: row.name,
    inviteeEmail: row.email,
    kind: row.kind,
    entityZUID: row.role.instanceId ?? row.organizationId,
    instanceName: row.role.instance?.name ?? null,
    roleZUID: row.roleId,
    roleName: row.role.name,
    accessLevel: systemRole(row.role.systemRoleId).level,
    status,
    accepted: status === "accepted",
    declined: status === "declined",
    cancelled: status === "canceled",
    endReason: row.endReason,
    createdByUserZUID: row.createdById,
    createdByName: row.createdByName,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
  };
}

/** An invitation as the target of an event. */
export const inviteTarget = ({ id, email }: { id: string; email: string }) => ({ id, name: email });

/** Where an event about it belongs. */
export const placeIn = ({ instanceId }: { instanceId: string | null }) => (instanceId ? { instanceId } : {});
