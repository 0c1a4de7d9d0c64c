import "server-only";
import type { Tx } from "@/lib/kernel/db";
import type { AuditEntry } from "@/lib/kernel/events";

/**
 * Takes away a person's every way in by single sign-on, inside the caller's transaction. Answers the events: a recovery,
 * a reset and a goodbye each close this door, or whoever linked themselves to the account keeps coming back.
 */
export async function unlinkAll(
  tx: Tx,
  { id, name, organizationId }: { id: string; name: string; organizationId: string },
): Promise<AuditEntry<"identity.unlinked">[]> {
  const where = { userId: id, organizationId };
  const rows = await tx.externalIdentity.findMany({ where, select: { issuer: true } });
  await tx.externalIdentity.deleteMany({ where });
  return rows.map(({ issuer }) => ({ action: "identity.unlinked", target: { id, name }, before: { issuer } }));
}
