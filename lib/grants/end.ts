import "server-only";
import type { Tx } from "@/lib/kernel/db";
import type { AuditEntry } from "@/lib/kernel/events";
import type { Prisma } from "@/prisma/generated/client";

/**
 * Ends the logins that match, within the change that asks for it, and gives the events to write: each
 * names its app and nobody.
 */
export async function endGrants(
  tx: Tx,
  which: Prisma.LoginGrantWhereInput,
  { organizationId }: { organizationId: string },
  reason: string,
  now: Date,
): Promise<AuditEntry<"login.revoked">[]> {
  const ended = await tx.loginGrant.updateManyAndReturn({
    where: { ...which, organizationId, endedAt: null, expiresAt: { gt: now } },
    data: { endedAt: now, endReason: reason },
    select: { id: true, appId: true, app: { select: { name: true } } },
  });
  return ended.map(({ id, appId, app }) => ({
    action: "login.revoked",
    target: { id, name: app.name },
    appId,
    after: { reason },
  }));
}
