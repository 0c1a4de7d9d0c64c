import "server-only";
import { addressBucket, requireAttempt } from "@/lib/auth/throttle";
import type { Origin } from "@/lib/kernel/ctx";
import { db } from "@/lib/kernel/db";
import { AppError } from "@/lib/kernel/errors";
import { randomText } from "@/lib/kernel/random";
import { digestOf } from "@/lib/kernel/secrets";
import { isSetUp } from "./queries";

const ALPHABET = "BCDFGHJKLMNPQRSTVWXZ23456789";

/**
 * A fresh one-time code to print at start, or undefined when the deployment is set up. Of several
 * processes each prints its own; the set-up ends them all.
 */
export async function prepareSetup(): Promise<string | undefined> {
  if (await isSetUp()) return undefined;
  const code = [4, 4, 4, 4].map((length) => randomText(ALPHABET, length)).join("-");
  await db().setupCode.create({ data: { digest: digestOf(code) } });
  return code;
}

/**
 * Accepts one of the codes that were printed, whatever its case and spacing. Throws `not_found`
 * after the set-up, `too_many_requests` for a guesser, `forbidden` for a wrong code.
 */
export async function requireSetupCode(origin: Origin, given: string): Promise<void> {
  await requireNotSetUp();
  await requireAttempt(addressBucket(origin.ip), "Too many wrong codes; try again in five minutes.");
  const digest = digestOf(given.toUpperCase().replace(/\s/g, ""));
  if ((await db().setupCode.count({ where: { digest } })) === 0) {
    // A set-up that went through meanwhile has ended all codes, the right one too.
    await requireNotSetUp();
    const detail = "is not the code this server printed when it started";
    throw new AppError("forbidden", `The set-up code ${detail}.`, { errors: [{ pointer: "/code", detail }] });
  }
}

async function requireNotSetUp(): Promise<void> {
  if (await isSetUp()) throw new AppError("not_found", "This deployment is set up; sign in instead.");
}
