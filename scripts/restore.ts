import path from "node:path";
import { inspect, parseArgs } from "node:util";
import { verifyStore } from "@/lib/audit/store/verify";
import { findLoss, type Loss } from "@/lib/backup/loss";
import { checkBackup } from "@/lib/backup/read";
import { restoreBackup } from "@/lib/backup/restore";
import { env } from "@/lib/kernel/env";
import { openStore } from "@/lib/store/open";
import { runProgram } from "./run-program";

const USAGE = `npm run restore -- <file> [--checkpoints <file>]

Restores a backup into an empty store: DATA_DIR, or the database of DATABASE_URL. No server may use it meanwhile. It needs
the secret key of the deployment that the backup was taken of.

  --checkpoints   the signed checkpoints that were kept outside the database, up to the last moment of the old
                  deployment; else CHECKPOINT_FILE, or checkpoints.log in DATA_DIR. When they end with a server that
                  was stopped and show that nothing happened since the backup, API keys, access tokens and streams go
                  on. Otherwise each key and token is refused until an Owner or Admin has confirmed it, and each stream
                  is paused until it is resumed: one that was revoked or deleted since must not come back to life.
`;

async function main(): Promise<void> {
  const { file, checkpoints } = readArguments();
  const settings = env();
  const backup = await checkBackup(file, settings);
  const outside = checkpoints ?? settings.checkpoints.file;
  const loss = await findLoss(outside, backup.header, settings, { isNamed: checkpoints !== undefined });
  const store = await openStore(settings, (warning) => process.stderr.write(`${warning}\n`));
  try {
    const { sessions, logins, quarantined, streams, restores } = await restoreBackup(
      store,
      file,
      backup,
      loss,
      settings,
    );
    const { findings, events } = await verifyStore();
    process.stdout.write(
      `Restored the backup of ${backup.header.createdAt}. ${WORDS[loss.kind]}\n` +
        `${sessions} sessions and ${logins} logins have ended. ${quarantined} API keys and access tokens wait to be confirmed.\n` +
        `${streams} streams of the trail were paused: each sends nothing until somebody has looked at its address and resumed it.\n` +
        `${events} events of the trail were checked against what was signed: ${findings.failures.length} failures.\n`,
    );
    if (restores.length > 0) {
      process.stdout.write(
        `Each log goes on in another epoch. Whoever verifies it has to accept this; write it down:\n` +
          restores.map((restore) => `  log ${restore}\n`).join(""),
      );
    }
    for (const warning of findings.warnings) process.stderr.write(`${inspect(warning)}\n`);
    for (const failure of findings.failures) process.stderr.write(`${inspect(failure)}\n`);
    if (findings.failures.length > 0) process.exitCode = 1;
  } finally {
    await store.close();
  }
}

const WORDS: Record<Loss["kind"], string> = {
  none: "The checkpoints show that nothing happened since.",
  some: "The checkpoints show that events since then are lost: look through people, roles and policy as well.",
  unknown: "Nothing shows what happened since then: look through people, roles and policy as well.",
};

function readArguments() {
  const { values, positionals } = parseArgs({
    options: { checkpoints: { type: "string" }, help: { type: "boolean" } },
    allowPositionals: true,
  });
  const [file, ...rest] = positionals;
  if (values.help || file === undefined || rest.length > 0) throw new Error(USAGE);
  const from = (name: string) => path.resolve(process.env.INIT_CWD ?? "", name);
  return { file: from(file), ...(values.checkpoints !== undefined && { checkpoints: from(values.checkpoints) }) };
}

await runProgram(main);
