import "server-only";
import type { Origin } from "@/lib/kernel/ctx";
import type { Tx } from "@/lib/kernel/db";
import { AppError } from "@/lib/kernel/errors";
import { digestOf, secretKind } from "@/lib/kernel/secrets";
import { linkBucket, refundAttempt, requireAttempt } from "./throttle";

/** Unknown, used, replaced and expired links get one answer. */
export const linkNotValid = () =>
  new AppError("link_not_valid", "This link does not work any more. Ask for a new one.", {
    errors: [{ pointer: "/code", detail: "is not the code of a link that works" }],
  });

/**
 * Does the work with what a mailed link leads to. Every try is counted before it is looked at, and given back once it
 * came to something: a link that leads to nothing must not keep the hashing busy. Throws `link_not_valid`,
 * `too_many_requests`.
 */
export async function followLink<T, R>(
  origin: Origin,
  code: string,
  find: (digest: Uint8Array<ArrayBuffer>) => Promise<T | null>,
  work: (found: T) => Promise<R>,
): Promise<R> {
  if (secretKind(code) !== "link") throw linkNotValid();
  const bucket = linkBucket(origin.ip);
  await requireAttempt(bucket, "Too many links that do not work; try again in five minutes.");
  const found = await find(digestOf(code));
  if (!found) throw linkNotValid();
  const done = await work(found);
  await refundAttempt([bucket]);
  return done;
}

/** Ends what was mailed to a person or waits for their second factor, within the change that asks for it. */
export async function endLinksOf(
  tx: Tx,
  { id: userId, organizationId }: { id: string; organizationId: string },
  now: Date,
): Promise<void> {
  const open = { where: { userId, organizationId, endedAt: null }, data: { endedAt: now } };
  await tx.passwordReset.updateMany(open);
  await tx.secondFactorChallenge.updateMany(open);
}
