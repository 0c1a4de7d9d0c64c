import { type Checkpoint, parseCheckpoint } from "@/lib/audit/checkpoint";
import { type NoteKey, openNote, parseVkey, vkeyOf } from "@/lib/audit/note";
import { keysFile, readKeys, trustedOf } from "./keys";

/** What somebody has seen of a log before, and trusts: a key, and the newest checkpoint that it or a successor signed. */
export interface Memory {
  vkey: string;
  checkpoint: string;
}

export type Published = readonly { vkey: string; endorsement: string | null }[];

/** A key that nothing endorses begins anew: those before it say nothing for it. */
export const chainOf = <K extends { endorsement: string | null }>(keys: readonly K[]): readonly K[] =>
  keys.slice(keys.findLastIndex(({ endorsement }) => endorsement === null));

/** The keys to trust of those a server publishes: who remembers one takes that one and what it endorses. */
export function keysToTrust(published: Published, memory?: Memory): readonly NoteKey[] {
  const keys = readKeys(keysFile(chainOf(published)));
  return trustedOf(keys, memory ? [parseVkey(memory.vkey)] : []);
}

/** The checkpoint of a note that a trusted key has signed. */
export function openCheckpoint(note: string, trusted: readonly NoteKey[]): { checkpoint: Checkpoint; vkey: string } {
  const { body, signer } = openNote(note, trusted);
  return { checkpoint: parseCheckpoint(body), vkey: vkeyOf(signer) };
}

/** What was remembered as a checkpoint; the note was verified before it was kept. */
export const rememberedCheckpoint = ({ checkpoint }: Memory): Checkpoint =>
  parseCheckpoint(checkpoint.slice(0, checkpoint.indexOf("\n\n") + 1));

/** For who remembers a log under one name and finds it under another: what to do before believing it. */
export const RENAMED =
  "The log goes on under another name, as it does after a restore, and is not compared with what this browser saw " +
  "before. If nobody restored a backup, it was rewritten. Otherwise verify a bundle of it with the checkpoints from " +
  "outside and the restore that you accept; then let this browser forget what it saw, under Integrity.";
