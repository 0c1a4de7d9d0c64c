import type { AppError, RateLimitState } from "@/lib/kernel/errors";

/**
 * The error body of the API: a problem (RFC 9457) that the clients of both vendors understand too.
 * Send it as `application/problem+json`.
 */
export function problemBody(error: AppError, requestId: string) {
  return {
    type: `/problems/${error.code}`,
    title: error.title,
    status: error.status,
    detail: error.message,
    code: error.code,
    requestId,
    errors: error.details.errors,
    missingPermissions: error.details.missingPermissions,
    holders: error.details.holders,
    namedBy: error.details.namedBy,
    _meta: { timestamp: new Date().toISOString() },
    data: {},
    // One vendor's 404 has only a message.
    error: error.status === 404 ? undefined : `${error.title}: ${error.message}`,
    message: error.message,
  };
}

const ANY_SCHEME = 'apikey realm="latchkey", Bearer realm="latchkey"';

/** The headers that belong to an error: how to authenticate (RFC 9110, 11.6.1) and when to try again. */
export function problemHeaders(error: AppError): Record<string, string> {
  const headers: Record<string, string> = {};
  const { challenge = error.status === 401 ? ANY_SCHEME : undefined, rateLimit, retryAfterSeconds } = error.details;
  if (challenge !== undefined) headers["www-authenticate"] = challenge;
  if (retryAfterSeconds !== undefined) headers["retry-after"] = String(retryAfterSeconds);
  return { ...headers, ...(rateLimit && rateLimitHeaders(rateLimit)) };
}

/** A limit and how much of it is left, as the vendor's clients read it. */
export function rateLimitHeaders(limit: RateLimitState): Record<string, string> {
  return {
    "organization-ratelimit-limit": `${limit.requests};w=${limit.seconds};b=${limit.requests}`,
    "ratelimit-remaining": String(limit.remaining),
    "ratelimit-reset": String(limit.resetSeconds),
  };
}
