import "server-only";
import { createHash } from "node:crypto";
import { z } from "zod";
import { requirePerson } from "@/lib/kernel/authority";
import type { Ctx } from "@/lib/kernel/ctx";
import { db } from "@/lib/kernel/db";
import { AppError } from "@/lib/kernel/errors";
import { writeEvent } from "@/lib/kernel/events";
import { mutate } from "@/lib/kernel/mutate";
import { verifyPassword } from "./passwords";
import { chargeAttempt, clearAttempts, refundAttempt } from "./throttle";

export const GiveProof = z.strictObject({ password: z.string().max(1000) });

/**
 * A person in a live session gives the password again before a sensitive act. Failures are counted
 * per session: whoever took one over can guess five times, and locks nobody out. Throws
 * `invalid_input` for a wrong password and `too_many_requests`.
 */
export async function proveIdentity(ctx: Ctx, { password }: z.infer<typeof GiveProof>): Promise<{ provedAt: string }> {
  const { organizationId } = ctx;
  const principal = await requirePerson(ctx);
  const digest = new Uint8Array(createHash("sha256").update(`proof\0${principal.sessionId}`).digest());
  const bucket = { digest, threshold: 5, windowMinutes: 5 };
  if (!(await chargeAttempt([bucket]))) {
    throw new AppError("too_many_requests", "Too many wrong passwords; try again in five minutes.", {
      retryAfterSeconds: 300,
    });
  }
  const user = await db().user.findUnique({ where: { id: principal.id, organizationId } });
  const isRight = await verifyPassword(user?.passwordHash ?? null, password).catch(async (notLookedAt) => {
    await refundAttempt([bucket]);
    throw notLookedAt;
  });
  if (!isRight) {
    const target = { id: principal.sessionId, name: principal.name };
    await writeEvent(db(), ctx, { action: "session.proved", target, outcome: "failed", reason: "wrong password" });
    const detail = "is not your password";
    throw new AppError("invalid_input", `The password ${detail}.`, { errors: [{ pointer: "/password", detail }] });
  }
  await clearAttempts([bucket]);
  return mutate(ctx, { authority: "own", action: "session.proved" }, async (tx, now) => {
    await tx.session.update({ where: { id: principal.sessionId, organizationId }, data: { provedAt: now } });
    return {
      result: { provedAt: now.toISOString() },
      audit: { action: "session.proved", target: { id: principal.sessionId, name: principal.name } },
    };
  });
}
