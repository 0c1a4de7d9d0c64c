import "server-only";
import * as http from "node:http";
import * as https from "node:https";
import type { LookupFunction } from "node:net";

interface Post {
  body: string;
  headers: Record<string, string>;
  timeoutMs: number;
  /** Decides what addresses may be connected to. */
  lookup?: LookupFunction;
  /** Certificates to trust in the place of those that Node trusts. */
  ca?: string;
}

/**
 * Posts a text and answers the status. A redirect is an answer, not followed: what is sent goes to whom it was
 * meant for. Throws when there is no answer within the time.
 */
export function post(url: URL, { body, headers, timeoutMs, ...options }: Post): Promise<number> {
  const { request } = url.protocol === "https:" ? https : http;
  return new Promise((resolve, reject) => {
    const bytes = Buffer.from(body);
    const sent = request(url, {
      ...options,
      method: "POST",
      headers: { ...headers, "content-length": bytes.length },
      agent: false,
      signal: AbortSignal.timeout(timeoutMs),
    });
    sent.once("response", (response) => {
      resolve(response.statusCode ?? 0);
      // Whatever else it says is nobody's matter.
      response.destroy();
    });
    sent.on("error", (cause) => {
      const isLate = cause.name === "AbortError" || cause.name === "TimeoutError";
      reject(isLate ? new Error(`${url.host} did not answer within ${timeoutMs} ms.`) : cause);
    });
    sent.end(bytes);
  });
}
