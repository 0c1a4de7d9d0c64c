import { AppError } from "@/lib/kernel/errors";
import { type EdgeResponse, answerJson } from "./response";
import { isStopping } from "./stop";

const PING_MS = 2000;

interface Pingable {
  ping: (timeoutMs?: number) => Promise<void>;
}

/** Answers the two health addresses; false for every other path. Readiness throws 503 while anything is missing. */
export async function answerHealth(
  response: EdgeResponse,
  path: string,
  store: Pingable | undefined,
): Promise<boolean> {
  if (path === "/healthz") {
    answerJson(response, 200, { status: "alive" });
    return true;
  }
  if (path !== "/readyz") return false;
  if (!store || isStopping())
    throw new AppError("busy", "The server is starting or stopping.", { retryAfterSeconds: 1 });
  try {
    await store.ping(PING_MS);
  } catch (thrown) {
    const detail = "The database did not answer in time.";
    throw new AppError("store_unavailable", detail, { retryAfterSeconds: 2 }, { cause: thrown });
  }
  answerJson(response, 200, { status: "ready" });
  return true;
}
