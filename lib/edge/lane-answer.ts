import type { IncomingMessage } from "node:http";
import type { Answerer } from "@/lib/http/verification/answer";
import { userAgentOf } from "@/lib/http/request";
import { logAnswer } from "./access-log";
import { clientAddress } from "./client-address";
import type { EdgeResponse } from "./response";
import { parseTarget } from "./target";

/** Asks and answers. What is accepted is counted as use, and only at debug level a line of the log. */
export async function answerInLane(
  request: IncomingMessage,
  response: EdgeResponse,
  answer: Answerer,
  trustedProxies: readonly string[],
): Promise<void> {
  const began = performance.now();
  const { headers, url = "", method } = request;
  if (url !== "/auth/check") parseTarget(url);
  const { requestId } = response;
  const peer = request.socket.remoteAddress ?? "";
  const ip = clientAddress(peer, String(headers["x-forwarded-for"] ?? ""), trustedProxies);
  const userAgent = userAgentOf(headers["user-agent"] ?? "");
  // A proxy may pass on that its request has a body, and has no reason to send it: a check looks at none.
  const body = method === "POST" && !url.startsWith("/auth/check") ? await readText(request) : "";
  const answered = await answer({ target: url, headers, body, origin: { requestId, ip, userAgent } });
  await batched();
  response.answer(answered);
  logAnswer({ requestId, method, url, status: answered.status, began, ip }, answered.status < 400 ? "debug" : "info");
}

let batch: Promise<void> | undefined;

/**
 * Resolves when all requests that have arrived by now were read. Answers that leave together wake their client once:
 * to wake it for each costs more than the check.
 */
const batched = (): Promise<void> =>
  (batch ??= new Promise((resolve) => {
    setImmediate(() => {
      batch = undefined;
      resolve();
    });
  }));

function readText(request: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = "";
    request.setEncoding("utf8");
    request.on("data", (chunk: string) => (text += chunk));
    request.on("end", () => resolve(text));
    request.on("error", reject);
  });
}
