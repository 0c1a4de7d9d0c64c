import "server-only";
import { pino, type Logger } from "pino";
import { env } from "./env";
import { processSlot } from "./process-slot";

const slot = processSlot<Logger>("latchkey.log");

// A second fence only: nothing that holds a secret is to be handed to the log in the first place.
const NEVER = ["authorization", "cookie", "password", "secret", "token", "key", "code", "headers", "body"];

/** The one log of this process: JSON lines on standard output, without secrets or query values. */
export function log(): Logger {
  const existing = slot.get();
  if (existing) return existing;
  const created = pino({
    base: undefined,
    level: env().logLevel,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    serializers: { err: describeError },
    redact: { paths: NEVER.flatMap((name) => [name, `*.${name}`]), censor: "[not logged]" },
  });
  slot.set(created);
  return created;
}

/** Only these fields: a database error also carries the row that failed, hashes included. */
function describeError(thrown: unknown) {
  if (!(thrown instanceof Error)) return { message: String(thrown) };
  const { name, message, stack, cause } = thrown;
  const reason = "code" in thrown ? String(thrown.code) : undefined;
  return {
    name,
    reason,
    message,
    stack,
    cause: cause instanceof Error ? `${cause.name}: ${cause.message}` : undefined,
  };
}
