import "server-only";
import type { UserPrincipal } from "@/lib/kernel/ctx";
import { db } from "@/lib/kernel/db";
import { verifyPassword } from "./passwords";
import { clearAttempts, questionBucket, refundAttempt, requireAttempt } from "./throttle";

/**
 * The hash of the person's password when it is the one given, else undefined. Failures are counted
 * per session, for every question together: whoever took one over can guess five times, and locks
 * nobody out. Throws `too_many_requests`, `busy`.
 */
export async function checkOwnPassword(
  { id, sessionId }: UserPrincipal,
  organizationId: string,
  password: string,
): Promise<string | undefined> {
  const bucket = questionBucket("proof", sessionId);
  await requireAttempt(bucket, "Too many wrong passwords; try again in five minutes.");
  const user = await db().user.findUnique({ where: { id, organizationId } });
  const isRight = await verifyPassword(user?.passwordHash ?? null, password).catch(async (notLookedAt) => {
    await refundAttempt([bucket]);
    throw notLookedAt;
  });
  if (!isRight) return undefined;
  await clearAttempts([bucket]);
  return user?.passwordHash ?? undefined;
}
