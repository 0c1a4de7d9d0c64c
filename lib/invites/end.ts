import "server-only";
import type { Tx } from "@/lib/kernel/db";
import type { AuditEntry } from "@/lib/kernel/events";
import type { Prisma } from "@/prisma/generated/client";
import { inviteTarget, placeIn } from "./record";

const shown = { id: true, email: true, role: { select: { name: true, instanceId: true } } } as const;

/** Ends the open invitations that match, within the change that asks for it, and gives the events to write. */
export async function endInvites(
  tx: Tx,
  which: Prisma.InviteWhereInput,
  { organizationId }: { organizationId: string },
  reason: string,
  now: Date,
): Promise<AuditEntry<"invite.canceled">[]> {
  const ended = await tx.invite.updateManyAndReturn({
    where: { ...which, organizationId, endedAt: null },
    data: { endedAt: now, endReason: reason },
    select: shown,
  });
  return ended.map((row) => ({
    action: "invite.canceled",
    target: inviteTarget(row),
    ...placeIn(row.role),
    after: { role: row.role.name, reason },
  }));
}

/** Open invitations to a role that goes are for its replacement from then on. */
export async function moveInvites(
  tx: Tx,
  { organizationId }: { organizationId: string },
  from: { id: string; name: string },
  to: { id: string; name: string },
): Promise<AuditEntry<"invite.moved">[]> {
  const moved = await tx.invite.updateManyAndReturn({
    where: { organizationId, roleId: from.id, endedAt: null },
    data: { roleId: to.id },
    select: shown,
  });
  return moved.map((row) => ({
    action: "invite.moved",
    target: inviteTarget(row),
    ...placeIn(row.role),
    before: { role: from.name },
    after: { role: to.name },
  }));
}
