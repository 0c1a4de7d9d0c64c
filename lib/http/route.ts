import "server-only";
import type { z } from "zod";
import { authenticate, type RequestCtx } from "@/lib/auth/authenticate";
import { authenticatePending, type PendingOrigin } from "@/lib/auth/pending";
import { slideSession } from "@/lib/auth/sessions";
import type { Ctx, Origin } from "@/lib/kernel/ctx";
import { AppError, toAppError } from "@/lib/kernel/errors";
import { Replay } from "@/lib/kernel/mutate";
import { digestOf } from "@/lib/kernel/secrets";
import { settleInvalidations, tellsOfAnEnd } from "@/lib/kernel/settle";
import { type Envelope, v1 } from "./envelopes";
import { logFault } from "./fault";
import { requireSameOrigin } from "./origin";
import { problemHeaders, rateLimitHeaders } from "./problem";
import { isForm, isHead, originOf, parse, parsePath, readForm, readJson, readQuery } from "./request";

interface Input<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> {
  params: z.output<P>;
  query: z.output<Q>;
  body: z.output<B>;
}

export interface Definition<
  P extends z.ZodType = z.ZodType,
  Q extends z.ZodType = z.ZodType,
  B extends z.ZodType = z.ZodType,
> {
  /** What the operation does, in one line of the API reference. */
  summary: string;
  /**
   * `none`: nobody need be known. `pending`: a login that waits for its second factor. Everything else decides
   * by permission in the data layer.
   */
  auth?: "credential" | "none" | "pending";
  params?: P;
  query?: Q;
  body?: B;
  /** Reads the body from a form too, as a vendor's clients send it. */
  acceptsForms?: boolean;
  /** Reads the body from a form alone, as OAuth has it. */
  isForm?: boolean;
  /** 201 for what creates. */
  status?: 200 | 201;
  envelope?: Envelope;
  /** Answers 202 where a second factor is due. */
  mayBePending?: boolean;
  /** Answers a repeated `Idempotency-Key` with the first answer, without its secret. */
  isIdempotent?: boolean;
  /** False where a call is not an action of the person: reading the session's own end. */
  slides?: boolean;
  /** Answers a file as it is read: its handler returns the response itself, and HEAD would read it for nothing. */
  isDownload?: boolean;
  /** A GET that changes something, as a vendor's wire has it: by the header alone, and never for HEAD. */
  changes?: boolean;
}

type Route = ((request: Request, context: { params: Promise<unknown> }) => Promise<Response>) & {
  definition: Definition;
};

/**
 * One operation of the API: authenticates, parses, runs the handler, renders the envelope, and turns
 * whatever is thrown into the one error form of the surface.
 */
export function route<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType>(
  definition: Definition<P, Q, B> & { auth: "none" },
  handle: (origin: Origin, input: Input<P, Q, B>) => Promise<unknown>,
): Route;
export function route<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType>(
  definition: Definition<P, Q, B> & { auth: "pending" },
  handle: (origin: PendingOrigin, input: Input<P, Q, B>) => Promise<unknown>,
): Route;
export function route<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType>(
  definition: Definition<P, Q, B> & { auth?: "credential" },
  handle: (ctx: Ctx, input: Input<P, Q, B>) => Promise<unknown>,
): Route;
export function route(
  definition: Definition,
  handle: (ctx: never, input: Input<z.ZodType, z.ZodType, z.ZodType>) => Promise<unknown>,
): Route {
  const { envelope = v1 } = definition;
  const run = async (request: Request, context: { params: Promise<unknown> }): Promise<Response> => {
    const origin = originOf(request.headers);
    try {
      const ctx = await callerOf(request, origin, definition);
      const params: unknown = definition.params ? parsePath(definition.params, await context.params) : undefined;
      const given = readQuery(new URL(request.url));
      const query: unknown = definition.query ? parse(definition.query, given, "query") : given;
      const body: unknown = definition.body ? await parseBody(request, ctx, definition) : undefined;
      const value = await handle(ctx as never, { params, query, body });
      if (value instanceof Response) return value;
      const status = envelope.statusOf?.(value) ?? definition.status ?? 200;
      return json(envelope.success(value, status), status, ctx.rateLimit && rateLimitHeaders(ctx.rateLimit));
    } catch (thrown) {
      if (thrown instanceof Replay) {
        const { status = 200 } = definition;
        return json(envelope.success(thrown.result, status), status, { "idempotent-replayed": "true" });
      }
      const error = toAppError(thrown);
      logFault(error, thrown, origin.requestId);
      const headers = { ...problemHeaders(error), "content-type": envelope.failureType };
      return json(envelope.failure(error, origin.requestId), error.status, headers);
    }
  };
  return Object.assign(run, { definition });
}

