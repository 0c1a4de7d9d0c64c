import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { Env } from "@/lib/kernel/env";
import { AppError, toAppError } from "@/lib/kernel/errors";
import { log } from "@/lib/kernel/log";
import { logAnswer } from "./access-log";
import { hasBody, withWholeBody } from "./body";
import { answerHealth } from "./health";
import { allowedHosts, requireHost } from "./hosts";
import { isForwardCheck, laneFor } from "./lane";
import { answerInLane } from "./lane-answer";
import { allowOf } from "./methods";
import { answerMetrics } from "./metrics";
import { answerRaw } from "./raw-answer";
import { requireServable } from "./refuse";
import { vouchForHeaders } from "./request-headers";
import { answerProblem, type EdgeResponse, edgeResponse } from "./response";
import type { HeaderPolicy } from "./security-headers";
import { admitSignIn, requireRoom } from "./sign-ins";
import { parseTarget } from "./target";

/** What stands behind the edge. Each part is absent until it has started. */
export interface Backend {
  store?: { ping: (timeoutMs?: number) => Promise<void> };
  next?: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
}

/** The HTTP server: refuses what no route should see, vouches for the headers of the rest, and hands it to Next. */
export function createEdge(env: Env, backend: Backend, dev: boolean): Server {
  const policy: HeaderPolicy = { https: env.publicUrl?.protocol === "https:", dev };
  let hosts = new Set<string>();

  async function serve(request: IncomingMessage, response: EdgeResponse): Promise<void> {
    const { path } = parseTarget(request.url ?? "");
    if (path === "/metrics" && request.method !== "OPTIONS") {
      requireServable(request, path, dev);
      await answerMetrics(request, response, { settings: env, hosts });
      return;
    }
    const host = requireHost(request.rawHeaders, hosts);
    requireServable(request, path, dev);
    const proto = policy.https && host === env.publicUrl?.host ? "https" : "http";
    const { requestId, nonce } = response;
    const address = vouchForHeaders(request, {
      requestId,
      nonce,
      host,
      proto,
      policy,
      trustedProxies: env.trustedProxies,
    });
    // A proxy that keeps its request's method takes any 2xx of the check for a yes.
    if (request.method === "OPTIONS" && !isForwardCheck(path)) {
      response.writeHead(204, { allow: allowOf(path) }).end();
      return;
    }
    if (await answerHealth(response, path, backend.store)) return;
    const { next } = backend;
    if (!next) throw new AppError("busy", "The server is starting.", { retryAfterSeconds: 1 });
    const arrival = { method: request.method, path, address };
    requireRoom(arrival);
    if (hasBody(request) && request.headers.expect !== undefined) response.writeContinue();
    const whole = hasBody(request) ? await withWholeBody(request) : request;
    // A place is taken only now: who sends slowly keeps nobody from signing in.
    // And only until it is answered: Next waits for ever for what Node keeps back behind another answer of a connection.
    await admitSignIn(arrival, () => Promise.race([response.ended(), next(whole, response)]));
  }

  function handle(request: IncomingMessage, response: EdgeResponse): void {
    const fail = (thrown: unknown) => {
      const error = toAppError(thrown);
      if (error.code === "internal") log().error({ requestId: response.requestId, err: thrown }, "request failed");
      answerProblem(response, error);
    };
    try {
      const answer = backend.next && laneFor(request, hosts);
      if (answer) {
        answerInLane(request, response, answer, env.trustedProxies, fail);
        return;
      }
      logWhenAnswered(request, response);
      serve(request, response.secure()).catch(fail);
    } catch (thrown) {
      fail(thrown);
    }
  }

  const server = createServer(
    {
      ServerResponse: edgeResponse(policy),
      // Checked by requireHost, so that the refusal carries our headers.
      requireHostHeader: false,
      headersTimeout: 10_000,
      requestTimeout: 30_000,
      keepAliveTimeout: 65_000,
      connectionsCheckingInterval: 1_000,
    },
    handle,
  );
  server.timeout = 120_000;
  server.on("listening", () => {
    const address = server.address();
    if (typeof address === "object" && address) hosts = allowedHosts(env, address.port);
  });
  server.on("checkContinue", handle);
  server.on("checkExpectation", (_request: IncomingMessage, response: EdgeResponse) => {
    answerProblem(response, new AppError("bad_request", "The only expectation this server meets is 100-continue."));
  });
  server.on("connect", (_request: IncomingMessage, socket: Socket) => {
    answerRaw(socket, new AppError("method_not_allowed", "This server is no proxy."), policy);
  });
  server.on("clientError", (error: NodeJS.ErrnoException, socket: Socket) => {
    const isSlow = error.code === "ERR_HTTP_REQUEST_TIMEOUT";
    answerRaw(
      socket,
      isSlow
        ? new AppError("request_timeout", "The request did not arrive in time.")
        : new AppError("bad_request", "This is not a well-formed HTTP request."),
      policy,
    );
  });
  return server;
}

function logWhenAnswered(request: IncomingMessage, response: EdgeResponse): void {
  const began = performance.now();
  const { method, url = "" } = request;
  response.on("close", () => {
    logAnswer({
      requestId: response.requestId,
      method,
      url,
      status: response.headersSent ? response.statusCode : undefined,
      began,
      ip: request.headers["x-latchkey-ip"] ?? request.socket.remoteAddress,
      cut: response.writableFinished ? undefined : true,
    });
  });
}
