import "server-only";
import { LRUCache } from "lru-cache";
import { type Caller, requireBasicKey, requireCallingKey } from "@/lib/auth/calling-key";
import type { Origin } from "@/lib/kernel/ctx";
import { ownAddress } from "@/lib/kernel/own-address";
import { after, type Soon } from "@/lib/kernel/soon";
import { check } from "@/lib/verification/check";
import type { Found } from "@/lib/verification/found";
import { introspectionOf } from "@/lib/verification/introspection";
import { answerer, json, oauthError } from "./answer";
import { readTokenForm } from "./form";

const INACTIVE = JSON.stringify({ active: false });

/** The answers about what is asked about most. */
const texts = new LRUCache<Found, string>({ max: 1_000 });

/**
 * Token introspection (RFC 7662): what the token is, or that it is not active, whatever the reason. It does not
 * count against the token's rate, and one that is bound to networks is active only for an `ip` within them.
 */
export const introspect = answerer(
  ({ headers, body, origin }) =>
    after(callerOf(headers.authorization, origin), ({ organizationId: organization }) => {
      const { token, ip } = readTokenForm({ headers, body });
      return after(check(token, { organization, askedBy: organization, isLimited: false, ip }), (verdict) =>
        json(verdict.code === "VALID" ? textOf(verdict.found) : INACTIVE),
      );
    }),
  oauthError,
);

function textOf(found: Found): string {
  const known = texts.get(found);
  if (known !== undefined) return known;
  const text = JSON.stringify(introspectionOf(found, ownAddress()));
  texts.set(found, text);
  return text;
}

const callerOf = (authorization: string | undefined, origin: Origin): Soon<Caller> =>
  authorization !== undefined && /^basic /i.test(authorization)
    ? requireBasicKey(authorization, origin)
    : requireCallingKey(authorization, origin);
