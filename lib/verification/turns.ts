import "server-only";
import pLimit, { type LimitFunction } from "p-limit";
import { AppError } from "@/lib/kernel/errors";
import { processSlot } from "@/lib/kernel/process-slot";

/** Anybody may make up values to look for: whatever comes, most of the pool is left to everything else. */
const CONCURRENT = 6;
const WAITING_AT_MOST = 1_000;
const WAIT_MS = 1_000;

const slot = processSlot<LimitFunction>("latchkey.look-ups");

/** Looks a presented value up in the database when it is its turn. Throws `busy` when that takes too long. */
export async function inTurn<T>(lookUp: () => Promise<T>): Promise<T> {
  const turns = slot.get() ?? pLimit(CONCURRENT);
  slot.set(turns);
  if (turns.pendingCount >= WAITING_AT_MOST) throw busy();
  const cameAt = performance.now();
  return turns(() => {
    if (performance.now() - cameAt > WAIT_MS) throw busy();
    return lookUp();
  });
}

const busy = () =>
  new AppError("busy", "Too many credentials are looked up at once; try again in a moment.", { retryAfterSeconds: 1 });
