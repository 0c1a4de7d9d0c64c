import { IncomingMessage } from "node:http";
import { AppError } from "@/lib/kernel/errors";

const MAX_BODY_BYTES = 1_048_576;

export const hasBody = ({ headers }: IncomingMessage) =>
  headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;

/** Throws 413 for a body that says it is too large, 400 for one in an encoding that would be taken for its content. */
export function requireReadableBody({ headers }: IncomingMessage): void {
  const coding = headers["transfer-encoding"];
  if (coding !== undefined && coding.toLowerCase() !== "chunked") {
    throw new AppError("bad_request", "The only transfer encoding this server reads is chunked.");
  }
  if (Number(headers["content-length"] ?? 0) > MAX_BODY_BYTES) throw tooLarge();
}

/**
 * Reads the whole body and gives a request that carries it, so that no handler ever sees half of one.
 * Throws 413 as soon as it grows too large; the rest is then read and dropped.
 */
export async function withWholeBody(request: IncomingMessage): Promise<IncomingMessage> {
  const chunks: Buffer[] = [];
  let size = 0;
  await new Promise<void>((resolve, reject) => {
    request.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size > MAX_BODY_BYTES) {
        chunks.length = 0;
        reject(tooLarge());
      } else {
        chunks.push(chunk);
      }
    });
    request.on("end", resolve);
    request.on("error", () => reject(cutShort()));
  });
  const whole = new IncomingMessage(request.socket);
  whole.httpVersion = request.httpVersion;
  whole.httpVersionMajor = request.httpVersionMajor;
  whole.httpVersionMinor = request.httpVersionMinor;
  whole.method = request.method;
  whole.url = request.url;
  whole.headers = { ...request.headers, "content-length": String(size) };
  delete whole.headers["transfer-encoding"];
  whole.rawHeaders = request.rawHeaders;
  whole.complete = true;
  for (const chunk of chunks) whole.push(chunk);
  whole.push(null);
  return whole;
}

export const cutShort = () => new AppError("bad_request", "The connection ended before the body did.");

const tooLarge = () => new AppError("body_too_large", `A request body may have ${MAX_BODY_BYTES} bytes at most.`);
