import "server-only";
import { refuse } from "@/lib/kernel/authority";
import type { Origin } from "@/lib/kernel/ctx";
import { AppError } from "@/lib/kernel/errors";
import { secretKind } from "@/lib/kernel/secrets";
import { type Accepted, check } from "@/lib/verification/check";
import { authenticate, recordForeignNetwork, type RequestCtx } from "./authenticate";
import { challengeOf, refusalError } from "./authorization";

/** The service that asks about the credentials it is shown. */
export type Caller = Pick<RequestCtx, "organizationId" | "rateLimit"> & { id: string };

/**
 * The API key that sends this request, from memory where that may be used. No cookie is looked at. Throws as
 * `authenticate` does, and `forbidden` (recorded) for what is no API key.
 */
export async function requireCallingKey(authorization: string | undefined, origin: Origin): Promise<Caller> {
  const value = /^apikey +(\S+)$/i.exec(authorization ?? "")?.[1];
  if (value === undefined || secretKind(value) !== "api_key") return refuseOther(authorization, origin);
  const verdict = await check(value, origin);
  if (verdict.code === "VALID") return callerOf(verdict);
  if (verdict.found) await recordForeignNetwork(origin, verdict.found, verdict);
  throw refusalError("apikey", verdict);
}

/** Says of whatever else is sent what is wrong with it, as everywhere. */
async function refuseOther(authorization: string | undefined, origin: Origin): Promise<never> {
  const headers = new Headers(authorization === undefined ? {} : { authorization });
  const ctx = await authenticate(headers, new URL("http://localhost/"), origin);
  return refuse(ctx, "keys", "Only an API key may ask about other credentials.");
}

/**
 * The same by HTTP Basic: the id of the key or of its app, and the key as its secret (RFC 6749, 2.3.1). Throws
 * `credential_unknown` for all that is wrong.
 */
export async function requireBasicKey(authorization: string, origin: Origin): Promise<Caller> {
  const [id, secret] = credentialsIn(authorization);
  const verdict = await check(secret, origin);
  const principal = verdict.found?.standing.principal;
  if (verdict.code === "VALID" && principal?.kind === "api_key" && [principal.id, principal.appId].includes(id)) {
    return callerOf(verdict);
  }
  const detail = "The client is not known, or its key is not accepted.";
  throw new AppError("credential_unknown", detail, { challenge: challengeOf("Basic", {}) });
}

const callerOf = ({ found: { standing }, rateLimit }: Accepted): Caller => ({
  id: standing.principal.id,
  organizationId: standing.organizationId,
  ...(rateLimit && { rateLimit }),
});

/** Both parts are encoded like the values of a form before they are joined. */
function credentialsIn(authorization: string): [id: string, secret: string] {
  const joined = Buffer.from(authorization.replace(/^basic +/i, ""), "base64").toString();
  const colon = joined.indexOf(":");
  return [formDecoded(joined.slice(0, colon)), formDecoded(joined.slice(colon + 1))];
}

const formDecoded = (text: string) => new URLSearchParams(`v=${text.replaceAll("&", "%26")}`).get("v") ?? "";
