import "server-only";
import { setTimeout as delay } from "node:timers/promises";
import { log } from "@/lib/kernel/log";
import { processSlot } from "@/lib/kernel/process-slot";

const PATIENCE_MS = 3_000;

const slot = processSlot<Set<Promise<unknown>>>("latchkey.afterwards");

/** Runs the work beside the request: how long it takes, and whether there was anything to do, shows to nobody. */
export function afterwards(work: () => Promise<unknown>): void {
  const all = slot.get() ?? new Set();
  slot.set(all);
  const running: Promise<unknown> = work()
    .catch((thrown: unknown) => log().warn({ err: thrown }, "what was to follow a request failed"))
    .finally(() => all.delete(running));
  all.add(running);
}

/** Waits for all that runs beside requests, but not for a mail server that keeps it waiting. */
export async function settleAfterwards(): Promise<void> {
  await Promise.race([Promise.all(slot.get() ?? []), delay(PATIENCE_MS, undefined, { ref: false })]);
}
