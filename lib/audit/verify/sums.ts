import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import type { Findings } from "./findings";
import type { Manifest } from "./manifest";
import { quoted } from "./print";
import type { BundleFiles } from "./zip";

const REQUIRED = ["events.jsonl", "checkpoint", "proof.json", "keys"];

export const WRONG_SUM = "does not have the sum that the manifest names";

/** So that names are soon compared. A bundle has seven files. */
const FILES_AT_MOST = 100;

/** A file twice, or one that is missing, is a failure. */
export function checkNames(names: readonly string[], findings: Findings): void {
  if (names.length > FILES_AT_MOST) return findings.fail("bundle", `has more than ${FILES_AT_MOST} files`);
  for (const name of new Set(names.filter((each, at) => names.indexOf(each) !== at))) {
    findings.fail(quoted(name), "is in the bundle twice");
  }
  for (const name of [...REQUIRED, "manifest"]) if (!names.includes(name)) findings.fail(name, "is missing");
}

/**
 * Every file is named in the manifest and has the sum it names; the events are summed when they are read. Answers which
 * files have theirs.
 */
export async function checkSums(files: BundleFiles, { sums }: Manifest, findings: Findings): Promise<Set<string>> {
  const sound = new Set<string>();
  for (const name of files.names) {
    if (name !== "manifest" && !sums.has(name)) findings.fail(quoted(name), "is not named in the manifest");
  }
  for (const name of new Set([...sums.keys(), ...REQUIRED])) {
    if (!files.names.includes(name) || !sums.has(name)) findings.fail(quoted(name), "is missing");
    else if (name !== "events.jsonl") {
      const sum = await findings.attemptLater(quoted(name), () => sumOf(files, name));
      if (sum === sums.get(name)) sound.add(name);
      else if (sum !== undefined) findings.fail(quoted(name), WRONG_SUM);
    }
  }
  return sound;
}

async function sumOf(files: BundleFiles, name: string): Promise<string> {
  const sum = sha256.create();
  for await (const part of files.chunks(name)) sum.update(part);
  return bytesToHex(sum.digest());
}

/** A whole file of a bundle. Throws when it is larger than `limit` bytes. */
export async function readFile(files: BundleFiles, name: string, limit = Infinity): Promise<Uint8Array> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  for await (const part of files.chunks(name)) {
    length += part.length;
    if (length > limit) throw new Error(`is larger than ${limit} bytes`);
    parts.push(part as Uint8Array<ArrayBuffer>);
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}
