import canonicalize from "canonicalize";
import { type BundleSource, bundleStream } from "@/lib/audit/bundle/write";
import { checkpointBody, endorsementBody } from "@/lib/audit/checkpoint";
import { type Hash, hashLeaf, hashNode, EMPTY_ROOT, multiproofRanges, type Range, splitOf } from "@/lib/audit/merkle";
import { noteKey, publicKeyOf, signNote, vkeyOf } from "@/lib/audit/note";
import { keysFile } from "@/lib/audit/verify/keys";

const LOG = "10-19a00000000-bcdfghjk";

/** A seed of Ed25519 that tests can name. */
export const seedOf = (generation: number) => new Uint8Array(32).fill(generation);
export const vkeyOfSeed = (seed: Uint8Array) => vkeyOf(noteKey(publicKeyOf(seed)));

/** A record as the sealer writes it. */
export const recordOf = (seq: number, change: Record<string, unknown> = {}): string =>
  canonicalize({
    v: 1,
    log: LOG,
    seq,
    id: `15-19a${seq.toString(36).padStart(8, "0")}-bcdfghjk`,
    occurredAt: "2026-11-22T10:00:00.123456Z",
    actor: { type: "user", id: "5-19a00000000-bcdfghjk", name: "Ödön 👩‍🔧 \u2028" },
    action: "key.generated",
    after: { name: `Key ${seq}`, rate: 1.5e-7, count: 1e21 },
    before: null,
    ...change,
  }) as string;

export interface MemoryLog {
  records: readonly string[];
  /** The seeds of the signing keys, oldest first; the last one signs. */
  seeds?: readonly Uint8Array[];
  origin?: string;
}

export const logOfSize = (size: number): MemoryLog => ({
  records: Array.from({ length: size }, (_, seq) => recordOf(seq)),
});

/** The root of some records by the definition (RFC 9162, 2.1.1), without tiles. */
export function rootOf(records: readonly string[]): Hash {
  if (records.length === 0) return EMPTY_ROOT;
  if (records.length === 1) return hashLeaf(records[0] as string);
  const split = splitOf(records.length);
  return hashNode(rootOf(records.slice(0, split)), rootOf(records.slice(split)));
}

export function checkpointOf({ records, seeds = [seedOf(1)], origin = `latchkey/${LOG}` }: MemoryLog): string {
  return signNote(checkpointBody({ origin, size: records.length, root: rootOf(records) }), seeds.at(-1) as Uint8Array);
}

/** What a bundle of these ranges of the log is made of; without ranges, of all of it. */
export function bundleSource(
  log: MemoryLog,
  included?: readonly Range[],
  change: Partial<BundleSource> = {},
): BundleSource {
  const { records, seeds = [seedOf(1)], origin = `latchkey/${LOG}` } = log;
  const size = records.length;
  const ranges = included ?? (size > 0 ? [[0, size] as const] : []);
  const chosen = ranges.flatMap(([from, to]) => records.slice(from, to));
  const missing = [...multiproofRanges(ranges, size)];
  return {
    origin,
    size,
    events: chosen.length,
    isComplete: included === undefined,
    from: 0,
    to: size,
    filter: included ? { action: "key.generated" } : {},
    exported: new Date("2026-11-22T12:00:00Z"),
    records: asyncOf(chosen),
    ranges,
    hashes: asyncOf(missing.map(([from, to]) => rootOf(records.slice(from, to)))),
    checkpoint: checkpointOf(log),
    keys: keysFile(
      seeds.map((seed, at) => ({
        vkey: vkeyOfSeed(seed),
        endorsement: at === 0 ? null : signNote(endorsementOf(seeds, at), seeds[at - 1] as Uint8Array),
      })),
    ),
    help: { "README.txt": "How to verify this bundle.\n" },
    sign: (body) => signNote(body, seeds.at(-1) as Uint8Array),
    ...change,
  };
}

const endorsementOf = (seeds: readonly Uint8Array[], at: number) =>
  endorsementBody(vkeyOfSeed(seeds[at - 1] as Uint8Array), vkeyOfSeed(seeds[at] as Uint8Array));

async function* asyncOf<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}

/** A bundle as the file it would be. */
export const bundleFile = (source: BundleSource): Promise<Blob> => new Response(bundleStream(source)).blob();
