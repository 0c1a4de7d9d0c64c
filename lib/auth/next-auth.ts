import "server-only";
import { cookies, headers } from "next/headers";
import type { NextAuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import { z } from "zod";
import { toAppError } from "@/lib/kernel/errors";
import { log } from "@/lib/kernel/log";
import { originOf } from "@/lib/http/request";
import { findChallenge, passChallenge } from "./challenge";
import { normalizeEmail } from "./email";
import { markDevice } from "./known-device";
import { OIDC, oidcProviders, settleSignOn, type SignedOn } from "./oidc";
import { endPresentedSession } from "./presented-session";
import { challengeIdOf, cookieName, cookieOptions, cookieSecret, isSecure } from "./session-cookie";
import { signIn } from "./sign-in";

const Given = z.object({ email: z.string().max(300), password: z.string().max(1000) });
const GivenCode = z.object({ code: z.string().max(100) });
const YEAR_SECONDS = 365 * 24 * 3600;

/**
 * Browser sign-in. The cookie is next-auth's encrypted JWT, but all it carries is the id of our
 * session row, and that row decides on every request: a copied cookie dies with it. While a second
 * factor is due it carries the challenge's id instead, which opens nothing.
 */
export function nextAuthOptions(): NextAuthOptions {
  const cookie = (name: string) => ({ name: cookieName(name), options: cookieOptions() });
  return {
    secret: cookieSecret(),
    useSecureCookies: isSecure(),
    session: { strategy: "jwt", maxAge: 24 * 3600 },
    cookies: {
      sessionToken: cookie("session"),
      csrfToken: cookie("csrf"),
      callbackUrl: cookie("callback-url"),
      pkceCodeVerifier: cookie("sso-pkce"),
      state: cookie("sso-state"),
      nonce: cookie("sso-nonce"),
    },
    pages: { signIn: "/sign-in", signOut: "/sign-in", error: "/sign-in" },
    providers: [
      CredentialsProvider({
        credentials: { email: {}, password: {} },
        authorize: (given: unknown) => answering(() => byPassword(given)),
      }),
      CredentialsProvider({
        id: "second-factor",
        credentials: { code: {} },
        authorize: (given: unknown) => answering(() => bySecondFactor(given)),
      }),
      ...oidcProviders(),
    ],
    callbacks: {
      signIn: ({ user, account, profile }) => account?.provider !== OIDC || settleSignOn(user as SignedOn, profile),
      jwt: ({ token, user }) => {
        // A person who has just come with no claims has been let in by nothing.
        if (user) return { ...(user as SignedOn).claims };
        return typeof token.challenge === "string" ? { challenge: token.challenge } : { sub: token.sub ?? "" };
      },
      session: ({ session }) => ({ expires: session.expires }),
      redirect: ({ url, baseUrl }) => {
        // On the way back from a provider the cookie has the whole address.
        if (url.startsWith(`${baseUrl}/`)) return url;
        return url.startsWith("/") && !url.startsWith("//") ? `${baseUrl}${url}` : baseUrl;
      },
    },
    logger: {
      error: (code) => log().warn({ reason: code }, "next-auth reported"),
      warn: () => undefined,
      debug: () => undefined,
    },
  };
}

/** What is thrown becomes the code that next-auth tells the page. */
const answering = (work: () => Promise<SignedOn | null>) =>
  work().catch((thrown: unknown) => {
    if (thrown instanceof Refusal) throw thrown;
    const { code, status } = toAppError(thrown);
    if (status === 500) log().error({ err: thrown }, "sign-in failed");
    throw new Error(code);
  });

class Refusal extends Error {}

/** next-auth hands over whatever was sent, so it is parsed first. */
async function byPassword(given: unknown): Promise<SignedOn | null> {
  const parsed = Given.safeParse(given);
  if (!parsed.success) return null;
  const sent = await headers();
  const outcome = await signIn(originOf(sent), { ...parsed.data, deviceMark: await deviceMark() });
  if (outcome === "locked") throw new Refusal("locked");
  if (outcome === "refused") return null;
  // The cookie is overwritten, so the session that the browser had ends.
  await endPresentedSession(sent, "signed in again");
  if ("challengeId" in outcome) return { id: outcome.userId, claims: { challenge: outcome.challengeId } };
  await rememberDevice(normalizeEmail(parsed.data.email));
  return { id: outcome.userId, claims: { sub: outcome.sessionId } };
}

/** Completes the sign-in that the cookie says is waiting. Its session has an id that nobody knew before. */
async function bySecondFactor(given: unknown): Promise<SignedOn | null> {
  const parsed = GivenCode.safeParse(given);
  if (!parsed.success) return null;
  const sent = await headers();
  const id = await challengeIdOf(sent);
  const challenge = id === undefined ? null : await findChallenge({ id });
  if (!challenge) throw new Refusal("challenge_expired");
  const outcome = await passChallenge(originOf(sent), challenge, {
    code: parsed.data.code,
    deviceMark: await deviceMark(),
  });
  if (outcome === "over") throw new Refusal("challenge_expired");
  if (outcome === "locked") throw new Refusal("locked");
  if (outcome === "refused") return null;
  await rememberDevice(outcome.email);
  return { id: outcome.userId, claims: { sub: outcome.sessionId } };
}

const deviceMark = async () => (await cookies()).get(cookieName("device"))?.value;

/** Only a whole sign-in makes a device known. */
async function rememberDevice(email: string): Promise<void> {
  (await cookies()).set(cookieName("device"), markDevice(email), { ...cookieOptions(), maxAge: YEAR_SECONDS });
}
