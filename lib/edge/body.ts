import { IncomingMessage } from "node:http";
import { AppError } from "@/lib/kernel/errors";

const MAX_BODY_BYTES = 1_048_576;
/** So much of a body costs about what its connection costs anyway. */
const SMALL_BYTES = 16_384;
/** What a piece of it takes beside its bytes: a body may come one byte at a time. */
const PIECE_BYTES = 200;
/** What all larger bodies that are being read may take beyond that together: who sends many slowly fills this and no more. */
const ROOM_BYTES = 64 * 1_048_576;

let taken = 0;

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
 * Reads the whole body, or fails: with 413 as soon as it grows too large, with `busy` when there is no room for it; the
 * rest is then read and dropped.
 */
export function readBody(
  request: IncomingMessage,
  done: (chunks: Buffer[]) => void,
  fail: (reason: AppError) => void,
): void {
  let chunks: Buffer[] | undefined = [];
  let size = 0;
  let own = 0;
  const give = (back: number) => {
    taken -= back;
    own -= back;
  };
  const refuse = (reason: AppError) => {
    chunks = undefined;
    give(own);
    fail(reason);
  };
  request.on("data", (chunk: Buffer) => {
    if (!chunks) return;
    size += chunk.length;
    if (size > MAX_BODY_BYTES) return refuse(tooLarge());
    const more = Math.max(0, size + chunks.length * PIECE_BYTES - SMALL_BYTES) - own;
    if (more > 0) {
      if (taken + more > ROOM_BYTES) return refuse(noRoom());
      if (own === 0) request.once("close", () => give(own));
      give(-more);
    }
    chunks.push(chunk);
  });
  request.on("end", () => chunks && done(chunks));
  request.on("error", () => chunks && fail(cutShort()));
}

/** The whole body read, and a request that carries it, so that no handler ever sees half of one. Throws as above. */
export async function withWholeBody(request: IncomingMessage): Promise<IncomingMessage> {
  const chunks = await new Promise<Buffer[]>((resolve, reject) => readBody(request, resolve, reject));
  const size = chunks.reduce((sum, { length }) => sum + length, 0);
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

const noRoom = () =>
  new AppError("busy", "Too many large bodies are being sent at once; try again in a moment.", {
    retryAfterSeconds: 2,
  });

const cutShort = () => new AppError("bad_request", "The connection ended before the body did.");

const tooLarge = () => new AppError("body_too_large", `A request body may have ${MAX_BODY_BYTES} bytes at most.`);
