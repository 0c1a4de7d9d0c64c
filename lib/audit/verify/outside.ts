import { bytesToHex } from "@noble/hashes/utils.js";
import { type Checkpoint, parseCheckpoint } from "@/lib/audit/checkpoint";
import type { Hash } from "@/lib/audit/merkle";
import { type NoteKey, openNote } from "@/lib/audit/note";
import type { Findings } from "./findings";

const PLACE = "outside checkpoints";

const SIGNATURES = /^(— [^\s+]+ [A-Za-z0-9+/]{91}=\n?)+$/;

/**
 * The notes of a file of checkpoints, which has a blank line after each. What a crash left half-written is no note:
 * the server writes it anew.
 */
export function splitNotes(text: string): string[] {
  const blocks = text.split("\n\n").map((block) => block.replace(/^\n+|\n+$/g, ""));
  return blocks.flatMap((body, at) => {
    const signatures = blocks[at + 1];
    return signatures && SIGNATURES.test(signatures) && !SIGNATURES.test(body) ? [`${body}\n\n${signatures}\n`] : [];
  });
}

/**
 * The checkpoints of this log that were kept outside the server. One that no trusted key has signed is a
 * failure, and is compared all the same: whoever rewrites a log with a key of their own cannot change it.
 */
export function readOutside(
  notes: readonly string[],
  origin: string,
  trusted: readonly NoteKey[],
  findings: Findings,
): Checkpoint[] {
  const found: Checkpoint[] = [];
  let isRestored = false;
  notes.forEach((note, at) => {
    const place = { file: PLACE, line: at + 1 };
    const checkpoint = findings.attempt(place, () => parseCheckpoint(note.slice(0, note.indexOf("\n\n") + 1)));
    if (checkpoint?.origin === origin) {
      findings.attempt(place, () => openNote(note, trusted));
      found.push(checkpoint);
    } else if (checkpoint && logOf(checkpoint.origin) === logOf(origin)) isRestored = true;
  });
  if (found.length === 0) findings.fail(PLACE, `none is of ${origin}: nothing was compared`);
  if (isRestored) {
    findings.warnings.push("The log was restored from a backup: checkpoints of its other epochs were not compared.");
  }
  return found;
}

/** `latchkey/<log>` or `latchkey/<log>/<epoch>`. */
export const logOf = (origin: string): string | undefined => /^latchkey\/([^/]+)(\/[^/]+)?$/.exec(origin)?.[1];

/** How many of the outside checkpoints the bundle agrees with; `rootAt` is the root of its first so many events. */
export function compareOutside(
  outside: readonly Checkpoint[],
  { size, rootAt, isNewest }: { size: number; rootAt: (size: number) => Hash | undefined; isNewest?: boolean },
  findings: Findings,
): number {
  let compared = 0;
  let unknown = 0;
  const larger = outside.filter((checkpoint) => checkpoint.size > size).length;
  for (const theirs of outside.filter((checkpoint) => checkpoint.size <= size)) {
    const ours = rootAt(theirs.size);
    if (!ours) unknown++;
    else if (isSame(ours, theirs.root)) compared++;
    else findings.fail(PLACE, `that of size ${theirs.size} has another root: the log was rewritten`);
  }
  if (larger > 0 && isNewest) findings.fail(PLACE, `${larger} are of a longer log: the tail is missing`);
  else if (larger > 0) {
    findings.warnings.push(`The log has grown since: ${larger} outside checkpoints are newer; not contradicted.`);
  }
  if (unknown > 0) findings.warnings.push(`${unknown} outside checkpoints need events that are not in this bundle.`);
  return compared;
}

export const isSame = (one: Hash, other: Hash) => bytesToHex(one) === bytesToHex(other);
