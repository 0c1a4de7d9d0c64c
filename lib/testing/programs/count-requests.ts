import "server-only";
import { createInterface } from "node:readline";
import { metrics } from "@/lib/kernel/metrics";
import { countRequest } from "@/lib/verification/rate-limit";
import { shareCounts } from "@/lib/verification/shared-counts";

/** For each line `<name> <how many>` counts requests against a limit of 100 an hour, and prints how many it let through. */
process.env.LOG_LEVEL = "silent";
shareCounts(process.argv[2] as string);
const limit = { requests: 100, seconds: 3600 };

async function isShared(): Promise<boolean> {
  const text = await metrics().registry.getSingleMetricAsString("latchkey_limiter_shared");
  return text.endsWith(" 1");
}

async function fallbacks(): Promise<number> {
  const text = await metrics().registry.getSingleMetricAsString("latchkey_limiter_fallbacks_total");
  return Number(text.split(" ").at(-1));
}

for await (const line of createInterface({ input: process.stdin })) {
  const [name = "", count] = line.split(" ");
  const before = await fallbacks();
  const answers = await Promise.all(Array.from({ length: Number(count) }, () => countRequest(name, limit)));
  const accepted = answers.filter(({ isExceeded }) => !isExceeded).length;
  const alone = (await fallbacks()) - before;
  process.stdout.write(`${JSON.stringify({ isShared: await isShared(), accepted, alone })}\n`);
}
