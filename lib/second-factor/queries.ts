import "server-only";
import type { Ctx } from "@/lib/kernel/ctx";
import { db } from "@/lib/kernel/db";
import { requireSelfOr } from "@/lib/users/queries";
import { secondFactorRecord } from "./record";
import type { SecondFactorRecord } from "./schema";

/** A person's second factor: one's own, or anybody's with `users:read`. */
export async function getSecondFactor(ctx: Ctx, id: string): Promise<SecondFactorRecord> {
  await requireSelfOr(ctx, id);
  return secondFactorRecord(db(), { id, organizationId: ctx.organizationId });
}
