import "server-only";
import type { IncomingHttpHeaders } from "node:http";
import { isSentAs } from "@/lib/auth/authenticate";
import { challengeOf, readAuthorization, type Scheme } from "@/lib/auth/authorization";
import { AppError } from "@/lib/kernel/errors";
import { SECRET_PATTERN, secretKind } from "@/lib/kernel/secrets";
import { check } from "@/lib/verification/check";
import { type Asked, OWN, type Refusal, VERDICTS } from "@/lib/verification/decide";
import { isChecked } from "@/lib/verification/find";
import { rateLimitHeaders } from "@/lib/http/problem";
import { type Answer, answerer, type Inquiry, NOT_KEPT, problem } from "./answer";
import { credentialHeaders } from "./credential-headers";

/** Where a proxy puts the address that it was asked for. */
const ADDRESSES = ["x-original-uri", "x-original-url", "x-forwarded-uri"] as const;

/**
 * Forward authentication: whether the request that a proxy holds may pass, by its Authorization header and what
 * the proxy says it needs. 200 with headers about the credential, else 401, 403 or 429. No cookie and no body is
 * looked at.
 */
export const checkForward = answerer(async ({ target, headers, origin }) => {
  const { authorization } = headers;
  requireCleanAddress(target, headers);
  if (authorization === undefined) {
    throw new AppError("unauthenticated", "Send a credential in the Authorization header.");
  }
  const { scheme, value } = readAuthorization(authorization);
  const asked = askedIn(headers);
  const kind = secretKind(value);
  const verdict = isChecked(kind) && isSentAs(scheme, kind) ? await check(value, { ...asked, ...origin }) : MALFORMED;
  if (verdict.code !== "VALID") return refusalAnswer(scheme, verdict, asked, origin.requestId);
  const { found, rateLimit } = verdict;
  return {
    status: 200,
    headers: {
      ...NOT_KEPT,
      ...credentialHeaders(found, asked.instanceId),
      ...(rateLimit && rateLimitHeaders(rateLimit)),
    },
    body: "",
  };
});

const MALFORMED: Refusal = {
  code: "MALFORMED",
  detail: "This is no credential of this product for this scheme, or a character of it is wrong.",
};

/** An address ends up in logs and histories: a credential in it counts as leaked, whatever the header says. */
function requireCleanAddress(target: string, headers: IncomingHttpHeaders): void {
  for (const address of [target, ...ADDRESSES.map((name) => headers[name])]) {
    if (address !== undefined && String(address).match(SECRET_PATTERN)) {
      throw new AppError("ambiguous_credentials", "A credential never goes into an address; it counts as leaked now.");
    }
  }
}

function askedIn(headers: IncomingHttpHeaders): Asked {
  const names = textOf(headers["x-required-permission"])?.split(/[ ,]+/).filter(Boolean);
  const instanceId = textOf(headers["x-instance"]);
  return {
    organization: textOf(headers["x-organization"]) ?? OWN,
    ...(names && { permissions: { of: "all", names } }),
    ...(instanceId !== undefined && { instanceId }),
  };
}

/** An empty header is none: that is how a proxy's configuration leaves one out. */
const textOf = (header: Inquiry["headers"][string]) =>
  header === undefined || header === "" ? undefined : String(header);

function refusalAnswer(scheme: Scheme, refusal: Refusal, { permissions }: Asked, requestId: string): Answer {
  const { code, detail, missingPermissions, rateLimit } = refusal;
  const details = {
    ...(missingPermissions && { missingPermissions }),
    ...(rateLimit && { rateLimit, retryAfterSeconds: rateLimit.resetSeconds }),
  };
  const error = new AppError(VERDICTS[code], detail, details);
  const answer = problem(error, requestId);
  const scope = permissions?.names.join(" ");
  const challenge =
    error.status === 403
      ? { error: "insufficient_scope", error_description: detail, ...(scope !== undefined && { scope }) }
      : { error: "invalid_token", error_description: detail };
  return error.status === 429
    ? answer
    : { ...answer, headers: { ...answer.headers, "www-authenticate": challengeOf(scheme, challenge) } };
}
