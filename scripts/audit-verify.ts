import { existsSync, openAsBlob } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { type NoteKey, parseVkey } from "@/lib/audit/note";
import { verifyStore } from "@/lib/audit/store/verify";
import { verifyBundle } from "@/lib/audit/verify/bundle";
import type { Failure } from "@/lib/audit/verify/findings";
import { splitNotes } from "@/lib/audit/verify/outside";
import type { BundleReport } from "@/lib/audit/verify/report";
import { parseRestored } from "@/lib/audit/verify/restored";
import { openBundle } from "@/lib/audit/verify/zip";
import { formatCount } from "@/lib/format";
import { env } from "@/lib/kernel/env";
import { openStore } from "@/lib/store/open";

const USAGE = `npm run audit:verify -- <bundle> [--key <key>] [--checkpoints <file>] [--restored <epoch>:<size>] [--newest]
npm run audit:verify

  <bundle>        a bundle that was exported; without one, the trail of this server is verified where it lives
  --key           a key that you trust, as Audit trail > Integrity shows it; may be given several times
  --checkpoints   a file of checkpoints that was kept outside the server
  --restored      accept a restore of the log: the epoch began from its first <size> events, as npm run restore said;
                  may be given several times
  --newest        fail when an outside checkpoint is of a longer log than the bundle

The exit code is 0 only when everything holds, 1 when something does not, 2 for a wrong command line.
`;
const SHOWN_FAILURES = 20;

const write = (line: string) => void process.stdout.write(`${line}\n`);
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
  const pinned: NoteKey[] = values.key.map(parseVkey);
  const restored = values.restored.map(parseRestored);
  const outside = values.checkpoints ? splitNotes(await readFile(place(values.checkpoints), "utf8")) : undefined;
  const zip = await openAsBlob(place(bundle));
  let report: BundleReport;
  try {
    report = await verifyBundle(await openBundle(zip), { pinned, outside, restored, isNewest: values.newest });
  } catch (error) {
    write(`${bundle}: NOT VERIFIED\n  failure   it is no bundle: ${(error as Error).message}`);
    return 1;
  }
  show(bundle, report);
  return report.isVerified ? 0 : 1;
}

function show(bundle: string, { isVerified, failures, warnings, manifest, key, compared }: BundleReport): void {
  write(`${bundle}: ${isVerified ? "VERIFIED" : "NOT VERIFIED"}`);
  showFailures(failures);
  if (manifest && key) {
    const { origin, size, events, isComplete, from, to, exported } = manifest;
    write(`  log       ${origin}, ${formatCount(size, "event")} when it was exported at ${exported}`);
    const which = isComplete ? "every event" : "only the events that match the filter";
    write(`  events    ${events}: ${which} from ${from} up to ${to}`);
    write(`  key       ${key.vkey}`);
    write(`            SHA-256 fingerprint ${key.fingerprint}`);
    write(`  compared  with ${formatCount(compared, "checkpoint")} from outside`);
  }
  showWarnings(warnings);
}

function showWarnings(warnings: readonly string[]): void {
  for (const warning of warnings) write(`  warning   ${warning}`);
}

function showFailures(failures: readonly Failure[]): void {
  for (const { file, line, seq, reason } of failures.slice(0, SHOWN_FAILURES)) {
    write(`  failure   ${file}${line ? ` line ${line}` : ""}${seq === undefined ? "" : ` (seq ${seq})`}: ${reason}`);
  }
  if (failures.length > SHOWN_FAILURES) write(`  and ${failures.length - SHOWN_FAILURES} more failures`);
}

async function verifyHere(): Promise<number> {
  const store = await openStore(env(), (warning) => process.stderr.write(`${warning}\n`));
  try {
    const { findings, logs, events, archived, checkpoints } = await verifyStore();
    const isVerified = findings.failures.length === 0;
    write(`The trail of this server: ${isVerified ? "VERIFIED" : "NOT VERIFIED"}`);
    showFailures(findings.failures);
    write(`  ${formatCount(logs, "log")}, ${formatCount(events, "event")}, ${formatCount(archived, "archived event")}`);
    write(`  ${formatCount(checkpoints, "checkpoint")} that state what the events give`);
    showWarnings(findings.warnings);
    return isVerified ? 0 : 1;
  } finally {
    await store.close();
  }
}

if (existsSync(".env")) process.loadEnvFile(".env");
try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 2;
}
// Prisma's timers of past transactions would hold the process for seconds.
process.exit();
