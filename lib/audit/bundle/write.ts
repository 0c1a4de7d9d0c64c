import "server-only";
import { ReadableStream } from "node:stream/web";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { ZipWriter } from "@zip.js/zip.js/index-native.js";
import canonicalize from "canonicalize";
import { toBase64 } from "@/lib/audit/base64";
import type { Hash, Range } from "@/lib/audit/merkle";

/** What a bundle is made of. Its streams are read once, in this order, and nothing of them is kept. */
export interface BundleSource {
  origin: string;
  /** Of the log, as the checkpoint says. */
  size: number;
  /** How many events are in the bundle. */
  events: number;
  /** Every event from `from` up to, not including, `to` is in it. */
  isComplete: boolean;
  from: number;
  to: number;
  /** What the events were chosen by. */
  filter: Record<string, unknown>;
  exported: Date;
  /** The canonical records, in the order of the log. */
  records: AsyncIterable<string>;
  /** The indexes of the events, in ranges that do not touch. */
  ranges: Iterable<Range>;
  /** The hashes of everything else. */
  hashes: AsyncIterable<Hash>;
  /** The signed checkpoint. */
  checkpoint: string;
  /** The keys with the notes that endorse them, as `keysFile` writes them. */
  keys: string;
  /** Files that help to verify: their texts by name. */
  help: Readonly<Record<string, string>>;
  /** Signs the manifest with the key of the log. */
  sign: (body: string) => string;
}

/** The bundle as a zip, written while it is read. It breaks off when a stream fails: such a zip opens nowhere. */
export function bundleStream(source: BundleSource): globalThis.ReadableStream<Uint8Array> {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  writeBundle(source, writable).catch((error: unknown) => writable.abort(error).catch(() => undefined));
  return readable;
}

async function writeBundle(source: BundleSource, writable: WritableStream<Uint8Array>): Promise<void> {
  // Nobody knows beforehand whether a file will be larger than 4 GiB.
  const options = { zip64: true, level: 6, lastModDate: source.exported, useWebWorkers: false };
  const zip = new ZipWriter(writable, options);
  const sums: [name: string, sum: string][] = [];
  const add = async (name: string, parts: AsyncIterable<string> | Iterable<string>) => {
    const sum = sha256.create();
    await zip.add(name, ReadableStream.from(summed(parts, sum)) as globalThis.ReadableStream<Uint8Array>);
    sums.push([name, bytesToHex(sum.digest())]);
  };
  await add("events.jsonl", eventLines(source));
  await add("proof.json", proofParts(source));
  await add("checkpoint", [source.checkpoint]);
  await add("keys", [source.keys]);
  for (const [name, text] of Object.entries(source.help)) await add(name, [text]);
  await add("manifest", [source.sign(manifestBody(source, sums))]);
  await zip.close();
}

/** Small pieces are gathered: each one would pass through the whole chain of streams on its own. */
const PIECE_CHARACTERS = 1 << 15;

async function* summed(parts: AsyncIterable<string> | Iterable<string>, sum: ReturnType<typeof sha256.create>) {
  const encoder = new TextEncoder();
  let piece = "";
  const take = () => {
    const bytes = encoder.encode(piece);
    piece = "";
    sum.update(bytes);
    return bytes;
  };
  for await (const part of parts) {
    piece += part;
    if (piece.length >= PIECE_CHARACTERS) yield take();
  }
  yield take();
}

async function* eventLines({ records, events }: BundleSource) {
  let count = 0;
  for await (const record of records) {
    count++;
    yield `${record}\n`;
  }
  if (count !== events) throw new Error(`${count} events were read where ${events} were announced`);
}

async function* proofParts({ size, ranges, hashes }: BundleSource) {
  yield `{"size":${size},"ranges":[`;
  yield* separated(ranges, ([from, to]) => `[${from},${to}]`);
  yield `],"hashes":[`;
  yield* separated(hashes, (hash) => `"${toBase64(hash)}"`);
  yield `]}\n`;
}

async function* separated<T>(items: Iterable<T> | AsyncIterable<T>, textOf: (item: T) => string) {
  let comma = "";
  for await (const item of items) {
    yield comma + textOf(item);
    comma = ",";
  }
}

function manifestBody(source: BundleSource, sums: readonly [string, string][]): string {
  const { origin, size, events, isComplete, from, to, filter, exported } = source;
  return [
    "latchkey-bundle/1",
    origin,
    `size ${size}`,
    `events ${events}`,
    `complete ${isComplete}`,
    `range ${from} ${to}`,
    `filter ${canonicalize(filter)}`,
    `exported ${exported.toISOString()}`,
    ...sums.map(([name, sum]) => `sha256 ${sum} ${name}`),
    "",
  ].join("\n");
}
