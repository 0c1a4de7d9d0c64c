import { env } from "@/lib/kernel/env";
import { openStore } from "@/lib/store/open";
import { runProgram } from "./run-program";

/** For a store whose tables belong to another role than the one that serves: every start migrates by itself else. */
async function main(): Promise<void> {
  const store = await openStore(env(), (warning) => process.stderr.write(`${warning}\n`));
  await store.close();
  process.stdout.write("The store has every migration of this version.\n");
}

await runProgram(main);
