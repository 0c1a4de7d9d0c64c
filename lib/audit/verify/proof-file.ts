import { fromBase64 } from "@/lib/audit/base64";
import type { Hash, Range } from "@/lib/audit/merkle";
import { textOf } from "./canonical";
import type { Manifest } from "./manifest";

export interface ProofFile {
  size: number;
  ranges: Range[];
  hashes: Hash[];
}

/** How many bytes proof.json has at most: every range takes a few, and leaves out two subtrees at each level at most. */
export function proofBytesAtMost({ size, events }: Manifest): number {
  const levels = Math.ceil(Math.log2(size + 1));
  return 1024 + events * 40 + Math.min(size, (events + 1) * 2 * levels) * 48;
}

/** Reads proof.json: which leaves are included, and the hashes of all others. */
export function readProofFile(bytes: Uint8Array): ProofFile {
  const proof = parse(textOf(bytes));
  if (Object.keys(proof).sort().join() !== "hashes,ranges,size") {
    throw new Error("does not have exactly size, ranges and hashes");
  }
  const { size, ranges, hashes } = proof;
  if (!Number.isSafeInteger(size) || !Array.isArray(ranges) || !Array.isArray(hashes)) {
    throw new Error("has a member of the wrong kind");
  }
  requireAscending(ranges, size as number);
  return { size: size as number, ranges: ranges as Range[], hashes: hashes.map(hashOf) };
}

function hashOf(text: unknown): Hash {
  if (typeof text !== "string") throw new Error("has a hash that is no text");
  const hash = fromBase64(text);
  if (hash.length !== 32) throw new Error("has a hash that is not 32 bytes long");
  return hash;
}

function parse(text: string): Record<string, unknown> {
  try {
    return Object(JSON.parse(text)) as Record<string, unknown>;
  } catch {
    throw new Error("is not JSON");
  }
}

function requireAscending(ranges: unknown[], size: number): void {
  let end = -1;
  for (const range of ranges) {
    if (!Array.isArray(range) || range.length !== 2 || !range.every(Number.isSafeInteger)) {
      throw new Error("has a range that is no pair of numbers");
    }
    const [from, to] = range as [number, number];
    if (!(end < from && from < to && to <= size)) {
      throw new Error(`has a range that does not follow the one before it: ${from}, ${to}`);
    }
    end = to;
  }
}

/** In what the proof differs from what the manifest says of it. */
export function differencesOf({ size, ranges }: ProofFile, manifest: Manifest): string[] {
  const { from, to } = manifest;
  const whole = from < to ? [[from, to]] : [];
  const [first, last] = [ranges[0], ranges.at(-1)];
  return [
    size !== manifest.size && "is of another size than the manifest says",
    first && last && (first[0] < from || last[1] > to) && "has events outside the manifest's range",
    manifest.isComplete &&
      JSON.stringify(ranges) !== JSON.stringify(whole) &&
      "leaves out events of a range that is called complete",
    countOf(ranges) !== manifest.events && "has another number of events than the manifest says",
  ].filter((difference) => typeof difference === "string");
}

const countOf = (ranges: readonly Range[]) => ranges.reduce((sum, [from, to]) => sum + to - from, 0);
