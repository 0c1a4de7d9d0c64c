import "server-only";
import { refuse } from "@/lib/kernel/authority";
import type { Ctx, Origin } from "@/lib/kernel/ctx";
import { AppError } from "@/lib/kernel/errors";
import { type Accepted, check, type Verdict } from "@/lib/verification/check";
import { authenticate, type RequestCtx } from "./authenticate";
import { challengeOf } from "./authorization";

/** The service that asks about the credentials it is shown. */
export type Caller = Pick<RequestCtx, "organizationId" | "rateLimit">;

/**
 * The API key that sends this request, from memory where that may be used. No cookie is looked at. Throws as
 * `authenticate` does, and `forbidden` (recorded) for what is no API key.
 */
export async function requireCallingKey(authorization: string | undefined, origin: Origin): Promise<Caller> {
  const value = /^apikey +(\S+)$/i.exec(authorization ?? "")?.[1];
  const verdict = value && (await check(value, origin));
  if (verdict && isKey(verdict)) return callerOf(verdict);
  // Whatever is wrong with it is said here as everywhere.
  const headers = new Headers(authorization === undefined ? {} : { authorization });
  const ctx: Ctx = await authenticate(headers, NOWHERE, origin);
  if (ctx.principal.kind === "api_key") return ctx;
  return refuse(ctx, "keys", "Only an API key may ask about other credentials.");
}

/**
 * The same by HTTP Basic: the id of the key or of its app, and the key as its secret (RFC 6749, 2.3.1). Throws
 * `credential_unknown` for all that is wrong.
 */
export async function requireBasicKey(authorization: string, origin: Origin): Promise<Caller> {
  const [id, secret] = credentialsIn(authorization);
  const verdict = await check(secret, origin);
  if (isKey(verdict)) {
    const { principal } = verdict.found.standing;
    if (principal.id === id || ("appId" in principal && principal.appId === id)) return callerOf(verdict);
  }
  const detail = "The client is not known, or its key is not accepted.";
  throw new AppError("credential_unknown", detail, { challenge: challengeOf("Basic", {}) });
}

const NOWHERE = new URL("http://localhost/");

const isKey = (verdict: Verdict): verdict is Accepted =>
  verdict.code === "VALID" && verdict.found.standing.principal.kind === "api_key";

const callerOf = ({ found, rateLimit }: Accepted): Caller => ({
  organizationId: found.standing.organizationId,
  ...(rateLimit && { rateLimit }),
});

/** Both parts are encoded like the values of a form before they are joined. */
function credentialsIn(authorization: string): [id: string, secret: string] {
  const joined = Buffer.from(authorization.replace(/^basic +/i, ""), "base64").toString();
  const colon = joined.indexOf(":");
  return [formDecoded(joined.slice(0, colon)), formDecoded(joined.slice(colon + 1))];
}

const formDecoded = (text: string) => new URLSearchParams(`v=${text.replaceAll("&", "%26")}`).get("v") ?? "";
