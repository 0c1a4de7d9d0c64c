import "server-only";
import type { Origin } from "@/lib/kernel/ctx";
import { db } from "@/lib/kernel/db";
import { type StartedChallenge, startChallenge } from "./challenge";
import { normalizeEmail } from "./email";
import { deviceOf } from "./known-device";
import { verifyPassword } from "./passwords";
import { personCtx, recordFailedLogin } from "./person-ctx";
import { type SessionKind, type StartedSession, startSession } from "./sessions";
import { accountBucket, addressBucket, chargeAttempt, clearAttempts, refundAttempt } from "./throttle";

const DEFAULT_LOCKOUT = { lockoutThreshold: 5, lockoutMinutes: 5 };

/** What locks accounts that nobody has: as the deployment's own organization says, so that the lock does not tell them. */
async function lockoutOfStrangers(): Promise<typeof DEFAULT_LOCKOUT> {
  const [found] = await db().$queryRaw<(typeof DEFAULT_LOCKOUT)[]>`
    select o.lockout_threshold as "lockoutThreshold", o.lockout_minutes as "lockoutMinutes"
    from deployment d join organization o on o.id = d.organization_id`;
  return found ?? DEFAULT_LOCKOUT;
}

export interface Credentials {
  email: string;
  password: string;
  deviceMark?: string | undefined;
  /** A browser's unless told otherwise. */
  kind?: SessionKind;
}

/**
 * Signs a person in: their new session, the challenge for their second factor, or the reason why not. Throws `busy`
 * and `store_unavailable`.
 */
export async function signIn(
  origin: Origin,
  given: Credentials,
): Promise<StartedSession | StartedChallenge | "refused" | "locked"> {
  const proof = await provePassword(origin, given);
  if (typeof proof === "string") return proof;
  const { ctx, user } = proof;
  const kind = given.kind ?? "browser";
  const letInBy = { passwordHash: user.passwordHash };
  if (user.totpConfirmedAt) return startChallenge(ctx, kind, letInBy);
  return startSession(ctx, user.organization.sessionHours, kind, { letInBy });
}

/**
 * The person whose password this is, and the caller they are from now on; or the reason why not.
 * Whoever does not know the password learns nothing about the account: unknown, wrong and deactivated
 * take the same path, and the lock applies to unknown accounts alike.
 */
export async function provePassword(origin: Origin, given: Omit<Credentials, "kind">) {
  const email = normalizeEmail(given.email);
  // Both are read for everybody: who is unknown must not take longer.
  const strangers = await lockoutOfStrangers();
  const user = await db().user.findUnique({ where: { email }, include: { organization: true } });
  const { lockoutThreshold: threshold, lockoutMinutes: windowMinutes } = user?.organization ?? strangers;
  const policy = { threshold, windowMinutes };
  const deviceId = deviceOf(email, given.deviceMark);
  const account = accountBucket(email, deviceId, policy);
  // A known device has few attempts of its own; strangers at the same address must not use them up.
  const addresses = deviceId ? [] : [addressBucket(origin.ip)];
  const buckets = [...addresses, account];
  if (!(await chargeAttempt(buckets))) return "locked" as const;

  const isRight = await verifyPassword(user?.passwordHash ?? null, given.password).catch(async (notLookedAt) => {
    await refundAttempt(buckets);
    throw notLookedAt;
  });
  if (!user || !isRight || user.status !== "active") {
    await recordFailedLogin(origin, user, "wrong e-mail or password");
    return "refused" as const;
  }

  // Half a proof: until the second factor is right, what was charged for its codes stays charged.
  if (user.totpConfirmedAt) await refundAttempt(buckets);
  else {
    await clearAttempts([account]);
    await refundAttempt(addresses);
  }
  const ctx = await personCtx(origin, user);
  return { user, ctx, recordFailure: (reason: string) => recordFailedLogin(origin, user, reason) };
}
