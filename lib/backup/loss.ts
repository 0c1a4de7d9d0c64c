import "server-only";
import { readFile } from "node:fs/promises";
import { type Checkpoint, parseCheckpoint, readOrigin } from "@/lib/audit/checkpoint";
import { type NoteKey, noteKey, openNote, publicKeyOf } from "@/lib/audit/note";
import { isSame, splitNotes } from "@/lib/audit/verify/outside";
import { deriveKey } from "@/lib/kernel/secret-key";
import type { Header, KeySettings } from "./format";

/** What the checkpoints outside the database tell of the time since a backup. */
export interface Loss {
  /** `none`: nothing was sealed since. `some`: events are missing. `unknown`: nothing tells. */
  kind: "none" | "some" | "unknown";
  /** How many are missing, as far as is known. */
  events: number;
}

const GENERATIONS_AT_MOST = 100;

/**
 * Compares the outside log of checkpoints with the heads in a backup. A note that no key of this deployment has signed
 * tells nothing, and a log that has not even seen the backup's own heads is not the one that was written since.
 * Throws an Error when the two contradict each other.
 */
export async function findLoss(file: string, { logs }: Header, settings: KeySettings): Promise<Loss> {
  const stated = await readCheckpoints(file, settings);
  let events = 0;
  for (const { origin, size, root } of newest(stated)) {
    const of = readOrigin(origin);
    const log = logs.find((each) => each.logId === of?.log);
    if (log && of && of.epoch < log.epoch) continue;
    // What another restore has begun since was lost in whole.
    const kept = log && of?.epoch === log.epoch ? log.size + log.waiting : 0;
    events += Math.max(0, size - kept);
    if (log?.checkpoint && kept > 0 && size === log.size && !isSame(root, parseCheckpoint(log.checkpoint).root)) {
      throw new Error(`The checkpoints in ${file} contradict the backup: one of them is not of this log.`);
    }
  }
  const hasSeen = (log: Header["logs"][number]) =>
    log.checkpoint === null ||
    stated.some(({ origin, size }) => log.checkpoint?.startsWith(`${origin}\n`) && size >= log.size);
  if (events > 0) return { kind: "some", events };
  return { kind: logs.every(hasSeen) ? "none" : "unknown", events: 0 };
}

/** The largest of each origin. */
function newest(stated: readonly Checkpoint[]): Checkpoint[] {
  const found = new Map<string, Checkpoint>();
  for (const checkpoint of stated) {
    if (checkpoint.size >= (found.get(checkpoint.origin)?.size ?? 0)) found.set(checkpoint.origin, checkpoint);
  }
  return [...found.values()];
}

async function readCheckpoints(file: string, settings: KeySettings): Promise<Checkpoint[]> {
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "";
    throw error;
  });
  if (text === "") return [];
  const keys = Array.from({ length: GENERATIONS_AT_MOST }, (_, n) => {
    const seed = deriveKey(`audit signing key ${n + 1}`, settings);
    return noteKey(publicKeyOf(new Uint8Array(seed)));
  });
  return notesIn(text).flatMap((note) => checkpointIn(note, keys));
}

/** A crash may have left one half-written. */
function notesIn(text: string): string[] {
  try {
    return splitNotes(text);
  } catch {
    return [];
  }
}

function checkpointIn(note: string, keys: readonly NoteKey[]): Checkpoint[] {
  try {
    return [parseCheckpoint(openNote(note, keys).body)];
  } catch {
    return [];
  }
}
