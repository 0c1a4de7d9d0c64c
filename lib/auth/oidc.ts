import "server-only";
import { cookies, headers } from "next/headers";
import type { NextAuthOptions } from "next-auth";
import { originOf } from "@/lib/http/request";
import { env } from "@/lib/kernel/env";
import { toAppError } from "@/lib/kernel/errors";
import { log } from "@/lib/kernel/log";
import { endPresentedSession } from "./presented-session";
import { linkIntentCookie, linkIntentOf, sessionIdOf, type Claims as CookieClaims } from "./session-cookie";
import { linkTo, readClaims, signOn } from "./single-sign-on";

/** The provider's name in the addresses of the sign-in. */
export const OIDC = "oidc";

type Provider = NextAuthOptions["providers"][number];

/** What next-auth carries from the provider's answer to the cookie. */
export type SignedOn = { id: string; claims?: CookieClaims };

/** The OpenID provider, when one is configured: authorization code with PKCE, state and nonce. */
export function oidcProviders(): Provider[] {
  const { oidc } = env();
  if (!oidc) return [];
  return [
    {
      id: OIDC,
      name: oidc.name,
      type: "oauth",
      wellKnown: `${oidc.issuer.replace(/\/$/, "")}/.well-known/openid-configuration`,
      clientId: oidc.clientId,
      clientSecret: oidc.clientSecret,
      authorization: { params: { scope: "openid email profile" } },
      idToken: true,
      // A strict provider tells the e-mail at its userinfo endpoint only, whose subject has to be the token's.
      userinfo: {
        request: async ({ client, tokens }) => {
          const claims = (tokens as unknown as { claims(): Record<string, unknown> }).claims();
          if (claims.email !== undefined || !tokens.access_token) return claims;
          const info = await client.userinfo(tokens.access_token);
          if (info.sub !== claims.sub) throw new Error("The userinfo is somebody else's.");
          return { ...info, ...claims };
        },
      },
      checks: ["pkce", "state", "nonce"],
      httpOptions: { timeout: 5_000 },
      profile: (profile: Record<string, unknown>) => ({ id: String(profile.sub) }),
    },
  ];
}

/**
 * What the provider's answer leads to: true for the session or challenge that is then in `user.claims`, or the
 * page that says why not. A browser whose person asked for it in their session gets linked instead.
 */
export async function settleSignOn(user: SignedOn, profile: unknown): Promise<true | string> {
  const sent = await headers();
  const claims = readClaims(profile);
  if (!claims) return "/sign-in?error=sso";
  const intent = await linkIntentOf(sent);
  (await cookies()).delete(linkIntentCookie());
  try {
    if (intent !== undefined) {
      // Only in the session that asked: another one's link would let its owner in as this person.
      const isOwn = (await sessionIdOf(sent)) === intent;
      return `/account/security?sso=${isOwn ? await linkTo(originOf(sent), intent, claims) : "over"}`;
    }
    const outcome = await signOn(originOf(sent), claims);
    if (typeof outcome === "string") return `/sign-in?error=sso_${outcome}`;
    await endPresentedSession(sent, "signed in again");
    user.claims = "challengeId" in outcome ? { challenge: outcome.challengeId } : { sub: outcome.sessionId };
    return true;
  } catch (thrown) {
    const { code, status } = toAppError(thrown);
    if (status === 500) log().error({ err: thrown }, "single sign-on failed");
    return `/sign-in?error=${code}`;
  }
}

/** What people call the provider; undefined where no single sign-on is configured. */
export const singleSignOnName = () => env().oidc?.name;
