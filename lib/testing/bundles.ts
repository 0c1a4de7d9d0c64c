import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { BlobWriter, TextReader, ZipWriter } from "@zip.js/zip.js/index-native.js";
import { parseVkey, signNote } from "@/lib/audit/note";
import { verifyBundle } from "@/lib/audit/verify/bundle";
import { splitNotes } from "@/lib/audit/verify/outside";
import { parseRestored } from "@/lib/audit/verify/restored";
import { readFile } from "@/lib/audit/verify/sums";
import { openBundle } from "@/lib/audit/verify/zip";

/** The texts of a bundle's files, in its order. */
export type Texts = Map<string, string>;

export async function unzip(zip: Blob): Promise<Texts> {
  const files = await openBundle(zip);
  const texts: Texts = new Map();
  for (const name of files.names) texts.set(name, new TextDecoder().decode(await readFile(files, name)));
  return texts;
}

/** A zip of these files. */
export async function zip(files: Iterable<readonly [name: string, text: string]>): Promise<Blob> {
  const writer = new ZipWriter(new BlobWriter(), { useWebWorkers: false, level: 1 });
  for (const [name, text] of files) await writer.add(name, new TextReader(text));
  return writer.close();
}

/** The manifest with the sums that the files have now; signed anew when there is a key, else under the old signature. */
export function withSums(texts: Texts, seed?: Uint8Array): Texts {
  const manifest = texts.get("manifest") as string;
  const end = manifest.lastIndexOf("\n\n") + 1;
  const body = manifest.slice(0, end).replace(/^sha256 \S+ (\S+)$/gm, (line, name: string) => {
    const text = texts.get(name);
    return text === undefined ? line : `sha256 ${createHash("sha256").update(text).digest("hex")} ${name}`;
  });
  return new Map(texts).set("manifest", seed ? signNote(body, seed) : body + manifest.slice(end));
}

export interface Trust {
  pinned?: readonly string[];
  outside?: readonly string[];
  restored?: readonly string[];
  isNewest?: boolean;
}

/** What a verifier says of a bundle: its failures, none when it believes it. */
export type Verdict = readonly string[];

export const verdictOf = async (bundle: Blob, trust: Trust = {}): Promise<Verdict> =>
  (await reportOf(bundle, trust)).failures;

interface Report {
  failures: Verdict;
  warnings: readonly string[];
}

async function reportOf(bundle: Blob, { pinned = [], outside, restored = [], isNewest }: Trust): Promise<Report> {
  const files = await openBundle(bundle).catch((error: Error) => error);
  if (files instanceof Error) return { failures: [`bundle: ${files.message}`], warnings: [] };
  const notes = outside && splitNotes(outside.map((note) => `${note}\n`).join(""));
  const { failures, warnings, isVerified } = await verifyBundle(files, {
    pinned: pinned.map(parseVkey),
    outside: notes,
    restored: restored.map(parseRestored),
    isNewest,
  });
  if (isVerified !== (failures.length === 0)) throw new Error("The report contradicts itself.");
  const lines = failures.map(({ file, line, seq, reason }) =>
    [file, line && ` line ${line}`, seq !== undefined && ` (seq ${seq})`, `: ${reason}`].filter(Boolean).join(""),
  );
  return { failures: lines, warnings };
}

/** What the verifier in Python prints of these bundles; it is started once. */
export async function runPython(bundles: readonly Blob[], trust: Trust, flags: readonly string[]): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "latchkey-bundles-"));
  try {
    const names = bundles.map((_, at) => `${at}.zip`);
    for (const [at, bundle] of bundles.entries()) {
      await writeFile(path.join(folder, names[at] as string), new Uint8Array(await bundle.arrayBuffer()));
    }
    if (trust.outside) await writeFile(path.join(folder, "outside"), trust.outside.map((note) => `${note}\n`).join(""));
    const options = [
      ...(trust.pinned ?? []).flatMap((vkey) => ["--key", vkey]),
      ...(trust.outside ? ["--checkpoints", "outside"] : []),
      ...(trust.restored ?? []).flatMap((restore) => ["--restored", restore]),
      ...(trust.isNewest ? ["--newest"] : []),
    ];
    const script = path.resolve("scripts/verify-bundle.py");
    const { stdout } = await promisify(execFile)("python3", [script, ...flags, ...options, ...names], {
      cwd: folder,
      maxBuffer: 1 << 28,
    }).catch((error: { code: unknown; stdout: string; stderr: string }) => {
      // 1 is what it says of bundles that are not believed.
      if (error.code === 1) return error;
      throw new Error(`python3: ${String(error.code)} ${error.stderr}`);
    });
    return stdout;
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function pythonReports(bundles: readonly Blob[], trust: Trust): Promise<Report[]> {
  const lines = (await runPython(bundles, trust, ["--json"])).trim().split("\n");
  return lines.map((line) => JSON.parse(line) as Report);
}

/** What the verifier in Python says of each bundle. */
export const pythonVerdicts = async (bundles: readonly Blob[], trust: Trust = {}): Promise<Verdict[]> =>
  (await pythonReports(bundles, trust)).map(({ failures }) => failures);

/** What both verifiers say, which share no code. */
export async function bothVerdicts(bundle: Blob, trust: Trust): Promise<[Verdict, Verdict]> {
  const [ours, python] = await bothReports(bundle, trust);
  return [ours.failures, python.failures];
}

export async function bothReports(bundle: Blob, trust: Trust): Promise<[Report, Report]> {
  const [python] = await pythonReports([bundle], trust);
  return [await reportOf(bundle, trust), python as Report];
}
