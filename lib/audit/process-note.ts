import "server-only";
import { deriveKey } from "@/lib/kernel/secret-key";
import { checkpointBody } from "./checkpoint";
import { EMPTY_ROOT } from "./merkle";
import { noteKey, openNote, publicKeyOf, signNote } from "./note";

/**
 * What a process writes into its file of checkpoints: that it begins, and that it has stopped after everything was
 * sealed and copied, as the last of its deployment. Only such an end shows that nothing came after what is in the file.
 */
type Fact = "started" | "stopped";

/** By its form a checkpoint of a log without events, which whoever reads the file for checkpoints passes over. */
const BODY = checkpointBody({ origin: "latchkey-process", size: 0, root: EMPTY_ROOT });

type KeySettings = Parameters<typeof deriveKey>[1];

const seedOf = (settings: KeySettings) => new Uint8Array(deriveKey("process note key", settings));

export const processNote = (fact: Fact, at: Date, settings?: KeySettings): string =>
  signNote(`${BODY}${fact} ${at.toISOString()}\n`, seedOf(settings));

/** Undefined for every other note, and for one that no process of this deployment has signed. */
export function factIn(note: string, settings?: KeySettings): Fact | undefined {
  if (!note.startsWith(BODY)) return undefined;
  try {
    const { body } = openNote(note, [noteKey(publicKeyOf(seedOf(settings)))]);
    return body.startsWith(`${BODY}stopped `) ? "stopped" : "started";
  } catch {
    return undefined;
  }
}
