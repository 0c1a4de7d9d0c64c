import "server-only";
import { setTimeout as delay } from "node:timers/promises";
import { log } from "@/lib/kernel/log";
import { deliverNext } from "./deliver";

const EVERY_MS = 1_000;
/** So that a few receivers that are slow keep no other waiting. Of more than that each gets its turn. */
const AT_ONCE = 4;
const PATIENCE_MS = 3_000;

/** Delivers what is due every second, whichever process comes first; what it answers stops it. */
export function startStreams(): () => Promise<void> {
  let isStopping = false;
  const drain = async () => {
    while (!isStopping && (await deliverNext()));
  };
  const idle = new Set(Array.from({ length: AT_ONCE }, (_, n) => n));
  const running = new Set<Promise<void>>();
  const run = () => {
    for (const n of [...idle]) {
      idle.delete(n);
      const work: Promise<void> = drain()
        .catch((err: unknown) => log().warn({ err }, "delivering the trail failed; it is tried again"))
        .finally(() => {
          idle.add(n);
          running.delete(work);
        });
      running.add(work);
    }
  };
  const timer = setInterval(run, EVERY_MS);
  timer.unref();
  return async () => {
    isStopping = true;
    clearInterval(timer);
    await Promise.race([Promise.all(running), delay(PATIENCE_MS, undefined, { ref: false })]);
  };
}
