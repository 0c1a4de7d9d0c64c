import "server-only";
import { z } from "zod";
import type { AuthAnswer } from "@/lib/http/envelopes";
import { requirePerson } from "@/lib/kernel/authority";
import type { Ctx, Origin } from "@/lib/kernel/ctx";
import { AppError } from "@/lib/kernel/errors";
import { endSession } from "./sessions";
import { signIn } from "./sign-in";

export const LogIn = z.strictObject({ email: z.string().max(300), password: z.string().max(1000) });

/**
 * The vendor's login: a session whose bearer value is told this once. It is the browser's sign-in with
 * its throttle. Throws `unauthenticated`, `locked`, `busy`.
 */
export async function logIn(origin: Origin, given: z.infer<typeof LogIn>): Promise<AuthAnswer> {
  const outcome = await signIn(origin, { ...given, kind: "api" });
  if (outcome === "locked") throw new AppError("locked", "Too many failed attempts; try again in five minutes.");
  if (outcome === "refused") throw new AppError("unauthenticated", "Invalid username or password");
  if (!outcome.token) throw new Error("An API login has a bearer value.");
  return { message: "Logged in successfully.", meta: { userZuid: outcome.userId, token: outcome.token } };
}

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
