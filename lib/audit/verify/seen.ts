import { type Checkpoint, readOrigin } from "@/lib/audit/checkpoint";
import { type EventProof, verifyEvent } from "./event";
import { isSame } from "./outside";
import { keysToTrust, type Memory, openCheckpoint, type Published, rememberedCheckpoint } from "./memory";

export interface Proved {
  checkpoint: Checkpoint;
  vkey: string;
  /** The log has another name than when it was seen: what was seen is compared with nothing. */
  isRenamed: boolean;
}

/**
 * What a proof shows of an event of this log to whoever remembers that of it. Throws an Error that says what it does
 * not show. Which log it has to be is not the server's to say.
 */
export function proveEvent(
  { event, log }: { event: string; log: string },
  proof: EventProof & { keys: Published },
  memory?: Memory,
): Proved {
  const trusted = keysToTrust(proof.keys, memory);
  const checkpoint = verifyEvent(proof, trusted);
  const said = JSON.parse(proof.record) as { id?: unknown; log?: unknown };
  if (said.id !== event) throw new Error("The proof is of another event.");
  if (said.log !== log || readOrigin(checkpoint.origin)?.log !== log) throw new Error("The proof is of another log.");
  const { vkey } = openCheckpoint(proof.checkpoint, trusted);
  if (!memory) return { checkpoint, vkey, isRenamed: false };
  const seen = rememberedCheckpoint(memory);
  if (seen.origin !== checkpoint.origin) return { checkpoint, vkey, isRenamed: true };
  if (seen.size > checkpoint.size) throw new Error("This browser has seen a longer log: the end of it is missing.");
  if (seen.size === checkpoint.size && !isSame(seen.root, checkpoint.root)) {
    throw new Error("This browser has seen another log of this size: it was rewritten.");
  }
  return { checkpoint, vkey, isRenamed: false };
}
