import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { readOrigin } from "@/lib/audit/checkpoint";
import { type Hash, hashLeaf, type Range } from "@/lib/audit/merkle";
import { parseCanonical, textOf } from "./canonical";
import type { Findings } from "./findings";
import { linesOf } from "./lines";
import { Prefix } from "./prefix";

export interface EventsExpected {
  origin: string;
  ranges: readonly Range[];
  /** How many there are at most. */
  count: number;
  /** At which sizes the root of the events read so far is wanted. */
  sizes: ReadonlySet<number>;
  onProgress?: (events: number) => void | Promise<void>;
}

export interface EventsRead {
  sum: string;
  /** 32 bytes of each event. */
  leaves: Leaves;
  roots: Map<number, Hash>;
}

/**
 * Reads events.jsonl once: each line must be the canonical record of the event that belongs there. Answers undefined
 * when there are more than there should be, or too many failures to go on.
 */
export async function readEvents(
  chunks: AsyncIterable<Uint8Array>,
  { origin, ranges, count, sizes, onProgress }: EventsExpected,
  findings: Findings,
): Promise<EventsRead | undefined> {
  const log = readOrigin(origin)?.log;
  const expected = indexesOf(ranges);
  const sum = sha256.create();
  const leaves = new Leaves();
  const prefix = new Prefix();
  const roots = new Map<number, Hash>();
  const file = "events.jsonl";

  for await (const { lines, bytes, isCut } of linesOf(chunks)) {
    sum.update(bytes);
    for (const line of lines) {
      if (leaves.length === count) findings.fail({ file, line: count + 1 }, "is not among the events of the manifest");
      if (leaves.length === count || findings.isFull) return undefined;
      const seq = expected.next().value;
      const place = { file, line: leaves.length + 1, ...(seq !== undefined && { seq }) };
      findings.attempt(place, () => requireRecord(line, log, seq));
      const leaf = hashLeaf(line);
      leaves.push(leaf);
      if (sizes.size === 0) continue;
      prefix.append(leaf);
      if (sizes.has(prefix.size)) roots.set(prefix.size, prefix.root());
    }
    if (isCut) findings.fail({ file, line: leaves.length }, "has no end");
    await onProgress?.(leaves.length);
  }
  return { sum: bytesToHex(sum.digest()), leaves, roots };
}

function* indexesOf(ranges: readonly Range[]): Generator<number, undefined> {
  for (const [from, to] of ranges) for (let index = from; index < to; index++) yield index;
}

function requireRecord(line: Uint8Array, log: string | undefined, seq: number | undefined): void {
  const record = Object(parseCanonical(textOf(line))) as Record<string, unknown>;
  if (record.v !== 1) throw new Error("is no record of version 1");
  if (record.log !== log) throw new Error(`belongs to the log ${JSON.stringify(record.log)}`);
  if (seq === undefined) throw new Error("is not among the events that proof.json names");
  if (record.seq !== seq) throw new Error(`has the sequence number ${JSON.stringify(record.seq)} instead`);
}

/** The hashes of many events, in one piece of memory. */
class Leaves {
  length = 0;
  #bytes = new Uint8Array(32 * 1024);

  push(hash: Hash): void {
    if (this.length * 32 === this.#bytes.length) {
      const larger = new Uint8Array(this.#bytes.length * 2);
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    this.#bytes.set(hash, this.length++ * 32);
  }

  at = (index: number): Hash => this.#bytes.subarray(index * 32, index * 32 + 32);
}
