import { type IncomingMessage, type OutgoingHttpHeader, type OutgoingHttpHeaders, ServerResponse } from "node:http";
import { problemBody, problemHeaders } from "@/lib/http/problem";
import type { Answer } from "@/lib/http/verification/answer";
import { AppError } from "@/lib/kernel/errors";
import { randomBytes } from "@/lib/kernel/random";
import { allowOf } from "./methods";
import { newRequestId } from "./request-id";
import { type HeaderPolicy, plainHeaders, securityHeaders } from "./security-headers";
import { isStopping } from "./stop";
import { isApiPath, isStaticPath, pathOf } from "./target";
import { takeUnavailable } from "./unavailable";

const STORE_RETRY_SECONDS = 2;

type HeaderBlock = OutgoingHttpHeaders | OutgoingHttpHeader[];

export type EdgeResponse = InstanceType<ReturnType<typeof edgeResponse>>;

/**
 * The response class of the server. Whoever answers, Node's own refusals included, the security
 * headers are on it; and where programs ask, an error Next renders as a page leaves as a problem.
 */
export function edgeResponse(policy: HeaderPolicy) {
  const plain = Object.entries(plainHeaders(policy)).flat();
  return class<Request extends IncomingMessage = IncomingMessage> extends ServerResponse<Request> {
    #requestId: string | undefined;
    #nonce: string | undefined;
    #problem: string | undefined;
    #isSecured = false;
    #onEnded: (() => void) | undefined;

    get requestId(): string {
      return (this.#requestId ??= newRequestId());
    }

    get nonce(): string {
      return (this.#nonce ??= randomBytes(16).toString("base64"));
    }

    /** Puts on the security headers of a page. */
    secure(): this {
      this.#isSecured = true;
      this.setHeaders(new Map(Object.entries(securityHeaders(this.requestId, this.nonce, policy))));
      // A part of a page that fails once the page has begun is noted too, and nobody asks.
      return this.once("close", () => takeUnavailable(this.requestId));
    }

    /** When nothing more is said: whether it is sent yet, and to whom, is the connection's. */
    ended(): Promise<void> {
      return new Promise((resolve) => (this.#onEnded = resolve));
    }

    /** An answer for a program, which needs less than a page and is given many times as often. */
    answer({ status, headers, body }: Answer): void {
      const head = [...plain, "x-request-id", this.requestId, "content-length", String(Buffer.byteLength(body))];
      for (const name in headers) head.push(name, headers[name] as string);
      if (isStopping()) head.push("connection", "close");
      super.writeHead(status, head);
      super.end(body);
    }

    override writeHead(status: number, reason?: string | HeaderBlock, headers?: HeaderBlock): this {
      if (!this.#isSecured) this.secure();
      // Whatever the pages say of themselves, only Next's hashed files may ever be stored, and by whoever asked an
      // answer about a credential for as long as the organization says.
      const isImmutable = !policy.dev && status < 400 && isStaticPath(this.req.url ?? "");
      const isKept = isImmutable || (status === 200 && pathOf(this.req.url ?? "") === "/v1/verify");
      if (!isKept) this.setHeader("cache-control", "no-store");
      if (isStopping()) this.setHeader("connection", "close");
      if (status === 405) this.setHeader("allow", allowOf(pathOf(this.req.url ?? "")));
      if (!this.headersSent && isPageForProgram(this, status, reason)) {
        const error = errorOf(status);
        this.#problem = JSON.stringify(problemBody(error, this.requestId));
        this.removeHeader("content-encoding");
        return super.writeHead(error.status, problemHead(error, this.#problem));
      }
      const isUnavailable = takeUnavailable(this.requestId) && status === 500;
      if (isUnavailable) this.setHeader("retry-after", STORE_RETRY_SECONDS);
      const told = isUnavailable ? 503 : status;
      return typeof reason === "string" ? super.writeHead(told, reason, headers) : super.writeHead(told, reason);
    }

    override write(...args: [chunk: unknown, ...rest: unknown[]]): boolean {
      this.#decide();
      return this.#problem !== undefined || Boolean(Reflect.apply(super.write, this, args));
    }

    override end(...args: unknown[]): this {
      this.#decide();
      this.#onEnded?.();
      return this.#problem === undefined ? (Reflect.apply(super.end, this, args) as this) : super.end(this.#problem);
    }

    #decide(): void {
      if (!this.headersSent && isPageForProgram(this, this.statusCode)) this.writeHead(this.statusCode);
    }
  };
}

/** Answers with a problem document, or ends the connection when an answer has already begun. */
export function answerProblem(response: EdgeResponse, error: AppError): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  for (const name of ["content-encoding", "etag", "last-modified"]) response.removeHeader(name);
  const body = JSON.stringify(problemBody(error, response.requestId));
  response.writeHead(error.status, problemHead(error, body)).end(body);
}

export function answerJson(response: EdgeResponse, status: number, value: unknown): void {
  const body = JSON.stringify(value);
  response
    .writeHead(status, { "content-type": "application/json", "content-length": Buffer.byteLength(body) })
    .end(body);
}

const problemHead = (error: AppError, body: string): OutgoingHttpHeaders => ({
  "content-type": "application/problem+json",
  "content-length": Buffer.byteLength(body),
  ...problemHeaders(error),
});

function isPageForProgram(response: ServerResponse, status: number, head?: unknown): boolean {
  if (status < 400 || !isApiPath(pathOf(response.req.url ?? ""))) return false;
  const given = typeof head === "object" && head !== null && "content-type" in head ? head["content-type"] : undefined;
  return !/\bjson\b/.test(String(given ?? response.getHeader("content-type")));
}

function errorOf(status: number): AppError {
  if (status === 404) return new AppError("not_found", "There is nothing at this address.");
  if (status === 405) return new AppError("method_not_allowed", "This address does not know the method.");
  if (status < 500) return new AppError("bad_request", "The request cannot be understood.");
  return new AppError("internal", "Something went wrong on our side. The request id finds it in the log.");
}
