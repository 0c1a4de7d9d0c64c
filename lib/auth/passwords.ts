import "server-only";
import { hash, verify } from "@node-rs/argon2";
import pLimit from "p-limit";
import { AppError } from "@/lib/kernel/errors";

/** argon2id, the minimum OWASP recommends: 19 MiB, two passes, one lane. */
const PARAMETERS = { memoryCost: 19 * 1024, timeCost: 2, parallelism: 1 };

/** Hashing holds a thread each: bounded, so that a flood of sign-ins leaves threads for everything else. */
const CONCURRENT = 2;
const QUEUED_AT_MOST = 40;
const limit = pLimit(CONCURRENT);

function bounded<T>(work: () => Promise<T>): Promise<T> {
  if (limit.pendingCount >= QUEUED_AT_MOST) {
    throw new AppError("busy", "Too many sign-ins at once; try again in a moment.", { retryAfterSeconds: 2 });
  }
  return limit(work);
}

/** Throws `busy` when too many are waiting. */
export async function hashPassword(password: string): Promise<string> {
  return bounded(() => hash(password.normalize("NFC"), PARAMETERS));
}

let unknownAccountHash: Promise<string> | undefined;

/**
 * Whether the password has this hash. Without a hash (no such account) it works just as long and
 * answers false. Throws `busy` when too many are waiting.
 */
export async function verifyPassword(passwordHash: string | null, password: string): Promise<boolean> {
  unknownAccountHash ??= hash("no account has this password", PARAMETERS);
  const against = passwordHash ?? (await unknownAccountHash);
  const isRight = await bounded(() => verify(against, password.normalize("NFC")));
  return isRight && passwordHash !== null;
}
