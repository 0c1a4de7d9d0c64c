import "server-only";
import type { Ctx, Origin, Principal, Standing } from "@/lib/kernel/ctx";
import { type Db, db, type Tx } from "@/lib/kernel/db";
import { AppError, type ErrorCode, type RateLimitState } from "@/lib/kernel/errors";
import { writeEvent } from "@/lib/kernel/events";
import { digestOf, SECRET_PATTERN, secretKind } from "@/lib/kernel/secrets";
import { NOUN, refusalOf } from "@/lib/verification/decide";
import { findCredential, type FoundCredential } from "@/lib/verification/find-credential";
import { findLogin, type FoundLogin, markFirstUse } from "@/lib/verification/find-login";
import { countRequest } from "@/lib/verification/rate-limit";
import { recordUse } from "./record-use";
import { sessionIdOf } from "./session-cookie";
import { findSession, requireSession } from "./sessions";

const QUERY_CREDENTIALS = new Set(["access_token", "api_key", "apikey", "authorization", "key", "token"]);

/** How many refusals of one key by network are recorded. */
const RECORDED_REFUSALS = { requests: 10, seconds: 60 };

export type RequestCtx = Ctx & { rateLimit?: RateLimitState };

/**
 * Who sends this request: by the Authorization header if it is present, else by the session cookie.
 * Throws 400 for more than one credential or one in the query string, 401 with a challenge for none
 * or one that is not accepted, 403 from a network the key does not allow, 429 over its limit.
 */
export async function authenticate(headers: Headers, url: URL, origin: Origin): Promise<RequestCtx> {
  refuseQueryCredentials(url);
  const authorization = headers.get("authorization");
  if (authorization === null) return authenticateCookie(headers, origin);
  const match = /^([a-z]+) +(\S+)$/i.exec(authorization.trim());
  if (!match) {
    throw new AppError(
      "ambiguous_credentials",
      "Send one credential: `Authorization: apikey <key>` or `Authorization: bearer <token>`.",
    );
  }
  const [, scheme, value] = match as unknown as [string, string, string];
  switch (scheme.toLowerCase()) {
    case "apikey":
      return authenticateCredential("apikey", value, origin);
    case "bearer":
      return authenticateBearer(value, origin);
    default:
      throw new AppError("unauthenticated", `The scheme ${scheme} is not known here; use apikey or bearer.`);
  }
}

async function authenticateCookie(headers: Headers, origin: Origin): Promise<Ctx> {
  const sessionId = await sessionIdOf(headers);
  if (!sessionId) throw new AppError("unauthenticated", "Sign in, or send a credential in the Authorization header.");
  return withOrigin(origin, await requireSession(db(), sessionId), (tx) => requireSession(tx, sessionId));
}

function authenticateBearer(value: string, origin: Origin): Promise<RequestCtx> {
  switch (secretKind(value)) {
    case "session":
      return authenticateSession(value, origin);
    case "login_access":
      return authenticateLogin(value, origin);
    default:
      return authenticateCredential("Bearer", value, origin);
  }
}

/** A login token: what its person holds at this moment, within what its app may. */
async function authenticateLogin(value: string, origin: Origin): Promise<Ctx> {
  const digest = digestOf(value);
  const require = (found: FoundLogin | undefined) => {
    if (!found) throw refused("Bearer", "credential_unknown", "No login token has this value.");
    if (found.refusal) throw refused("Bearer", found.refusal.code, found.refusal.detail);
    return found;
  };
  const found = await findLogin(db(), digest);
  if (found) recordUse(found.standing, origin, found.refusal?.code);
  const { standing, pair } = require(found);
  if (!pair.isUsed && !(await markFirstUse(db(), pair))) {
    throw refused("Bearer", "credential_revoked", "This login token has ended.");
  }
  return withOrigin(origin, standing, async (tx) => require(await findLogin(tx, digest)).standing);
}

/** The session of an API login, by its bearer value. It decides as a browser's does, by its row on every request. */
async function authenticateSession(value: string, origin: Origin): Promise<Ctx> {
  const sessionId = await findSession(db(), digestOf(value));
  if (!sessionId) throw refused("Bearer", "credential_unknown", "No session has this value.");
  const require = (client: Db | Tx) =>
    requireSession(client, sessionId).catch((ended: unknown) => {
      throw ended instanceof AppError ? refused("Bearer", ended.code, ended.message) : ended;
    });
  return withOrigin(origin, await require(db()), require);
}

