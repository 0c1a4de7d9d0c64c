import "server-only";
import { clearAttempts, questionBucket, refundAttempt, requireAttempt } from "@/lib/auth/throttle";
import { requirePerson } from "@/lib/kernel/authority";
import type { Ctx } from "@/lib/kernel/ctx";
import { db } from "@/lib/kernel/db";
import { AppError } from "@/lib/kernel/errors";
import { writeEvent } from "@/lib/kernel/events";

type Act = "second_factor.enabled" | "second_factor.disabled" | "second_factor.recovery_codes_replaced";

/**
 * Lets the work look at a code of the caller's own. Wrong ones are recorded and counted per session: whoever took
 * one over can guess five times. Throws `too_many_requests`.
 */
export async function withOwnCode<T>(ctx: Ctx, action: Act, work: () => Promise<T>): Promise<T> {
  const { id, name, sessionId } = await requirePerson(ctx);
  const bucket = questionBucket("second factor", sessionId);
  await requireAttempt(bucket, "Too many wrong codes; try again in five minutes.");
  try {
    const done = await work();
    await clearAttempts([bucket]);
    return done;
  } catch (error) {
    if (!isWrongCode(error)) await refundAttempt([bucket]);
    else await writeEvent(db(), ctx, { action, target: { id, name }, outcome: "failed", reason: "wrong code" });
    throw error;
  }
}

const DETAIL = "is wrong or was used before";

export const wrongCode = () =>
  new AppError("invalid_input", `The code ${DETAIL}.`, { errors: [{ pointer: "/code", detail: DETAIL }] });

const isWrongCode = (error: unknown) => error instanceof AppError && error.details.errors?.[0]?.pointer === "/code";
