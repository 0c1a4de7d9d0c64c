import { randomBytes } from "node:crypto";
import { STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import { problemBody } from "@/lib/http/problem";
import type { AppError } from "@/lib/kernel/errors";
import { log } from "@/lib/kernel/log";
import { ALLOWED_METHODS } from "./refuse";
import { newRequestId } from "./request-id";
import { type HeaderPolicy, securityHeaders } from "./security-headers";

/** Answers where Node has no response object (what is not even a request), and ends the connection. */
export function answerRaw(socket: Socket, error: AppError, policy: HeaderPolicy): void {
  // Node has taken its own listener away by now, and a reset connection must not end the process.
  socket.on("error", () => undefined);
  // A browser opens connections ahead of need and would show the answer to a request it never made.
  if (!socket.writable || socket.bytesRead === 0) {
    socket.destroy();
    return;
  }
  const requestId = newRequestId();
  log().info({ requestId, status: error.status, ip: socket.remoteAddress }, "request refused");
  const body = JSON.stringify(problemBody(error, requestId));
  const headers = {
    ...securityHeaders(requestId, randomBytes(16).toString("base64"), policy),
    "cache-control": "no-store",
    "content-type": "application/problem+json",
    "content-length": Buffer.byteLength(body),
    connection: "close",
    ...(error.status === 405 && { allow: ALLOWED_METHODS }),
  };
  const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  socket.end(`HTTP/1.1 ${error.status} ${STATUS_CODES[error.status]}\r\n${head.join("\r\n")}\r\n\r\n${body}`, () =>
    socket.destroy(),
  );
}
