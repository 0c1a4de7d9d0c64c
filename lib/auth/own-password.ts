import "server-only";
import { createHash } from "node:crypto";
import type { UserPrincipal } from "@/lib/kernel/ctx";
import { db } from "@/lib/kernel/db";
import { AppError } from "@/lib/kernel/errors";
import { verifyPassword } from "./passwords";
import { chargeAttempt, clearAttempts, refundAttempt } from "./throttle";

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
  const digest = new Uint8Array(createHash("sha256").update(`proof\0${sessionId}`).digest());
  const bucket = { digest, threshold: 5, windowMinutes: 5 };
  if (!(await chargeAttempt([bucket]))) {
    throw new AppError("too_many_requests", "Too many wrong passwords; try again in five minutes.", {
      retryAfterSeconds: 300,
    });
  }
  const user = await db().user.findUnique({ where: { id, organizationId } });
  const isRight = await verifyPassword(user?.passwordHash ?? null, password).catch(async (notLookedAt) => {
    await refundAttempt([bucket]);
    throw notLookedAt;
  });
  if (!isRight) return undefined;
  await clearAttempts([bucket]);
  return user?.passwordHash ?? undefined;
}
