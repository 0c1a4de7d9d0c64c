import "server-only";
import type { Ctx } from "@/lib/kernel/ctx";
import { db } from "@/lib/kernel/db";
import { notFound } from "@/lib/kernel/errors";
import { requireSelfOr } from "@/lib/users/queries";
import type { IdentityRecord } from "./schema";

/** A person's identities at OpenID providers: one's own, or anybody's with `users:read`. */
export async function listIdentities(ctx: Ctx, userId: string): Promise<IdentityRecord[]> {
  await requireSelfOr(ctx, userId);
  const { organizationId } = ctx;
  if ((await db().user.count({ where: { id: userId, organizationId } })) === 0) throw notFound("user");
  const rows = await db().externalIdentity.findMany({
    where: { userId, organizationId },
    orderBy: { createdAt: "asc" },
  });
  return rows.map(({ issuer, subject, createdAt }) => ({ issuer, subject, createdAt: createdAt.toISOString() }));
}
