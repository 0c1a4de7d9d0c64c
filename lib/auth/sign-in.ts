import "server-only";
import { databaseNow } from "@/lib/kernel/clock";
import type { Origin } from "@/lib/kernel/ctx";
import { db } from "@/lib/kernel/db";
import { newId } from "@/lib/kernel/new-id";
import { writeEvent } from "@/lib/kernel/events";
import { normalizeEmail } from "./email";
import { deviceOf } from "./known-device";
import { verifyPassword } from "./passwords";
import { type SessionKind, type StartedSession, startSession } from "./sessions";
import { accountBucket, addressBucket, chargeAttempt, clearAttempts, refundAttempt } from "./throttle";

const DEFAULT_LOCKOUT = { threshold: 5, windowMinutes: 5 };

export interface Credentials {
  email: string;
  password: string;
  deviceMark?: string | undefined;
  /** A browser's unless told otherwise. */
  kind?: SessionKind;
}

/**
 * Signs a person in: their new session, or the reason why not. Throws `busy` and `store_unavailable`.
 */
export async function signIn(origin: Origin, given: Credentials): Promise<StartedSession | "refused" | "locked"> {
  const proof = await provePassword(origin, given);
  if (typeof proof === "string") return proof;
  return startSession(proof.ctx, proof.user.organization.sessionHours, given.kind ?? "browser");
}

/**
 * The person whose password this is, and the caller they are from now on; or the reason why not.
 * Whoever does not know the password learns nothing about the account: unknown, wrong and deactivated
 * take the same path, and the lock applies to unknown accounts alike.
 */
export async function provePassword(origin: Origin, given: Omit<Credentials, "kind">) {
  const email = normalizeEmail(given.email);
  const user = await db().user.findUnique({ where: { email }, include: { organization: true } });
  const policy = user
    ? { threshold: user.organization.lockoutThreshold, windowMinutes: user.organization.lockoutMinutes }
    : DEFAULT_LOCKOUT;
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
    await recordFailure(origin, user, "wrong e-mail or password");
    return "refused" as const;
  }

  await clearAttempts([account]);
  await refundAttempt(addresses);
  const now = await databaseNow(db());
  const standing = {
    principal: {
      kind: "user" as const,
      id: user.id,
      name: `${user.firstName} ${user.lastName}`.trim(),
      email,
      sessionId: newId("session"),
      provedAt: now,
      idleEndsAt: now,
      absoluteEndsAt: now,
    },
    organizationId: user.organizationId,
    power: { kind: "none" as const },
    now,
  };
  const ctx = { ...origin, ...standing, recheck: () => Promise.resolve(standing) };
  return { user, ctx, recordFailure: (reason: string) => recordFailure(origin, user, reason) };
}

/** An attempt on an unknown account is recorded too, for no organization: both cost the same. */
async function recordFailure(
  origin: Origin,
  user: { id: string; organizationId: string; firstName: string; lastName: string } | null,
  reason: string,
) {
  await writeEvent(
    db(),
    {
      ...origin,
      principal: { kind: "system", id: null, name: "Latchkey" },
      organizationId: user?.organizationId ?? null,
    },
    {
      action: "login.failed",
      target: user
        ? { id: user.id, name: `${user.firstName} ${user.lastName}`.trim() }
        : { id: null, name: "unknown account" },
      outcome: "failed",
      reason,
    },
  );
}
