import "server-only";
import { cookies, headers } from "next/headers";
import type { NextAuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import { z } from "zod";
import { db } from "@/lib/kernel/db";
import { toAppError } from "@/lib/kernel/errors";
import { log } from "@/lib/kernel/log";
import { originOf } from "@/lib/http/request";
import { normalizeEmail } from "./email";
import { markDevice } from "./known-device";
import { cookieName, cookieOptions, cookieSecret, isSecure, sessionIdOf } from "./session-cookie";
import { endSession, sessionStanding } from "./sessions";
import { type Credentials, signIn } from "./sign-in";

const Given = z.object({ email: z.string().max(300), password: z.string().max(1000) });
const YEAR_SECONDS = 365 * 24 * 3600;

/**
 * Browser sign-in. The cookie is next-auth's encrypted JWT, but all it carries is the id of our
 * session row, and that row decides on every request: a copied cookie dies with it.
 */
export function nextAuthOptions(): NextAuthOptions {
  const cookie = (name: string) => ({ name: cookieName(name), options: cookieOptions() });
  return {
    secret: cookieSecret(),
    useSecureCookies: isSecure(),
    session: { strategy: "jwt", maxAge: 24 * 3600 },
    cookies: { sessionToken: cookie("session"), csrfToken: cookie("csrf"), callbackUrl: cookie("callback-url") },
    pages: { signIn: "/sign-in", signOut: "/sign-in", error: "/sign-in" },
    providers: [
      CredentialsProvider({
        credentials: { email: {}, password: {} },
        authorize: (given: unknown) => authorize(given),
      }),
    ],
    callbacks: {
      jwt: ({ token, user }) => (user ? { sub: user.id } : { sub: token.sub ?? "" }),
      session: ({ session }) => ({ expires: session.expires }),
      redirect: ({ url, baseUrl }) => (url.startsWith("/") && !url.startsWith("//") ? `${baseUrl}${url}` : baseUrl),
    },
    logger: {
      error: (code) => log().warn({ reason: code }, "next-auth reported"),
      warn: () => undefined,
      debug: () => undefined,
    },
  };
}

/** The new session's id as next-auth's user. next-auth hands over whatever was sent, so it is parsed first. */
async function authorize(given: unknown): Promise<{ id: string } | null> {
  const parsed = Given.safeParse(given);
  if (!parsed.success) return null;
  const jar = await cookies();
  const deviceMark = jar.get(cookieName("device"))?.value;
  const sent = await headers();
  const outcome = await replaceSession(sent, { ...parsed.data, deviceMark }).catch((thrown: unknown) => {
    const { code, status } = toAppError(thrown);
    if (status === 500) log().error({ err: thrown }, "sign-in failed");
    throw new Error(code);
  });
  if (outcome === "locked") throw new Error("locked");
  if (outcome === "refused") return null;
  jar.set(cookieName("device"), markDevice(normalizeEmail(parsed.data.email)), {
    ...cookieOptions(),
    maxAge: YEAR_SECONDS,
  });
  return { id: outcome.sessionId };
}

/** The new session takes the place of the one the browser had, which ends: its cookie is overwritten. */
async function replaceSession(sent: Headers, credentials: Credentials): ReturnType<typeof signIn> {
  const outcome = await signIn(originOf(sent), credentials);
  if (typeof outcome === "object") await endPresentedSession(sent, "signed in again");
  return outcome;
}

/**
 * Ends the session whose cookie the browser presents, before next-auth takes the cookie away: it
 * would swallow a failure and leave a copied cookie alive.
 */
export async function endPresentedSession(sent: Headers, reason?: string): Promise<void> {
  const sessionId = await sessionIdOf(sent);
  const standing = sessionId ? await sessionStanding(db(), sessionId) : undefined;
  if (!standing) return;
  await endSession({ ...originOf(sent), ...standing, recheck: () => Promise.resolve(standing) }, reason);
}
