import "server-only";
import { readFile } from "node:fs/promises";
import { type Checkpoint, parseCheckpoint, readOrigin } from "@/lib/audit/checkpoint";
import { factIn } from "@/lib/audit/process-note";
import { type NoteKey, noteKey, openNote, publicKeyOf } from "@/lib/audit/note";
import { isSame, splitNotes } from "@/lib/audit/verify/outside";
import { tellOfFile } from "@/lib/kernel/file-errors";
import { deriveKey } from "@/lib/kernel/secret-key";
import type { Header, KeySettings } from "./format";

/** What the checkpoints outside the database tell of the time since a backup. */
export interface Loss {
  /** `none`: it is known that nothing was sealed since. `some`: events are missing. `unknown`: neither is known. */
  kind: "none" | "some" | "unknown";
  /** How many are missing, as far as is known. */
  events: number;
  /** The last epoch of each log that anything was signed in, as far as is known. */
  epochs: Record<string, number>;
}

const GENERATIONS_AT_MOST = 100;

/**
 * Compares the outside log of checkpoints with the heads in a backup. A note that no key of this deployment has signed
 * tells nothing. That nothing is missing takes more than that nothing is seen: the file has all that the backup has,
 * and ends with a process that stopped when there was no more to tell. Throws an Error when the two contradict each
 * other, and when there is no file where somebody said that there is one.
 */
export async function findLoss(
  file: string,
  { logs }: Header,
  settings: KeySettings,
  { isNamed }: { isNamed: boolean },
): Promise<Loss> {
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT" && !isNamed) return "";
    return tellOfFile(file, "read")(error);
  });
  const { stated, isEnded } = readOutside(text, settings);
  const epochs: Record<string, number> = {};
  let events = 0;
  for (const { origin, size, root } of newest(stated)) {
    const of = readOrigin(origin);
    if (of) epochs[of.log] = Math.max(epochs[of.log] ?? 0, of.epoch);
    const log = logs.find((each) => each.logId === of?.log);
    if (log && of && of.epoch < log.epoch) continue;
    // What another restore has begun since was lost in whole.
    const kept = log && of?.epoch === log.epoch ? log.size + log.waiting : 0;
    events += Math.max(0, size - kept);
    if (log?.checkpoint && kept > 0 && size === log.size && !isSame(root, parseCheckpoint(log.checkpoint).root)) {
      throw new Error(`The checkpoints in ${file} contradict the backup: one of them is not of this log.`);
    }
  }
  // What waited has become checkpoints that the backup does not know, or never became any.
  const hasSeen = ({ checkpoint, size, waiting }: Header["logs"][number]) =>
    waiting === 0 &&
    (size === 0 || stated.some((each) => checkpoint?.startsWith(`${each.origin}\n`) && each.size === size));
  if (events > 0) return { kind: "some", events, epochs };
  return { kind: isEnded && logs.every(hasSeen) ? "none" : "unknown", events, epochs };
}

/** The largest of each origin. */
function newest(stated: readonly Checkpoint[]): Checkpoint[] {
  const found = new Map<string, Checkpoint>();
  for (const checkpoint of stated) {
    if (checkpoint.size >= (found.get(checkpoint.origin)?.size ?? 0)) found.set(checkpoint.origin, checkpoint);
  }
  return [...found.values()];
}

/** The checkpoints in their order, and whether a process that stopped comes after them. */
function readOutside(text: string, settings: KeySettings): { stated: Checkpoint[]; isEnded: boolean } {
  const stated: Checkpoint[] = [];
  let isEnded = false;
  if (text === "") return { stated, isEnded };
  const keys = Array.from({ length: GENERATIONS_AT_MOST }, (_, n) => {
    const seed = deriveKey(`audit signing key ${n + 1}`, settings);
    return noteKey(publicKeyOf(new Uint8Array(seed)));
  });
  for (const note of notesIn(text)) {
    const fact = factIn(note, settings);
    const found = fact === undefined ? checkpointIn(note, keys) : [];
    stated.push(...found);
    if (fact !== undefined || found.length > 0) isEnded = fact === "stopped";
  }
  return { stated, isEnded };
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
