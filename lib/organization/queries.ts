import "server-only";
import type { Ctx } from "@/lib/kernel/ctx";
import { db } from "@/lib/kernel/db";

export interface OrganizationRecord {
  ZUID: string;
  name: string;
  accountName: string;
}

/** The caller's own organization; whoever belongs to it may know its name. */
export async function getOrganization(ctx: Ctx): Promise<OrganizationRecord> {
  const { id, name, accountName } = await db().organization.findUniqueOrThrow({ where: { id: ctx.organizationId } });
  return { ZUID: id, name, accountName };
}
