import "server-only";
import { acceptCode } from "@/lib/second-factor/accept";
import { addMinutes, databaseNow } from "@/lib/kernel/clock";
import type { Ctx, Origin, UserPrincipal } from "@/lib/kernel/ctx";
import { db, type Tx } from "@/lib/kernel/db";
import { AppError } from "@/lib/kernel/errors";
import { mutate } from "@/lib/kernel/mutate";
import { newId } from "@/lib/kernel/new-id";
import { mintSecret } from "@/lib/kernel/secrets";
import { deviceOf } from "./known-device";
import { nameOf, personCtx, recordFailedLogin } from "./person-ctx";
import { type LetInBy, type SessionKind, type StartedSession, startSession } from "./sessions";
import { accountBucket, chargeAttempt, clearAttempts } from "./throttle";

const CHALLENGE_MINUTES = 10;
const CODES_AT_MOST = 5;

/** A sign-in that waits for its second factor. */
export interface StartedChallenge {
  challengeId: string;
  userId: string;
  /** The pending value of an API login, told this once. */
  token: string | undefined;
}

/** The password was right, and the person has a second factor: nothing but that can come next. */
export async function startChallenge(
  ctx: Ctx & { principal: UserPrincipal },
  kind: SessionKind,
  letInBy: LetInBy,
): Promise<StartedChallenge> {
  const pending = kind === "api" ? mintSecret("pending_factor") : undefined;
  const { organizationId, principal } = ctx;
  const target = { id: principal.id, name: principal.name };
  return mutate(ctx, { authority: "own", action: "login.challenged", target }, async (tx, now) => {
    // Held to the end: whoever changes the password finds the challenge and ends it, or it never begins.
    const { count } = await tx.user.updateMany({
      where: { id: principal.id, organizationId, status: "active", ...letInBy },
      data: { updatedAt: now },
    });
    if (count === 0) throw new AppError("session_ended", "This account was changed meanwhile.");
    const { id: challengeId } = await tx.secondFactorChallenge.create({
      data: {
        id: newId("challenge"),
        organizationId,
        userId: principal.id,
        digest: pending?.digest ?? null,
        kind,
        createdAt: now,
        expiresAt: addMinutes(now, CHALLENGE_MINUTES),
      },
    });
    return {
      result: { challengeId, userId: principal.id },
      secret: { token: pending?.value },
      audit: { action: "login.challenged", target, after: { kind } },
    };
  });
}

export type FoundChallenge = NonNullable<Awaited<ReturnType<typeof findChallenge>>>;

/** A challenge by its pending value or its id, whatever its state. */
export async function findChallenge(which: { digest: Uint8Array<ArrayBuffer> } | { id: string }) {
  return db().secondFactorChallenge.findUnique({
    where: which,
    include: { user: { include: { organization: true } } },
  });
}

export async function challengeState(challenge: FoundChallenge): Promise<"pending" | "approved" | "over"> {
  const { approvedAt, endedAt, expiresAt, attempts } = challenge;
  if (expiresAt <= (await databaseNow(db()))) return "over";
  if (approvedAt) return "approved";
  return endedAt || attempts >= CODES_AT_MOST ? "over" : "pending";
}

export type PassedChallenge = StartedSession & { email: string };

/**
 * Gives a challenge its code: the session that the sign-in becomes, or why not. Each try is charged first,
 * to the challenge and to the account, so that who knows the password cannot go through the codes.
 */
export async function passChallenge(
  origin: Origin,
  challenge: FoundChallenge,
  given: { code: string; deviceMark?: string | undefined },
): Promise<PassedChallenge | "refused" | "locked" | "over"> {
  const { id, organizationId, user } = challenge;
  const { email, organization } = user;
  if (!(await chargeCode(id))) return "over";
  const policy = { threshold: organization.lockoutThreshold, windowMinutes: organization.lockoutMinutes };
  const account = accountBucket(email, deviceOf(email, given.deviceMark), policy);
  if (!(await chargeAttempt([account]))) return "locked";

  const person = { id: user.id, name: nameOf(user), organizationId };
  const useFactor = async (tx: Tx, now: Date) => {
    const used = await acceptCode(tx, person, given.code, now);
    if (!used) throw new AppError("unauthenticated", WRONG);
    await approve(tx, id, now);
    return used;
  };
  const ctx = await personCtx(origin, user);
  try {
    const started = await startSession(ctx, organization.sessionHours, challenge.kind as SessionKind, {
      useFactor,
    });
    await clearAttempts([account]);
    return { ...started, email };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.code === "challenge_expired" || error.code === "session_ended") return "over";
    if (error.code !== "unauthenticated") throw error;
    await recordFailedLogin(origin, user, "wrong second factor");
    return "refused";
  }
}

const WRONG = "The code is wrong or was used before.";

/** False when the challenge is over, or has had its tries. */
async function chargeCode(id: string): Promise<boolean> {
  const charged = await db().$executeRaw`
    update second_factor_challenge set attempts = attempts + 1
    where id = ${id} and ended_at is null and approved_at is null and expires_at > clock_timestamp()
      and attempts < ${CODES_AT_MOST}`;
  return charged === 1;
}

/** Of many right codes at once one becomes a session. */
async function approve(tx: Tx, id: string, now: Date): Promise<void> {
  const { count } = await tx.secondFactorChallenge.updateMany({
    where: { id, endedAt: null, approvedAt: null },
    data: { approvedAt: now },
  });
  if (count === 0) throw new AppError("challenge_expired", "This sign-in is over.");
}
