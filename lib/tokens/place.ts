import "server-only";
import type { Subject } from "@/lib/credentials/subject";
import type { Ctx } from "@/lib/kernel/ctx";
import { db } from "@/lib/kernel/db";
import { TOKEN } from "./record";
import type { TokenRecord } from "./schema";

/**
 * The token as a subject of change, with its instance, which is for life. An unknown one has none, so
 * the permission is asked of the organization: who lacks it there learns nothing of what exists.
 */
export async function tokenAt({ organizationId }: Ctx, id: string): Promise<Subject<"token", TokenRecord>> {
  const where = { id, organizationId, kind: TOKEN.kind };
  const row = await db().credential.findUnique({ where, select: { instanceId: true } });
  return { ...TOKEN, id, ...(row?.instanceId && { instanceId: row.instanceId }) };
}

/** The instance that a token with this role belongs to: the role's own, else the one that is named. */
export async function instanceFor(
  { organizationId }: Ctx,
  { roleZUID: id, instanceZUID }: { roleZUID: string; instanceZUID?: string | undefined },
): Promise<string | undefined> {
  const role = await db().role.findUnique({ where: { id, organizationId }, select: { instanceId: true } });
  return role?.instanceId ?? instanceZUID;
}
