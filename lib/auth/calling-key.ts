import "server-only";
import { refuse } from "@/lib/kernel/authority";
import type { Origin } from "@/lib/kernel/ctx";
import { AppError } from "@/lib/kernel/errors";
import { secretKind } from "@/lib/kernel/secrets";
import { after, type Soon } from "@/lib/kernel/soon";
import { type Accepted, check, type Verdict } from "@/lib/verification/check";
import { authenticate, isRecorded, recordForeignNetwork, type RequestCtx } from "./authenticate";
import { challengeOf, refusalError } from "./authorization";

/** The service that asks about the credentials it is shown. */
export type Caller = Pick<RequestCtx, "organizationId" | "rateLimit"> & { id: string };

/**
 * The API key that sends this request, from memory where that may be used. No cookie is looked at. Throws as
 * `authenticate` does, and `forbidden` (recorded, but no flood of it) for what is no API key.
 */
export function requireCallingKey(authorization: string | undefined, origin: Origin): Soon<Caller> {
  const value = /^apikey +(\S+)$/i.exec(authorization ?? "")?.[1];
  if (value === undefined || secretKind(value) !== "api_key") return refuseOther(authorization, origin);
  return after(checkKey(value, origin), (verdict) => {
    if (verdict.code === "VALID") return callerOf(verdict);
    throw refusalError("apikey", verdict);
  });
}

/** Whether the caller's own key is accepted. An attempt with it from a network that it does not allow is recorded. */
const checkKey = (value: string, origin: Origin): Soon<Verdict> =>
  after(check(value, origin), (verdict) =>
    verdict.code !== "VALID" && verdict.found
      ? recordForeignNetwork(origin, verdict.found, verdict).then(() => verdict)
      : verdict,
  );

/** Says of whatever else is sent what is wrong with it, as everywhere. */
async function refuseOther(authorization: string | undefined, origin: Origin): Promise<never> {
  const headers = new Headers(authorization === undefined ? {} : { authorization });
  const ctx = await authenticate(headers, new URL("http://localhost/"), origin);
  const detail = "Only an API key may ask about other credentials.";
  if (await isRecorded(ctx.principal.id)) return refuse(ctx, "keys", detail);
  throw new AppError("forbidden", detail);
}

/**
 * The same by HTTP Basic: the id of the key or of its app, and the key as its secret (RFC 6749, 2.3.1). Throws
 * `too_many_requests` over the key's limit, and `credential_unknown` for all else that is wrong.
 */
export async function requireBasicKey(authorization: string, origin: Origin): Promise<Caller> {
  const [id, secret] = credentialsIn(authorization);
  // What is no key is not looked at: that would count as its use.
  const verdict = secretKind(secret) === "api_key" ? await checkKey(secret, origin) : undefined;
  const principal = verdict?.found?.standing.principal;
  if (verdict?.code === "VALID" && principal?.kind === "api_key" && [principal.id, principal.appId].includes(id)) {
    return callerOf(verdict);
  }
  if (verdict?.code === "RATE_LIMITED") throw refusalError("apikey", verdict);
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