/** Two operations at one address: the first where the body has the member, else the second, which the reference shows. */
export function either(member: string, first: Route, second: Route): Route {
  const run = async (...[request, context]: Parameters<Route>) =>
    ((await hasMember(request.clone(), member)) ? first : second)(request, context);
  return Object.assign(run, { definition: second.definition });
}

const hasMember = (request: Request, member: string): Promise<boolean> =>
  request.json().then(
    (body: unknown) => typeof body === "object" && body !== null && Object.hasOwn(body, member),
    () => false,
  );

/** The caller as the route asks for it: its handler takes no more than that of it. */
async function callerOf(request: Request, origin: Origin, definition: Definition): Promise<RequestCtx> {
  if (definition.auth === "none") return origin as RequestCtx;
  if (definition.auth !== "pending") return identify(request, origin, definition);
  return (await authenticatePending(request.headers, new URL(request.url), origin)) as Origin as RequestCtx;
}

async function identify(request: Request, origin: Origin, definition: Definition): Promise<RequestCtx> {
  if (definition.changes) requireDeliberate(request.headers);
  if (definition.isDownload && isHead(request.headers)) throw new AppError("method_not_allowed", "HEAD reads no file.");
  const isRead = request.method === "GET";
  const ctx = await authenticate(request.headers, new URL(request.url), origin).catch(async (thrown: unknown) => {
    if ((!isRead || definition.changes) && tellsOfAnEnd(thrown)) await settleInvalidations();
    throw thrown;
  });
  const isByCookie = !request.headers.has("authorization");
  if (isByCookie && !isRead) requireSameOrigin(request.headers);
  const isAction = definition.slides !== false && !request.headers.has("x-background") && !ctx.isHead;
  if (isAction) await slideSession(ctx);
  return ctx;
}

/** Another site can make a browser send a GET with its cookies, and a link checker sends HEAD. */
function requireDeliberate(headers: Headers): void {
  if (!headers.has("authorization")) throw new AppError("unauthenticated", "Send the session as a bearer token.");
  if (isHead(headers)) throw new AppError("method_not_allowed", "HEAD changes nothing.");
}

async function parseBody(request: Request, ctx: Ctx, definition: Definition): Promise<unknown> {
  if (definition.acceptsForms && isForm(request)) {
    return parse(definition.body as z.ZodType, await readForm(request), "body");
  }
  const { value, digest } = await readJson(request);
  const key = request.headers.get("idempotency-key");
  if (definition.isIdempotent && key !== null) {
    if (!/^[\x21-\x7e]{1,200}$/.test(key)) {
      throw new AppError("bad_request", "Idempotency-Key takes 1 to 200 printable characters without spaces.");
    }
    const place = `${request.method} ${new URL(request.url).pathname} `;
    ctx.idempotency = { key, requestDigest: digestOf(place + Buffer.from(digest).toString("hex")) };
  }
  return parse(definition.body as z.ZodType, value, "body");
}

function json(body: unknown, status: number, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { "content-type": "application/json", "cache-control": "no-store", ...headers },
  });
}
