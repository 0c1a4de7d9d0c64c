import { AppError } from "@/lib/kernel/errors";
import { verifier } from "@/lib/verification/verifier";
import { type EdgeResponse, answerJson } from "./response";
import { isStopping } from "./stop";

const PING_MS = 2000;

interface Pingable {
  ping: (timeoutMs?: number) => Promise<void>;
}

/**
 * Answers the two health addresses; false for every other path. Readiness throws 503 that names what is missing: the
 * store, which is migrated once it is open, or the lease, without which every check costs a query.
 */
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
  if (!verifier()?.lease.isUsable()) {
    const detail = "The lease has run out: the database answers, but checks are not answered from memory yet.";
    throw new AppError("busy", detail, { retryAfterSeconds: 1 });
  }
  answerJson(response, 200, { status: "ready", store: "answers", migrations: "applied", lease: "held" });
  return true;
}