type Scheme = "apikey" | "Bearer";

const KIND = { apikey: "api_key", Bearer: "access_token" } as const;
const OTHER = {
  apikey: "An access token or session is sent as `Authorization: bearer <token>`.",
  Bearer: "An API key is sent as `Authorization: apikey <key>`.",
};

async function authenticateCredential(scheme: Scheme, value: string, origin: Origin): Promise<RequestCtx> {
  const kind = KIND[scheme];
  if (secretKind(value) !== kind) {
    const detail = `This is no ${NOUN[kind]} of this product, or a character of it is wrong. ${OTHER[scheme]}`;
    throw refused(scheme, "credential_malformed", detail);
  }
  const digest = digestOf(value);
  const found = await findCredential(db(), digest);
  await recordForeignNetwork(origin, found);
  const refusal = found && refusalOf(found.facts, found.standing.now, origin.ip);
  if (refusal) recordUse(found.standing, origin, refusal.code);
  const { standing, rateLimit: limit } = requireAccepted(scheme, found, origin);
  const ctx: RequestCtx = withOrigin(
    origin,
    standing,
    async (tx) => requireAccepted(scheme, await findCredential(tx, digest), origin).standing,
  );
  const counted = limit && (await countRequest(standing.principal.id, limit));
  recordUse(standing, origin, counted?.isExceeded ? "too_many_requests" : undefined);
  if (counted) ctx.rateLimit = requireRate(counted, NOUN[kind]);
  return ctx;
}

function requireAccepted(scheme: Scheme, found: FoundCredential | undefined, origin: Origin): FoundCredential {
  if (!found) throw refused(scheme, "credential_unknown", `No ${NOUN[KIND[scheme]]} has this value.`);
  const refusal = refusalOf(found.facts, found.standing.now, origin.ip);
  if (refusal) throw refused(scheme, refusal.code, refusal.detail);
  return found;
}

function requireRate(rateLimit: RateLimitState & { isExceeded: boolean }, noun: string): RateLimitState {
  if (!rateLimit.isExceeded) return rateLimit;
  const { requests, seconds, resetSeconds: retryAfterSeconds } = rateLimit;
  const detail = `This ${noun} may make ${requests} requests per ${seconds} seconds.`;
  throw new AppError("too_many_requests", detail, { retryAfterSeconds, rateLimit });
}

/**
 * A key that is known but used from elsewhere may have leaked: the attempt is recorded, and a flood
 * of them is not, which would bury the trail. Its own limit is its callers', so these count apart.
 */
async function recordForeignNetwork(origin: Origin, found: FoundCredential | undefined): Promise<void> {
  if (!found) return;
  const { principal, organizationId, now } = found.standing;
  const refusal = refusalOf(found.facts, now, origin.ip);
  if (refusal?.code !== "network_not_allowed") return;
  if ((await countRequest(`refusals of ${principal.id}`, RECORDED_REFUSALS)).isExceeded) return;
  await writeEvent(
    db(),
    { ...origin, principal, organizationId },
    { action: "access.refused", target: { id: null, name: "network" }, outcome: "denied", reason: refusal.detail },
  );
}

function withOrigin<P extends Principal>(
  origin: Origin,
  standing: Standing<P>,
  recheck: (tx: Tx) => Promise<Standing>,
): Ctx {
  return { ...origin, ...standing, recheck };
}

/** A bearer value that opens nothing, said the way RFC 6750 has it. */
export const bearerRefused = (code: ErrorCode, detail: string) => refused("Bearer", code, detail);

function refused(scheme: Scheme, code: ErrorCode, detail: string): AppError {
  const description = detail.replace(/["\\]/g, "");
  return new AppError(code, detail, {
    challenge: `${scheme} realm="latchkey", error="invalid_token", error_description="${description}"`,
  });
}

/** A credential in a URL ends up in logs and histories, so it is refused, by name and by form. */
export function refuseQueryCredentials(url: URL): void {
  for (const [key, value] of url.searchParams) {
    if (QUERY_CREDENTIALS.has(key.toLowerCase()) || value.match(SECRET_PATTERN)) {
      throw new AppError(
        "ambiguous_credentials",
        "A credential never goes into the query string; send it in the Authorization header.",
      );
    }
  }
}
