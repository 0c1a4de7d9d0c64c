import { openAsBlob } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { type NoteKey, parseVkey } from "@/lib/audit/note";
import { verifyStore } from "@/lib/audit/store/verify";
import { verifyBundle } from "@/lib/audit/verify/bundle";
import { linesOfFailures, linesOfReport, linesOfWarnings } from "@/lib/audit/verify/print";
import { splitNotes } from "@/lib/audit/verify/outside";
import type { BundleReport } from "@/lib/audit/verify/report";
import { parseRestored } from "@/lib/audit/verify/restored";
import { openBundle } from "@/lib/audit/verify/zip";
import { formatCount } from "@/lib/format";
import { env } from "@/lib/kernel/env";
import { requireFile, tellOfFile } from "@/lib/kernel/file-errors";
import { openStore } from "@/lib/store/open";
import { runProgram } from "./run-program";

const USAGE = `npm run audit:verify -- <bundle> [--key <key>] [--checkpoints <file>] [--restored <epoch>:<size>] [--newest]
npm run audit:verify

  <bundle>        a bundle that was exported; without one, the trail of this server is verified where it lives
  --key           a key that you trust, as Audit trail > Integrity shows it; may be given several times
  --checkpoints   a file of checkpoints that was kept outside the server
  --restored      accept a restore of the log: the epoch began from its first <size> events, as npm run restore said;
                  may be given several times
  --newest        fail when an outside checkpoint is of a longer log than the bundle: for checkpoints that were copied
                  before it was exported, as the export is an event, too

The exit code is 0 only when everything holds, 1 when something does not, 2 for a wrong command line.
`;

const write = (line: string) => void process.stdout.write(`${line}\n`);
/** Names the option of a value that cannot be used. */
const given = <T>(option: string, values: readonly string[], parse: (value: string) => T): T[] =>
  values.map((value) => {
    try {
      return parse(value);
    } catch (cause) {
      throw new Error(`${option} ${value}: ${(cause as Error).message}`, { cause });
    }
  });
/** npm runs this in the project's folder; the files are named from where npm was called. */
const place = (file: string) => path.resolve(process.env.INIT_CWD ?? "", file);

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      key: { type: "string", multiple: true, default: [] },
      checkpoints: { type: "string" },
      restored: { type: "string", multiple: true, default: [] },
      newest: { type: "boolean", default: false },
      help: { type: "boolean" },
    },
  });
  const [bundle, ...more] = positionals;
  if (values.help || more.length > 0) {
    process.stderr.write(USAGE);
    return values.help ? 0 : 2;
  }
  if (bundle === undefined) return verifyHere();
  const pinned: NoteKey[] = given("--key", values.key, parseVkey);
  const restored = given("--restored", values.restored, parseRestored);
  const outside = values.checkpoints === undefined ? undefined : splitNotes(await textOf(place(values.checkpoints)));
  const file = place(bundle);
  await requireFile(file);
  const zip = await openAsBlob(file);
  let report: BundleReport;
  try {
    report = await verifyBundle(await openBundle(zip), { pinned, outside, restored, isNewest: values.newest });
  } catch (error) {
    const failure = { file: "bundle", reason: `it is no bundle: ${(error as Error).message}` };
    linesOfReport(bundle, { isVerified: false, failures: [failure], warnings: [], compared: 0 }).forEach(write);
    return 1;
  }
  linesOfReport(bundle, report).forEach(write);
  return report.isVerified ? 0 : 1;
}

const textOf = (file: string) => readFile(file, "utf8").catch(tellOfFile(file, "read"));

async function verifyHere(): Promise<number> {
  const store = await openStore(env(), (warning) => process.stderr.write(`${warning}\n`));
  try {
    const { findings, logs, events, archived, checkpoints } = await verifyStore();
    const isVerified = findings.failures.length === 0;
    write(`The trail of this server: ${isVerified ? "VERIFIED" : "NOT VERIFIED"}`);
    linesOfFailures(findings.failures).forEach(write);
    write(`  ${formatCount(logs, "log")}, ${formatCount(events, "event")}, ${formatCount(archived, "archived event")}`);
    write(`  ${formatCount(checkpoints, "checkpoint")} that state what the events give`);
    linesOfWarnings(findings.warnings).forEach(write);
    return isVerified ? 0 : 1;
  } finally {
    await store.close();
  }
}

await runProgram(
  async () => {
    process.exitCode = await main();
  },
  { explain: (error) => (error as Error).message, failed: 2 },
);
