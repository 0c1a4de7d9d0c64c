import { createHash } from "node:crypto";
import type { BundleSource } from "@/lib/audit/bundle/write";
import { checkpointBody, endorsementBody } from "@/lib/audit/checkpoint";
import { signNote } from "@/lib/audit/note";
import { keysFile } from "@/lib/audit/verify/keys";
import { bundleFile, bundleSource, checkpointOf, type MemoryLog, rootOf, seedOf, vkeyOfSeed } from "./audit-log";
import { type Texts, withSums, zip } from "./bundles";

/** What somebody does to the events of a log, at one place of it. */
export const KINDS = {
  edit: (lines, at) => lines.with(at, edited(lines[at] as string)),
  delete: (lines, at) => lines.toSpliced(at, 1),
  insert: (lines, at) => lines.toSpliced(at, 0, edited(lines[at] as string)),
  swap: (lines, at) => {
    const other = (at + 1) % lines.length;
    return lines.with(at, lines[other] as string).with(other, lines[at] as string);
  },
  "truncate the tail": (lines, at) => lines.slice(0, at),
  // One is gone, so that everything is another each time.
  "rewrite everything": (lines, at) => renumbered(lines.toSpliced(at, 1).map(edited)),
  "rewrite in another epoch": (lines, at) => renumbered(lines.toSpliced(at, 1).map(edited)),
  "replace the checkpoint": (lines) => lines,
} as const satisfies Record<string, (lines: string[], at: number) => string[]>;

export type Kind = keyof typeof KINDS;

const edited = (line: string) => line.replace(/"action":"(\w+)\.\w+"/, '"action":"$1.forged"');

/** So that every line says the place at which it now stands. */
const renumbered = (lines: readonly string[]) => lines.map((line, seq) => line.replace(/"seq":\d+/, `"seq":${seq}`));

/** The attacker's own key. */
const OWN = seedOf(66);

/** What an attacker has to work with. */
export interface Loot {
  /** A bundle of a whole log, and the signed checkpoints of the log when it was shorter. */
  texts: Texts;
  olderCheckpoints: readonly string[];
  origin: string;
  /** The public key of the server. */
  vkey: string;
  /** Signs with the key of the server, as the server does for whoever changed its database. */
  serverSigns: (body: string) => string;
}

/**
 * Who tampers: who has the file; who mends its sums, proof and places as well; and who has the database, so that the
 * server itself exports and signs what they made of it, but for the checkpoint, which was signed before.
 */
export const ATTACKERS = ["the file", "the file, mending it", "the database"] as const;
type Attacker = (typeof ATTACKERS)[number];

/** The bundle after it was tampered with. */
export function tamper(kind: Kind, attacker: Attacker, at: number, loot: Loot): Promise<Blob> {
  const lines = linesOf(loot.texts);
  const forged: string[] = KINDS[kind](lines, at);
  if (kind === "rewrite everything") return signedAnew(attacker, forged, loot);
  if (kind === "rewrite in another epoch") return signedAnew(attacker, forged, { ...loot, origin: `${loot.origin}/2` });
  const checkpoint = kind === "replace the checkpoint" ? replacement(attacker, at, loot) : undefined;
  if (attacker === "the database") return exportedAgain(renumbered(forged), loot, checkpoint);
  const texts = new Map(loot.texts).set("events.jsonl", textOf(forged));
  if (checkpoint) texts.set("checkpoint", checkpoint);
  return zip(attacker === "the file" ? texts : mended(texts, forged));
}

/**
 * Whoever rewrites everything signs everything: with a key of their own; with one that they call the server's next; or
 * with the server's, who has emptied the database of what was sealed. The name of another epoch is that of a log after
 * a restore.
 */
function signedAnew(attacker: Attacker, records: string[], loot: Loot): Promise<Blob> {
  const { origin, vkey } = loot;
  if (attacker === "the database") {
    const body = checkpointBody({ origin, size: records.length, root: rootOf(records) });
    return exportedAgain(records, loot, loot.serverSigns(body));
  }
  const own = vkeyOfSeed(OWN);
  const next = { vkey: own, endorsement: signNote(endorsementBody(vkey, own), OWN) };
  const keys = attacker === "the file" ? {} : { keys: keysFile([{ vkey, endorsement: null }, next]) };
  return bundleFile(bundleSource({ records, seeds: [OWN], origin }, undefined, keys));
}

/** At each place another: of a beginning that ends there, signed by nobody else; a character changed; or an older one. */
function replacement(attacker: Attacker, at: number, { texts, origin, olderCheckpoints }: Loot): string {
  if (attacker === "the file") return checkpointOf({ records: linesOf(texts).slice(0, at), seeds: [OWN], origin });
  if (attacker === "the database") return olderCheckpoints[at % olderCheckpoints.length] as string;
  const note = [...(texts.get("checkpoint") as string)];
  const place = at % note.length;
  return note.with(place, String.fromCodePoint((note[place]?.codePointAt(0) as number) ^ 1)).join("");
}

export const linesOf = (texts: Texts) => (texts.get("events.jsonl") as string).slice(0, -1).split("\n");
const textOf = (lines: readonly string[]) => lines.map((line) => `${line}\n`).join("");

/** Sums, places, counts and proof fit the forged events; only the signature cannot be mended. */
function mended(texts: Texts, forged: readonly string[]): Texts {
  const size = forged.length;
  const manifest = (texts.get("manifest") as string)
    .replace(/^(size|events) \d+$/gm, `$1 ${size}`)
    .replace(/^range 0 \d+$/m, `range 0 ${size}`);
  return withSums(
    new Map(texts)
      .set("events.jsonl", textOf(renumbered(forged)))
      .set("proof.json", `{"size":${size},"ranges":[[0,${size}]],"hashes":[]}\n`)
      .set("manifest", manifest),
  );
}

/** The server reads leaves and tiles that fit each other, and the checkpoint that it finds. */
function exportedAgain(records: string[], loot: Loot, checkpoint = loot.texts.get("checkpoint") as string) {
  const log: MemoryLog = { records, origin: loot.origin };
  const stated = Number(checkpoint.split("\n")[1]);
  const to = Math.min(stated, records.length);
  const change: Partial<BundleSource> = {
    checkpoint,
    keys: loot.texts.get("keys") as string,
    sign: loot.serverSigns,
    size: stated,
    to,
    events: to,
  };
  return bundleFile(bundleSource({ ...log, records: records.slice(0, to) }, undefined, change));
}

/** Each event with the hash of the one before it: what a log without trees and checkpoints has. */
export function chainOf(lines: readonly string[]): { line: string; hash: string }[] {
  let before = "";
  return lines.map((line) => ({ line, hash: (before = hashOf(before + line)) }));
}

export const isChain = (chain: readonly { line: string; hash: string }[]) =>
  chain.every(({ line, hash }, at) => hash === hashOf((chain[at - 1]?.hash ?? "") + line));

const hashOf = (text: string) => createHash("sha256").update(text).digest("hex");
