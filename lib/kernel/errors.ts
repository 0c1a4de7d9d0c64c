/** Every error a client can be answered with: its code, HTTP status and title. One page explains each. */
export const ERRORS = {
  bad_request: [400, "Bad request"],
  malformed_id: [400, "Malformed id"],
  ambiguous_credentials: [400, "Ambiguous credentials"],
  unauthenticated: [401, "Authentication required"],
  credential_malformed: [401, "Malformed credential"],
  credential_unknown: [401, "Unknown credential"],
  credential_revoked: [401, "Revoked credential"],
  credential_expired: [401, "Expired credential"],
  credential_disabled: [401, "Disabled credential"],
  credential_not_yet_valid: [401, "Credential not valid yet"],
  session_ended: [401, "Session ended"],
  wrong_password: [401, "Wrong password"],
  forbidden: [403, "Not allowed"],
  login_refused: [401, "Login refused"],
  network_not_allowed: [403, "Network not allowed"],
  foreign_origin: [403, "Foreign origin"],
  locked: [403, "Locked"],
  link_not_valid: [404, "Link not valid"],
  not_found: [404, "Not found"],
  method_not_allowed: [405, "Method not allowed"],
  request_timeout: [408, "Request timeout"],
  conflict: [409, "Conflict"],
  challenge_expired: [410, "Sign-in expired"],
  reauthentication_required: [412, "Confirm it is you"],
  body_too_large: [413, "Body too large"],
  unsupported_media_type: [415, "Unsupported media type"],
  misdirected: [421, "Misdirected request"],
  invalid_input: [422, "Invalid input"],
  idempotency_mismatch: [422, "Idempotency key reused"],
  too_many_requests: [429, "Too many requests"],
  internal: [500, "Internal error"],
  store_unavailable: [503, "Store unavailable"],
  busy: [503, "Busy"],
} as const satisfies Record<string, readonly [status: number, title: string]>;

export type ErrorCode = keyof typeof ERRORS;

/** A request limit of a credential: requests per window of seconds, what is left, seconds until it starts anew. */
export interface RateLimitState {
  requests: number;
  seconds: number;
  remaining: number;
  resetSeconds: number;
}

export interface ErrorDetails {
  /** One entry per wrong field; the pointer is a JSON pointer into the body or `?name` for a query key. */
  errors?: { pointer: string; detail: string }[];
  missingPermissions?: string[];
  /** What names the resource that cannot be deleted. */
  namedBy?: { kind: "role" | "app"; ZUID: string; name: string }[];
  /** Who and what holds the role that cannot be deleted. */
  holders?: { kind: "user" | "access_token"; ZUID: string; name: string }[];
  retryAfterSeconds?: number;
  /** The WWW-Authenticate value of a 401, when it says more than which schemes there are. */
  challenge?: string;
  /** The limit that was exceeded, for its headers. */
  rateLimit?: RateLimitState;
}

/** An answer for the client. Throw it anywhere; the edge renders it in the envelope of the surface. */
export class AppError extends Error {
  override readonly name = "AppError";
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, detail: string, details: ErrorDetails = {}, options?: ErrorOptions) {
    super(detail, options);
    this.code = code;
    this.details = details;
  }

  get status(): number {
    return ERRORS[this.code][0];
  }

  get title(): string {
    return ERRORS[this.code][1];
  }
}

/** Absent and not yours look the same to the caller. */
export const notFound = (what: string) => new AppError("not_found", `No ${what} with this id.`);

const UNTOUCHED = "Nothing was changed; try again.";
const UNKNOWN = "The change may have been made; look before you try again.";

