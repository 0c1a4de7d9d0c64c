import { existsSync } from "node:fs";
import { inspect } from "node:util";
import { env } from "@/lib/kernel/env";
import { openStore } from "@/lib/store/open";

/** For a store whose tables belong to another role than the one that serves: every start migrates by itself else. */
async function main(): Promise<void> {
  const store = await openStore(env(), (warning) => process.stderr.write(`${warning}\n`));
  await store.close();
  process.stdout.write("The store has every migration of this version.\n");
}

if (existsSync(".env")) process.loadEnvFile(".env");
try {
  await main();
} catch (error) {
  const isPlain = error instanceof Error && error.constructor === Error;
  process.stderr.write(`${isPlain ? error.message : inspect(error)}\n`);
  process.exitCode = 1;
}
// Prisma's timers of past transactions would hold the process for seconds.
process.exit();
