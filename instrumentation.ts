import type { Instrumentation } from "next";
import type { Logger } from "pino";
import { noteUnavailable } from "@/lib/edge/unavailable";
import { toAppError } from "@/lib/kernel/errors";
import { processSlot } from "@/lib/kernel/process-slot";

// By its slot: Next compiles this file for the edge runtime too, where the log's own module cannot load.
const log = processSlot<Logger>("latchkey.log");

/** What a page or a route let escape is logged here; the client gets an answer without detail. */
export const onRequestError: Instrumentation.onRequestError = (thrown, request) => {
  const requestId = request.headers["x-latchkey-request-id"];
  if (typeof requestId === "string" && toAppError(thrown).code === "store_unavailable") noteUnavailable(requestId);
  log.get()?.error({ requestId, method: request.method, err: thrown }, "request failed");
};
