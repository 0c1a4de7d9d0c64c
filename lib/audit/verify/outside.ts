import { bytesToHex } from "@noble/hashes/utils.js";
import { type Checkpoint, parseCheckpoint, readOrigin } from "@/lib/audit/checkpoint";
import type { Hash } from "@/lib/audit/merkle";
import { type NoteKey, openNote } from "@/lib/audit/note";
import type { Findings } from "./findings";
import { quoted } from "./print";
import { keptOf, type Restored } from "./restored";

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

/** A checkpoint that was kept outside, and what it has to do with the log as it is now. */
export interface Outside extends Checkpoint {
  epoch: number;
  /** It is of another epoch, and no restore between the two was accepted: all of it must agree. */
  isUnexplained: boolean;
}

interface Expected {
  origin: string;
  trusted: readonly NoteKey[];
  restored: readonly Restored[];
}

/**
 * The checkpoints of this log, in any epoch, that were kept outside the server; without those of what an accepted
 * restore has lost. One that no trusted key has signed is a failure, and is compared all the same: whoever rewrites a
 * log with a key of their own cannot change it.
 */
export function readOutside(
  notes: readonly string[],
  { origin, trusted, restored }: Expected,
  findings: Findings,
): Outside[] {
  const ours = readOrigin(origin);
  const found: Outside[] = [];
  let lost = 0;
  notes.forEach((note, at) => {
    const place = { file: PLACE, line: at + 1 };
    const checkpoint = findings.attempt(place, () => parseCheckpoint(note.slice(0, note.indexOf("\n\n") + 1)));
    const theirs = checkpoint && readOrigin(checkpoint.origin);
    if (!checkpoint || !theirs || theirs.log !== ours?.log) return;
    const kept = keptOf(restored, theirs.epoch, ours.epoch);
    if (checkpoint.size > kept) {
      lost++;
      return;
    }
    findings.attempt(place, () => openNote(note, trusted));
    found.push({ ...checkpoint, epoch: theirs.epoch, isUnexplained: theirs.epoch !== ours.epoch && kept === Infinity });
  });
  if (found.length === 0) findings.fail(PLACE, `none is of ${quoted(origin)}: nothing was compared`);
  if (lost > 0) {
    findings.warnings.push(`${lost} outside checkpoints are of what an accepted restore has lost: not compared.`);
  }
  return found;
}

interface Log {
  origin: string;
  size: number;
  /** The root of its first so many events, when they are known. */
  rootAt: (size: number) => Hash | undefined;
  /** It is the newest there can be. */
  isNewest?: boolean | undefined;
}

/** How many of the outside checkpoints the bundle agrees with. */
export function compareOutside(outside: readonly Outside[], log: Log, findings: Findings): number {
  const { size, rootAt, isNewest } = log;
  const epoch = readOrigin(log.origin)?.epoch ?? 0;
  const newer = outside.filter((theirs) => theirs.size > size && theirs.epoch >= epoch);
  const unknown: Outside[] = [];
  let compared = 0;
  for (const theirs of outside.filter((each) => each.size <= size || each.epoch < epoch)) {
    const ours = rootAt(theirs.size);
    const that = `that of size ${theirs.size}${theirs.epoch === epoch ? "" : ` in epoch ${theirs.epoch}`}`;
    const why = theirs.isUnexplained ? UNEXPLAINED : REWRITTEN;
    if (theirs.size > size) findings.fail(PLACE, `${that} is of a longer log: ${why}`);
    else if (!ours) unknown.push(theirs);
    else if (isSame(ours, theirs.root)) compared++;
    else findings.fail(PLACE, `${that} has another root: ${why}`);
  }
  if (isNewest && outside.some((theirs) => theirs.epoch > epoch)) {
    findings.fail(PLACE, "some are of a later epoch: the log goes on under another name");
  }
  if (newer.length > 0 && isNewest) findings.fail(PLACE, `${newer.length} are of a longer log: the tail is missing`);
  else if (newer.length > 0) {
    findings.warnings.push(`The log has grown since: ${newer.length} outside checkpoints are newer; not contradicted.`);
  }
  if (unknown.some((theirs) => theirs.isUnexplained)) {
    findings.fail(PLACE, `some of another epoch need events that are not in this bundle: ${UNEXPLAINED}`);
  }
  if (unknown.length > 0) {
    findings.warnings.push(`${unknown.length} outside checkpoints need events that are not in this bundle.`);
  }
  return compared;
}

const REWRITTEN = "the log was rewritten";
const UNEXPLAINED = `${REWRITTEN}, or lost events in a restore that was not accepted`;

export const isSame = (one: Hash, other: Hash) => bytesToHex(one) === bytesToHex(other);
