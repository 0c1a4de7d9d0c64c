import "server-only";
import { DAY } from "@/lib/kernel/clock";
import { log } from "@/lib/kernel/log";
import { archiveOldEvents } from "./archive";

/** Archives what is no longer kept now and every day; what it answers stops that. */
export function startRetention(): () => void {
  let isRunning = false;
  const run = () => {
    if (isRunning) return;
    isRunning = true;
    archiveOldEvents()
      .then((events) => void (events > 0 && log().info({ events }, "events were archived")))
      .catch((err: unknown) => log().error({ err }, "events were not archived; tried again in a day"))
      .finally(() => (isRunning = false));
  };
  const timer = setInterval(run, DAY);
  timer.unref();
  run();
  return () => clearInterval(timer);
}
