import { type Decision, type Latchkey, type Needs, type Principal, VerificationUnavailable } from "./latchkey";
import { type PermissionNeed, permissionsOf } from "./permission";

/** How a request is answered that is not let in: RFC 6750 for the header, RFC 9457 for the body. */
export interface Refusal {
  status: 401 | 403 | 429 | 503;
  headers: Record<string, string>;
  body: { title: string; status: number; code: string; detail: string };
}

export type Outcome = { principal: Principal; refusal?: never } | { refusal: Refusal };

const FORBIDDEN = ["INSUFFICIENT_PERMISSIONS", "WRONG_INSTANCE", "IP_NOT_ALLOWED"];

/** Reads the Authorization header and decides. When no decision can be had, the request is refused. */
export async function admit(latchkey: Latchkey, authorization: string | undefined, needs: Needs): Promise<Outcome> {
  const { scheme, credential } =
    /^(?<scheme>apikey|bearer) +(?<credential>\S+)$/i.exec(authorization ?? "")?.groups ?? {};
  if (!scheme || !credential) return { refusal: NO_CREDENTIAL };
  try {
    const decision = await latchkey.verifyCredential(credential, needs);
    const sentAs = scheme.toLowerCase() === "bearer" ? "Bearer" : "apikey";
    const { valid, principal } = decision;
    if (!valid || !principal) return { refusal: refusalOf(decision, sentAs, needs.permission) };
    if (schemeOf(principal) !== sentAs) return { refusal: refusalOf(WRONG_SCHEME, sentAs, undefined) };
    return { principal };
  } catch (error) {
    if (!(error instanceof VerificationUnavailable)) throw error;
    console.error(error);
    const detail = "The credential cannot be checked at the moment.";
    const headers = { "retry-after": String(error.retryAfterSeconds) };
    return { refusal: refuse(503, "UNAVAILABLE", detail, headers) };
  }
}

const NO_CREDENTIAL = refuse(
  401,
  "NO_CREDENTIAL",
  "Send `Authorization: apikey <key>` or `Authorization: Bearer <token>`.",
  {
    "www-authenticate": 'apikey realm="api", Bearer realm="api"',
  },
);

const schemeOf = ({ kind }: Principal) => (kind === "api_key" ? "apikey" : "Bearer");

const WRONG_SCHEME = {
  valid: false,
  code: "MALFORMED",
  detail: "An API key is sent as apikey, every other credential as Bearer.",
};

function refusalOf(decision: Decision, scheme: string, permission: PermissionNeed | undefined): Refusal {
  const { code, detail, rateLimit } = decision;
  if (code === "RATE_LIMITED") {
    return refuse(429, code, detail, { "retry-after": String(rateLimit?.resetSeconds ?? 1) });
  }
  const isForbidden = FORBIDDEN.includes(code);
  const parameters = {
    realm: "api",
    error: isForbidden ? "insufficient_scope" : "invalid_token",
    error_description: detail,
    scope: isForbidden && permission ? permissionsOf(permission).join(" ") : undefined,
  };
  return refuse(isForbidden ? 403 : 401, code, detail, { "www-authenticate": `${scheme} ${quoted(parameters)}` });
}

/** Values may hold printable ASCII but no quotes or backslashes (RFC 6750, 3). */
const quoted = (parameters: Record<string, string | undefined>) =>
  Object.entries(parameters)
    .filter(([, value]) => value)
    .map(([name, value]) => `${name}="${value?.replace(/[^ !#-[\]-~]/g, "?")}"`)
    .join(", ");

function refuse(status: Refusal["status"], code: string, detail: string, headers: Record<string, string>): Refusal {
  const title = { 401: "Unauthorized", 403: "Forbidden", 429: "Too many requests", 503: "Service unavailable" }[status];
  return {
    status,
    headers: { ...headers, "content-type": "application/problem+json", "cache-control": "no-store" },
    body: { title, status, code, detail },
  };
}
