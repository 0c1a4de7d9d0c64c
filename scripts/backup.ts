import path from "node:path";
import { parseArgs } from "node:util";
import { askForBackup } from "@/lib/backup/control";
import { writeBackup } from "@/lib/backup/write";
import { env } from "@/lib/kernel/env";
import { openAsItIs } from "@/lib/store/open";
import { runProgram } from "./run-program";

const USAGE = `npm run backup -- <file>

Writes all that this deployment holds to a new file, while it runs or while it is stopped. The file says what was at one
moment. The secret key is not in it: keep SECRET_KEY, or the file secret-key of DATA_DIR, elsewhere. Without it a backup
cannot be restored.
`;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({ options: { help: { type: "boolean" } }, allowPositionals: true });
  const [name, ...rest] = positionals;
  if (values.help || !name || rest.length > 0) throw new Error(USAGE);
  const file = path.resolve(process.env.INIT_CWD ?? "", name);
  const settings = env();
  const asked = settings.databaseUrl ? undefined : await askForBackup(settings.dataDir, file);
  const { rows, bytes } = asked ?? (await takeIt(file));
  process.stdout.write(`${file}: ${rows} rows, ${bytes} bytes. The secret key is not in it.\n`);
}

async function takeIt(file: string) {
  const settings = env();
  const store = await openAsItIs(settings);
  return writeBackup(store, file, settings).finally(() => store.close());
}

await runProgram(main);
