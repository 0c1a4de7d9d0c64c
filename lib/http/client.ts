export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

export interface FieldError {
  pointer: string;
  detail: string;
}

export interface Meta {
  timestamp?: string;
  totalResults?: number;
  limit?: number;
  nextCursor?: string;
}

interface Problem {
  status: number;
  code: string;
  title: string;
  detail: string;
  errors?: FieldError[];
  missingPermissions?: string[];
  requestId?: string;
  retryAfterSeconds?: number;
}

/** A refusal of the API, or code `offline` when no answer came. The message is a sentence for the reader. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly errors: FieldError[];
  readonly missingPermissions: string[];
  readonly requestId?: string;
  readonly retryAfterSeconds?: number;

  constructor(problem: Problem) {
    super(problem.detail);
    this.status = problem.status;
    this.code = problem.code;
    this.title = problem.title;
    this.detail = problem.detail;
    this.errors = problem.errors ?? [];
    this.missingPermissions = problem.missingPermissions ?? [];
    this.requestId = problem.requestId;
    this.retryAfterSeconds = problem.retryAfterSeconds;
  }
}

export interface ApiOptions {
  /** Send an `Idempotency-Key`: true for a new one, or the key of the press being repeated. */
  idempotencyKey?: string | true;
  signal?: AbortSignal;
  /** Leave a 401 to the caller instead of going to the sign-in page. */
  keepPage?: boolean;
  /** No action of the person (polling, searching as they type): the session does not slide. */
  isBackground?: boolean;
}

/** Calls the API of this origin with the session cookie; answers what the `/v1` envelope holds, throws `ApiError`. */
export async function api<T>(
  method: Method,
  path: string,
  body?: unknown,
  options: ApiOptions = {},
): Promise<{ data: T; meta: Meta }> {
  const key = options.idempotencyKey === true ? newIdempotencyKey() : options.idempotencyKey;
  try {
    return await send<T>(method, path, body, key, options);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (error.code === "reauthentication_required" && (await confirmIdentity?.()))
      return send<T>(method, path, body, key, options);
    if (error.status === 401 && !options.keepPage) signInInstead();
    throw error;
  }
}

let confirmIdentity: (() => Promise<boolean>) | undefined;

/** Registers who asks for the password when the API wants a fresh proof; resolves to false when the person declines. */
export function onConfirmIdentity(ask: () => Promise<boolean>): () => void {
  confirmIdentity = ask;
  return () => {
    if (confirmIdentity === ask) confirmIdentity = undefined;
  };
}

async function send<T>(method: Method, path: string, body: unknown, key: string | undefined, options: ApiOptions) {
  const { signal, isBackground } = options;
  const headers = new Headers({ accept: "application/json" });
  if (isBackground) headers.set("x-background", "1");
  if (body !== undefined) headers.set("content-type", "application/json");
  if (key) headers.set("idempotency-key", key);
  const init = {
    method,
    headers,
    signal,
    cache: "no-store",
    body: body === undefined ? undefined : JSON.stringify(body),
  } as const;
  let response: Response;
  try {
    response = await fetch(path, init);
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ApiError({
      status: 0,
      code: "offline",
      title: "No answer",
      detail: "The server did not answer. Check the connection and try again.",
    });
  }
  if (!response.ok) throw await apiErrorOf(response);
  const answer = asRecord(await response.json().catch(() => ({})));
  return { data: answer.data as T, meta: asRecord(answer._meta) as Meta };
}

/** Reads a file of this origin; `onBytes` hears how much of it is here. Throws `ApiError` as `api` does. */
export async function readFile(path: string, onBytes: (bytes: number) => void, signal?: AbortSignal): Promise<Blob> {
  const response = await fetch(path, { cache: "no-store", ...(signal && { signal }) });
  if (!response.ok) throw await apiErrorOf(response);
  let bytes = 0;
  const counted = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      bytes += chunk.length;
      onBytes(bytes);
      controller.enqueue(chunk);
    },
  });
  // The browser keeps a large one on disk.
  return new Response(response.body?.pipeThrough(counted)).blob();
}
/** What a refusing answer says. */
export const apiErrorOf = async (response: Response) =>
  new ApiError(readProblem(response, asRecord(await response.json().catch(() => ({})))));

function readProblem(response: Response, answer: Record<string, unknown>): Problem {
  // The Auth API has its vendor's envelope: the sentence as its message, the status for a code.
  const { code, title, detail, message, requestId, missingPermissions } = answer as Partial<Problem> & {
    message?: string;
  };
  const errors = answer.errors ?? asRecord(answer.data).errors;
  const wait = Number(response.headers.get("retry-after"));
  return {
    status: response.status,
    code: typeof code === "string" ? code : "unexpected_answer",
    title: title ?? "Unexpected answer",
    detail: detail ?? message ?? `The server answered ${response.status}. Try again.`,
    errors: Array.isArray(errors) ? (errors as FieldError[]) : [],
    missingPermissions: Array.isArray(missingPermissions) ? missingPermissions : [],
    requestId: requestId ?? response.headers.get("x-request-id") ?? undefined,
    retryAfterSeconds: wait > 0 ? wait : undefined,
  };
}

const asRecord = (value: unknown) =>
  (typeof value === "object" && value !== null ? value : {}) as Record<string, unknown>;

/** `crypto.randomUUID` does not exist on plain HTTP other than localhost; `getRandomValues` does. */
export const newIdempotencyKey = () =>
  crypto.randomUUID?.() ??
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

/** Fired on `window` just before the page is left because the session ended: forms keep their drafts. */
export const SESSION_ENDED = "latchkey:session-ended";

let isLeaving = false;

/** Goes to the sign-in page and, from there, back to this one. */
export function signInInstead(): void {
  if (isLeaving || location.pathname === "/sign-in") return;
  isLeaving = true;
  window.dispatchEvent(new Event(SESSION_ENDED));
  const target = new URL("/sign-in", location.href);
  target.searchParams.set("next", location.pathname + location.search);
  target.searchParams.set("ended", "1");
  location.assign(target);
}
