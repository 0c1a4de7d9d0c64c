import "server-only";
import { type Caller, requireBasicKey, requireCallingKey } from "@/lib/auth/calling-key";
import type { Origin } from "@/lib/kernel/ctx";
import { ownAddress } from "@/lib/kernel/own-address";
import { check } from "@/lib/verification/check";
import type { Found } from "@/lib/verification/found";
import { introspectionOf } from "@/lib/verification/introspection";
import { answerer, json, oauthError } from "./answer";
import { readTokenForm } from "./form";

const INACTIVE = JSON.stringify({ active: false });

/**
 * Token introspection (RFC 7662): what the token is, or that it is not active, whatever the reason. It does not
 * count against the token's rate, and one that is bound to networks is active only for an `ip` within them.
 */
export const introspect = answerer(async ({ headers, body, origin }) => {
  const { organizationId: organization } = await callerOf(headers.authorization, origin);
  const { token, ip } = readTokenForm({ headers, body });
  const verdict = await check(token, { organization, askedBy: organization, isLimited: false, ip });
  return json(verdict.code === "VALID" ? textOf(verdict.found) : INACTIVE);
}, oauthError);

const callerOf = (authorization: string | undefined, origin: Origin): Promise<Caller> =>
  authorization !== undefined && /^basic /i.test(authorization)
    ? requireBasicKey(authorization, origin)
    : requireCallingKey(authorization, origin);

const texts = new WeakMap<Found, string>();

function textOf(found: Found): string {
  const text = texts.get(found) ?? JSON.stringify(introspectionOf(found, ownAddress()));
  texts.set(found, text);
  return text;
}