/** What the client is told about an error of the store: by SQLSTATE or its class, else by Prisma's own code. */
const STORE_ERRORS: Record<string, readonly [ErrorCode, string]> = {
  "08": ["store_unavailable", `The connection to the database was lost. ${UNKNOWN}`],
  "22": ["invalid_input", "A value cannot be stored: it is out of range or holds characters that text cannot have."],
  "23": ["conflict", "It refers to an object that does not exist, or is still in use by another one."],
  "23502": ["invalid_input", "A value is missing."],
  "23505": ["conflict", "Another object already has this value."],
  "23514": ["invalid_input", "A value is outside what is allowed, or does not fit another one."],
  "25006": ["store_unavailable", `The database accepts no changes at the moment. ${UNTOUCHED}`],
  "25P03": ["store_unavailable", `The change took too long. ${UNTOUCHED}`],
  "40": ["store_unavailable", `The change collided with another one. ${UNTOUCHED}`],
  "53": ["store_unavailable", `The database has no room or no connection left. ${UNTOUCHED}`],
  "54": ["invalid_input", "A value is too long."],
  "55P03": ["store_unavailable", `Another change is still under way. ${UNTOUCHED}`],
  "57": ["store_unavailable", `The database stopped answering. ${UNKNOWN}`],
  "57014": ["store_unavailable", `The database took too long. ${UNTOUCHED}`],
  "58": ["store_unavailable", `The database cannot reach its files. ${UNKNOWN}`],
  P1: ["store_unavailable", `The connection to the database was lost. ${UNKNOWN}`],
  P1001: ["store_unavailable", `The database cannot be reached. ${UNTOUCHED}`],
  P2002: ["conflict", "Another object already has this value."],
  P2024: ["store_unavailable", `No database connection was free in time. ${UNTOUCHED}`],
  P2025: ["not_found", "No such object."],
  P2028: ["store_unavailable", `The change could not start or finish in time. ${UNTOUCHED}`],
  P2034: ["store_unavailable", `The change collided with another one. ${UNTOUCHED}`],
};

// What node-postgres and PGlite throw has no code, or the one of the socket, and reaches us as it is.
const NOT_REACHED =
  /^(connect |getaddrinfo |timeout exceeded when trying to connect|Connection terminated due to connection timeout|Cannot use a pool after|Client (was|has)|PGlite is clos)/;
// PGlite says so to a statement whose transaction was rolled back meanwhile, for having taken too long.
const TOO_LATE = /^Transaction is closed$/;
const NOT_ANSWERED = /^(Query read timeout|Connection terminated|(read|write) E[A-Z]+$)/;

/**
 * Turns anything thrown below the edge into the one error the client is answered with. Prisma's
 * errors are known by name and code: both bundles carry their own copy of its classes.
 */
export function toAppError(thrown: unknown): AppError {
  if (isAppError(thrown)) return thrown;
  const [code, detail] = storeError(thrown) ?? [
    "internal",
    "Something went wrong on our side. The request id finds it in the log.",
  ];
  return new AppError(code, detail, code === "store_unavailable" ? { retryAfterSeconds: 2 } : {}, { cause: thrown });
}

const isAppError = (thrown: unknown): thrown is AppError => thrown instanceof Error && thrown.name === "AppError";

interface AdapterError {
  cause?: { originalCode?: string };
}

function storeError(thrown: unknown): readonly [ErrorCode, string] | undefined {
  if (!(thrown instanceof Error)) return undefined;
  if (thrown.name === "PrismaClientValidationError") return STORE_ERRORS["22"];
  if (thrown.name === "PrismaClientInitializationError") return STORE_ERRORS.P1001;
  if (thrown.name === "PrismaClientKnownRequestError") {
    const { code, meta } = thrown as { code?: string; meta?: { driverAdapterError?: AdapterError } };
    return reportedError(meta?.driverAdapterError?.cause?.originalCode ?? code ?? "");
  }
  // What COMMIT fails with is not wrapped: a collision, or a wait in a trigger that is deferred to it.
  if (thrown.name === "DriverAdapterError") return reportedError((thrown as AdapterError).cause?.originalCode ?? "");
  if (NOT_REACHED.test(thrown.message)) return STORE_ERRORS.P1001;
  if (TOO_LATE.test(thrown.message)) return STORE_ERRORS.P2028;
  return NOT_ANSWERED.test(thrown.message) ? STORE_ERRORS.P1 : undefined;
}

const reportedError = (code: string) => STORE_ERRORS[code] ?? STORE_ERRORS[code.slice(0, 2)];
