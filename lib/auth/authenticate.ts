import "server-only";
import type { Ctx, Origin } from "@/lib/kernel/ctx";
import { db, type Tx } from "@/lib/kernel/db";
import { AppError, type ErrorCode, type RateLimitState } from "@/lib/kernel/errors";
import { writeEvent } from "@/lib/kernel/events";
import { digestOf, SECRET_PATTERN, secretKind } from "@/lib/kernel/secrets";
import { overRate, type Refusal, refusalOf, type VerdictCode } from "@/lib/verification/decide";
import type { Digest } from "@/lib/verification/digests";
import { CHECKED, type CheckedKind, findAll, findPresented, isChecked, NOUN } from "@/lib/verification/find";
import { markFirstUse } from "@/lib/verification/find-login";
import type { Found } from "@/lib/verification/found";
import { countRequest } from "@/lib/verification/rate-limit";
import { recordUse } from "@/lib/verification/record-use";
import { inTurn } from "@/lib/verification/turns";
import { challengeOf, readAuthorization, refusalError, type Scheme } from "./authorization";
import { sessionIdOf } from "./session-cookie";
import { requireSession, SESSION_ENDED } from "./sessions";

const QUERY_CREDENTIALS = new Set(["access_token", "api_key", "apikey", "authorization", "key", "token"]);

/** How many refusals of one caller are recorded. */
const RECORDED_REFUSALS = { requests: 10, seconds: 60 };

export type RequestCtx = Ctx & { rateLimit?: RateLimitState };

/**
 * Who sends this request: by the Authorization header if it is present, else by the session cookie.
 * Throws 400 for more than one credential or one in the query string, 401 with a challenge for none
 * or one that is not accepted, 403 from a network the key does not allow, 429 over its limit, `busy` when too many
 * values are looked up.
 */
export async function authenticate(headers: Headers, url: URL, origin: Origin): Promise<RequestCtx> {
  refuseQueryCredentials(url);
  const authorization = headers.get("authorization");
  if (authorization === null) return authenticateCookie(headers, origin);
  const { scheme, value } = readAuthorization(authorization);
  return authenticateValue(scheme, value, origin);
}

async function authenticateCookie(headers: Headers, origin: Origin): Promise<Ctx> {
  const sessionId = await sessionIdOf(headers);
  if (!sessionId) throw new AppError("unauthenticated", "Sign in, or send a credential in the Authorization header.");
  return { ...origin, ...(await requireSession(db(), sessionId)), recheck: (tx) => requireSession(tx, sessionId) };
}

const WRONG_VALUE = {
  apikey:
    "This is no API key of this product, or a character of it is wrong. An access token or session is sent as `Authorization: bearer <token>`.",
  Bearer:
    "This is no access token of this product, or a character of it is wrong. An API key is sent as `Authorization: apikey <key>`.",
};

export const isSentAs = (scheme: Scheme, kind: CheckedKind) => (scheme === "apikey") === (kind === "api_key");

/** Anybody may make up a value: those that come at once are looked up together, and so many at most. */
const FIND = Object.fromEntries(
  CHECKED.map((kind) => [kind, (digests: readonly Digest[]) => findAll(db(), kind, digests)]),
) as Record<CheckedKind, (digests: readonly Digest[]) => Promise<(Found | undefined)[]>>;

async function authenticateValue(scheme: Scheme, value: string, origin: Origin): Promise<RequestCtx> {
  const kind = secretKind(value);
  if (!isChecked(kind) || !isSentAs(scheme, kind)) {
    throw refused(scheme, "credential_malformed", WRONG_VALUE[scheme]);
  }
  const digest = digestOf(value);
  const require = async (found: Found | undefined, onRefusal?: (found: Found, refusal: Refusal) => Promise<void>) => {
    if (!found) throw refused(scheme, "credential_unknown", `No ${NOUN[kind]} has this value.`);
    const refusal = refusalOf(found.facts, found.standing.now.getTime(), origin.ip);
    if (!refusal) return found;
    await onRefusal?.(found, refusal);
    throw errorOf(scheme, kind, refusal);
  };
  const {
    standing,
    unusedPair,
    rateLimit: limit,
  } = await require(await inTurn(FIND[kind], digest), async (found, refusal) => {
    count(origin, found, refusal.code);
    await recordForeignNetwork(origin, found, refusal);
  });
  if (unusedPair && !(await markFirstUse(db(), unusedPair))) {
    throw refused(scheme, "credential_revoked", "This login token has ended.");
  }
  const recheck = async (tx: Tx) => (await require(await findPresented(tx, kind, digest))).standing;
  const ctx: RequestCtx = { ...origin, ...standing, recheck };
  const rateLimit = limit && (await countRequest(standing.principal.id, limit));
  count(origin, { standing }, rateLimit?.isExceeded ? "RATE_LIMITED" : "VALID");
  if (rateLimit) ctx.rateLimit = requireRate(scheme, kind, rateLimit);
  return ctx;
}

const count = (
  { ip, userAgent }: Origin,
  { standing: { principal, organizationId, now } }: Pick<Found, "standing">,
  outcome: VerdictCode,
) => recordUse({ principal, organizationId, outcome, ip, userAgent, at: now.getTime() });

/** A person is told that their session has ended, whatever ended it. */
function errorOf(scheme: Scheme, kind: CheckedKind, refusal: Refusal): AppError {
  if (kind === "session") return refused(scheme, "session_ended", SESSION_ENDED);
  return refusalError(scheme, refusal);
}

/** Throws `too_many_requests` with the limit that was exceeded. */
export function requireRate(
  scheme: Scheme,
  kind: CheckedKind,
  rateLimit: RateLimitState & { isExceeded: boolean },
): RateLimitState {
  if (rateLimit.isExceeded) throw refusalError(scheme, overRate(NOUN[kind], rateLimit));
  return rateLimit;
}

/** A credential that is known but used from elsewhere may have leaked: the attempt is recorded. */
export async function recordForeignNetwork(
  origin: Origin,
  { standing }: Pick<Found, "standing">,
  { code, detail: reason }: Pick<Refusal, "code" | "detail">,
): Promise<void> {
  if (code !== "IP_NOT_ALLOWED") return;
  const { principal, organizationId } = standing;
  if (!(await isRecorded(principal.id))) return;
  await writeEvent(
    db(),
    { ...origin, principal, organizationId },
    { action: "access.refused", target: { id: null, name: "network" }, outcome: "denied", reason },
  );
}

/**
 * Whether one more refusal of this caller is recorded: a flood of them would bury the trail. Its own limit is its
 * callers', so these count apart.
 */
export const isRecorded = async (callerId: string | null): Promise<boolean> =>
  !(await countRequest(`refusals of ${callerId ?? "system"}`, RECORDED_REFUSALS)).isExceeded;

/** A bearer value that opens nothing, said the way RFC 6750 has it. */
export const bearerRefused = (code: ErrorCode, detail: string) => refused("Bearer", code, detail);

function refused(scheme: Scheme, code: ErrorCode, detail: string): AppError {
  const challenge = challengeOf(scheme, { error: "invalid_token", error_description: detail });
  return new AppError(code, detail, { challenge });
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
