import type { IncomingMessage } from "node:http";
import type { Answer, Answerer } from "@/lib/http/verification/answer";
import { userAgentOf } from "@/lib/http/request";
import { log } from "@/lib/kernel/log";
import { isLater } from "@/lib/kernel/soon";
import { logAnswer } from "./access-log";
import { readBody } from "./body";
import { clientAddress } from "./client-address";
import type { EdgeResponse } from "./response";
import { parseTarget } from "./target";

/**
 * Asks and answers, without a promise where the answer is known at once. What is accepted is counted as use, and only
 * at debug level a line of the log. Throws when the address cannot be understood; `fail` is told what goes wrong later.
 */
export function answerInLane(
  request: IncomingMessage,
  response: EdgeResponse,
  answer: Answerer,
  trustedProxies: readonly string[],
  fail: (thrown: unknown) => void,
): void {
  const began = performance.now();
  const { headers, url = "", method } = request;
  if (!KNOWN.has(url)) parseTarget(url);
  const { requestId } = response;
  const ip = clientAddress(request.socket.remoteAddress ?? "", headers["x-forwarded-for"], trustedProxies);
  const origin = { requestId, ip, userAgent: userAgentOf(headers["user-agent"] ?? "") };
  const send = (answered: Answer) => {
    batched(() => {
      try {
        response.answer(answered);
      } catch (thrown) {
        fail(thrown);
      }
      const level = answered.status < 400 ? "debug" : "info";
      logAnswer({ requestId, method, url, status: answered.status, began, ip }, level);
    });
  };
  const ask = (body: string) => {
    const answered = answer({ target: url, headers, body, origin });
    if (isLater(answered)) answered.then(send).catch(fail);
    else send(answered);
  };
  // A proxy may pass on that its request has a body, and has no reason to send it: a check looks at none.
  if (method === "POST" && !url.startsWith("/auth/check")) readText(request, ask, fail);
  else ask("");
}

/** Addresses that are well formed as they stand. */
const KNOWN: ReadonlySet<string> = new Set(["/auth/check", "/oauth/introspect", "/v1/verify"]);

let batch: (() => void)[] = [];

/**
 * Done when all requests that have arrived by now were read. Answers that leave together wake their client once: to
 * wake it for each costs more than the check.
 */
function batched(work: () => void): void {
  if (batch.push(work) > 1) return;
  setImmediate(() => {
    const works = batch;
    batch = [];
    for (const work of works) {
      try {
        work();
      } catch (err) {
        // Those that wait in the same batch are answered all the same.
        log().error({ err }, "an answer was not given");
      }
    }
  });
}

const readText = (request: IncomingMessage, then: (text: string) => void, fail: (thrown: unknown) => void): void =>
  readBody(
    request,
    (chunks) => then((chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)).toString()),
    fail,
  );
