import "server-only";
import { z } from "zod";
import type { AuthAnswer } from "@/lib/http/envelopes";
import { requirePerson } from "@/lib/kernel/authority";
import type { Ctx, Origin } from "@/lib/kernel/ctx";
import { AppError } from "@/lib/kernel/errors";
import { challengeState, passChallenge } from "./challenge";
import type { PendingOrigin } from "./pending";
import { endSession } from "./sessions";
import { signIn } from "./sign-in";

const LOCKED = "Too many failed attempts; try again in a few minutes.";

export const LogIn = z.strictObject({ email: z.string().max(300), password: z.string().max(1000) });

/**
 * The vendor's login: a session whose bearer value is told this once, or the value that only its second factor
 * can be given to. It is the browser's sign-in with its throttle. Throws `unauthenticated`, `locked`, `busy`.
 */
export async function logIn(origin: Origin, given: z.infer<typeof LogIn>): Promise<AuthAnswer> {
  const outcome = await signIn(origin, { ...given, kind: "api" });
  if (outcome === "locked") throw new AppError("locked", LOCKED);
  if (outcome === "refused") throw new AppError("unauthenticated", "Invalid username or password");
  const { userId: userZuid, token } = outcome;
  if (!token) throw new Error("An API login has a bearer value.");
  if ("challengeId" in outcome) return { status: 202, message: "Second factor required.", meta: { userZuid, token } };
  return { message: "Logged in successfully.", meta: { userZuid, token } };
}

export const VerifySecondFactor = z.strictObject({ token: z.string().max(100) });

/** The second half of a login: the session for a right code. Throws `unauthenticated`, `locked`, `challenge_expired`. */
export async function verifySecondFactor(
  { challenge, ...origin }: PendingOrigin,
  { token: code }: z.infer<typeof VerifySecondFactor>,
): Promise<AuthAnswer> {
  const outcome = await passChallenge(origin, challenge, { code });
  if (outcome === "over") throw expired();
  if (outcome === "locked") throw new AppError("locked", LOCKED);
  if (outcome === "refused") throw new AppError("unauthenticated", "The code is wrong or was used before.");
  if (!outcome.token) throw new Error("An API login has a bearer value.");
  return { message: "Logged in successfully.", meta: { userZuid: outcome.userId, token: outcome.token } };
}

/** Whether a login still waits for its second factor. */
export async function readSecondFactor({ challenge }: PendingOrigin): Promise<AuthAnswer> {
  const state = await challengeState(challenge);
  if (state === "over") throw expired();
  const meta = { userZuid: challenge.userId };
  return state === "approved"
    ? { message: "Second factor approved.", meta }
    : { status: 202, message: "Second factor pending.", meta };
}

const expired = () => new AppError("challenge_expired", "This login has waited too long; log in again.");

/** Whether a session or access token is good, and whose it is: a token's id is its own. */
export async function verifySession({ principal }: Ctx): Promise<AuthAnswer> {
  if (principal.kind !== "user" && principal.kind !== "access_token") {
    throw new AppError("unauthenticated", "Send a session or an access token as a bearer token.");
  }
  return { message: "Session valid", meta: { userZuid: principal.id } };
}

/** Ends the presented session and no other. */
export async function logOut(ctx: Ctx): Promise<AuthAnswer> {
  await endSession({ ...ctx, principal: await requirePerson(ctx) });
  return { message: "", meta: {} };
}
