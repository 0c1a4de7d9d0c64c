import "server-only";
import type { IncomingHttpHeaders } from "node:http";
import { isSentAs, recordForeignNetwork } from "@/lib/auth/authenticate";
import { readAuthorization, refusalError } from "@/lib/auth/authorization";
import type { Origin } from "@/lib/kernel/ctx";
import { AppError } from "@/lib/kernel/errors";
import { formOf } from "@/lib/kernel/ids";
import { SECRET_PATTERN, secretKind } from "@/lib/kernel/secrets";
import { after } from "@/lib/kernel/soon";
import { ACCOUNT_NAME } from "@/lib/kernel/text";
import { check, type Question, type Verdict } from "@/lib/verification/check";
import { OWN } from "@/lib/verification/decide";
import { isChecked } from "@/lib/verification/find";
import { PermissionNames } from "@/lib/verification/schema";
import { rateLimitHeaders } from "@/lib/http/problem";
import { answerer, type Inquiry } from "./answer";
import { credentialHeaders } from "./credential-headers";

/** Where a proxy puts the address that it was asked for. */
const ADDRESSES = ["x-original-uri", "x-original-url", "x-forwarded-uri"] as const;

/**
 * Forward authentication: whether the request that a proxy holds may pass, by its Authorization header and what
 * the proxy says it needs. 200 with headers about the credential, else 401, 403 or 429. No cookie and no body is
 * looked at.
 */
export const checkForward = answerer(({ target, headers, origin }) => {
  const { authorization } = headers;
  requireCleanAddress(target, headers);
  if (authorization === undefined) {
    throw new AppError("unauthenticated", "Send a credential in the Authorization header.");
  }
  const { scheme, value } = readAuthorization(authorization);
  const asked = questionIn(headers, origin);
  const kind = secretKind(value);
  return after(isChecked(kind) && isSentAs(scheme, kind) ? check(value, asked) : MALFORMED, (verdict) => {
    if (verdict.code !== "VALID") {
      return after(verdict.found && recordForeignNetwork(origin, verdict.found, verdict), () => {
        throw refusalError(scheme, verdict, asked.permissions?.names.join(" "));
      });
    }
    const { found, rateLimit } = verdict;
    const told = credentialHeaders(found, asked.instanceId);
    return { status: 200, headers: rateLimit ? { ...told, ...rateLimitHeaders(rateLimit) } : told, body: "" };
  });
});

const MALFORMED: Verdict = {
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

const ORGANIZATION_ID = formOf("organization");
const INSTANCE_ID = formOf("instance");

/** A misspelt name would ask for nothing and let everybody pass who has a credential. */
function requireKnown(headers: IncomingHttpHeaders): void {
  for (const name in headers) {
    if (name.startsWith("x-required-") && name !== "x-required-permission") {
      throw new AppError("bad_request", `The header ${name} is not known here: X-Required-Permission is.`);
    }
  }
}

function questionIn(headers: IncomingHttpHeaders, { ip, userAgent }: Origin): Question {
  requireKnown(headers);
  const required = textOf(headers["x-required-permission"]);
  const names = required === undefined ? undefined : namesIn(required);
  const organization = textOf(headers["x-organization"]);
  if (organization !== undefined && !ACCOUNT_NAME.test(organization) && !ORGANIZATION_ID.test(organization)) {
    throw new AppError("bad_request", "X-Organization takes the id or the account name of an organization.");
  }
  const instanceId = textOf(headers["x-instance"]);
  if (instanceId !== undefined && !INSTANCE_ID.test(instanceId)) {
    throw new AppError("bad_request", "X-Instance takes the id of an instance, which starts with 8-.");
  }
  return {
    organization: organization ?? OWN,
    permissions: names && { of: "all", names },
    instanceId,
    ip,
    userAgent,
  };
}

/** A refusal names them twice in one header, and proxies refuse answers with long ones. */
const REQUIRED_AT_MOST = 1_000;

/** Throws `bad_request` for a list that names none: it would let everybody pass who has a credential. */
function namesIn(list: string): string[] {
  const names = PermissionNames.safeParse(list.split(/[ ,]+/).filter(Boolean));
  if (names.success && list.length <= REQUIRED_AT_MOST) return names.data;
  throw new AppError(
    "bad_request",
    `X-Required-Permission takes permissions such as content:publish, in ${REQUIRED_AT_MOST} characters at most.`,
  );
}

/** An empty header is none: that is how a proxy's configuration leaves one out. */
const textOf = (header: Inquiry["headers"][string]) =>
  header === undefined || header === "" ? undefined : String(header);
