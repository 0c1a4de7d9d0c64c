import type { Instrumentation } from "next";
import type { Logger } from "pino";
import { processSlot } from "@/lib/kernel/process-slot";

// By its slot: Next compiles this file for the edge runtime too, where the log's own module cannot load.
const log = processSlot<Logger>("latchkey.log");

/** What a page or a route let escape is logged here; the client gets an answer without detail. */
export const onRequestError: Instrumentation.onRequestError = (thrown, request) => {
  const requestId = request.headers["x-latchkey-request-id"];
  log.get()?.error({ requestId, method: request.method, err: thrown }, "request failed");
};
