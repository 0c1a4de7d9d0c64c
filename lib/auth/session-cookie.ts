import "server-only";
import { LRUCache } from "lru-cache";
import { decode, encode, type JWT } from "next-auth/jwt";
import { env } from "@/lib/kernel/env";
import { deriveKey } from "@/lib/kernel/secret-key";

export const isSecure = () => env().publicUrl?.protocol === "https:";

/** `__Host-` binds a cookie to this host and to TLS; on plain loopback the browser would refuse it. */
export const cookieName = (name: string) => `${isSecure() ? "__Host-" : ""}latchkey-${name}`;

export const cookieOptions = () => ({ httpOnly: true, sameSite: "lax" as const, path: "/", secure: isSecure() });

export const cookieSecret = () => deriveKey("session cookie").toString("base64url");

/** What the cookie carries: a session, or a sign-in that waits for its second factor and opens nothing. */
export type Claims = { sub: string } | { challenge: string };

/** The session id inside the cookie; undefined when there is no cookie of our making. */
export async function sessionIdOf(headers: Headers): Promise<string | undefined> {
  const claims = await openCookie(headers, "session", cookieSecret());
  return typeof claims?.sub === "string" && claims.challenge === undefined ? claims.sub : undefined;
}

/** The challenge that the browser's sign-in waits for. */
export async function challengeIdOf(headers: Headers): Promise<string | undefined> {
  const claims = await openCookie(headers, "session", cookieSecret());
  return typeof claims?.challenge === "string" ? claims.challenge : undefined;
}

const LINK_MINUTES = 5;
const linkSecret = () => deriveKey("link intent").toString("base64url");

/** A person in this session wants the next single sign-on of this browser to be theirs. */
export async function linkIntent(sessionId: string) {
  const maxAge = LINK_MINUTES * 60;
  const value = await encode({ token: { sub: sessionId }, secret: linkSecret(), maxAge });
  return { name: cookieName("link"), value, options: { ...cookieOptions(), maxAge } };
}

/** The cookie to delete afterwards: a browser refuses to change a `__Host-` one without all it was set with. */
export const linkIntentCookie = () => ({ ...cookieOptions(), name: cookieName("link") });

/** The session that wanted it, a few minutes ago at most. */
export async function linkIntentOf(headers: Headers): Promise<string | undefined> {
  const claims = await openCookie(headers, "link", linkSecret());
  return typeof claims?.sub === "string" ? claims.sub : undefined;
}

async function openCookie(headers: Headers, cookie: string, secret: string) {
  const name = cookieName(cookie);
  const token = headers
    .get("cookie")
    ?.split(/;\s*/)
    .find((pair) => pair.startsWith(`${name}=`))
    ?.slice(name.length + 1);
  return token ? claimsOf(token, secret) : null;
}

const opened = new LRUCache<string, JWT>({ max: 5_000 });

/**
 * What the cookie says, kept while it lasts: opening one derives its key anew each time, and the session's row, which
 * every request reads, is what can end it.
 */
async function claimsOf(token: string, secret: string): Promise<JWT | null> {
  // By the secret too: a cookie for one purpose must not open as one for another.
  const key = `${secret} ${token}`;
  const known = opened.get(key);
  if (known && Number(known.exp) * 1000 > Date.now()) return known;
  const claims = await decode({ token, secret }).catch(() => null);
  if (claims) opened.set(key, claims);
  return claims;
}
