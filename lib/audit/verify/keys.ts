import { endorsementBody } from "@/lib/audit/checkpoint";
import { type NoteKey, openNote, parseVkey, vkeyOf } from "@/lib/audit/note";

const LINES_OF_A_LATER_KEY = 6;

/** Reads the file of keys, oldest first: each later one with the note in which its predecessor names it. */
export function readKeys(text: string): NoteKey[] {
  if (!text.endsWith("\n")) throw new Error("the last line has no end");
  const [first = "", ...lines] = text.slice(0, -1).split("\n");
  const keys = [parseVkey(first)];
  for (let at = 0; at < lines.length; at += LINES_OF_A_LATER_KEY) {
    const [vkey = "", ...note] = lines.slice(at, at + LINES_OF_A_LATER_KEY);
    keys.push(endorsedKey(keys.at(-1) as NoteKey, vkey, `${note.join("\n")}\n`));
  }
  return keys;
}

function endorsedKey(old: NoteKey, vkey: string, endorsement: string): NoteKey {
  const key = parseVkey(vkey);
  const { body } = openNote(endorsement, [old]);
  if (body !== endorsementBody(vkeyOf(old), vkey)) throw new Error(`the endorsement of ${key.name} names other keys`);
  return key;
}

/** Writes what `readKeys` reads. */
export const keysFile = (keys: readonly { vkey: string; endorsement: string | null }[]): string =>
  keys.map(({ vkey, endorsement }) => `${vkey}\n${endorsement ?? ""}`).join("");

/** The pinned keys and those that they endorse in turn; without any, the file's own. */
export function trustedOf(keys: readonly NoteKey[], pinned: readonly NoteKey[]): readonly NoteKey[] {
  if (pinned.length === 0) return keys;
  const pins = new Set(pinned.map(vkeyOf));
  const first = keys.findIndex((key) => pins.has(vkeyOf(key)));
  return first < 0 ? pinned : [...pinned, ...keys.slice(first)];
}
