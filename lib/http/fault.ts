import type { AppError } from "@/lib/kernel/errors";
import { log } from "@/lib/kernel/log";

/** Notes what went wrong on our side. To have too much to do is no fault: under a flood the log would be one more. */
export function logFault(error: AppError, thrown: unknown, requestId: string): void {
  if (error.status < 500 || error.code === "busy") return;
  log().error({ requestId, err: thrown }, "request failed");
}
