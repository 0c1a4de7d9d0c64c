import "server-only";
import { setTimeout as delay } from "node:timers/promises";
import { MINUTE } from "@/lib/kernel/clock";
import { log } from "@/lib/kernel/log";
import { sendExpiryNotices } from "./send";

const EVERY_MS = 60 * MINUTE;
const PATIENCE_MS = 3_000;

/** Tells of what ends now and every hour; what it answers stops it, after the run that is under way unless that takes long. */
export function startNotices(): () => Promise<void> {
  let running: Promise<void> = Promise.resolve();
  const run = () => {
    running = running
      .then(sendExpiryNotices)
      .then((mails) => void (mails > 0 && log().info({ mails }, "notices of ending credentials were mailed")))
      .catch((thrown: unknown) => log().warn({ err: thrown }, "notices of ending credentials failed"));
  };
  const timer = setInterval(run, EVERY_MS);
  timer.unref();
  run();
  return async () => {
    clearInterval(timer);
    await Promise.race([running, delay(PATIENCE_MS, undefined, { ref: false })]);
  };
}
