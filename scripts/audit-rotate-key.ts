import { vkeyOf } from "@/lib/audit/note";
import { rotateSigningKey } from "@/lib/audit/signing-key";
import { newRequestId } from "@/lib/edge/request-id";
import { env } from "@/lib/kernel/env";
import { requireSameKey } from "@/lib/store/key-fingerprint";
import { openStore } from "@/lib/store/open";
import { runProgram } from "./run-program";

/** Puts the next signing key of the trail in the place of the current one, which endorses it. */
async function main(): Promise<void> {
  const settings = env();
  const store = await openStore(settings, (warning) => process.stderr.write(`${warning}\n`));
  try {
    if (settings.databaseUrl) await requireSameKey();
    const origin = { requestId: newRequestId(), ip: "127.0.0.1", userAgent: "npm run audit:rotate-key" };
    const key = await rotateSigningKey(origin);
    process.stdout.write(
      `Checkpoints are signed with a new key from now on, which the one before it has endorsed:\n${vkeyOf(key)}\n`,
    );
  } finally {
    await store.close();
  }
}

await runProgram(main);
