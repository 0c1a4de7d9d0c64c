import type { Tone } from "@/components/ui/status";
import type { InclusionProof } from "@/lib/audit/schema";
import { RENAMED } from "@/lib/audit/verify/memory";
import { proveEvent } from "@/lib/audit/verify/seen";
import { formatNumber } from "@/lib/format";
import { recallTrail, rememberTrail } from "./trail-memory";

export interface Verdict {
  tone: Tone;
  words: string;
  detail: string;
}

/** What this proof shows of the event, to a browser that may have seen its log before. */
export function verdictOn(event: string, log: string, proof: InclusionProof): Verdict {
  try {
    return judge(event, log, proof);
  } catch (error) {
    return { tone: "bad", words: "not proved", detail: error instanceof Error ? error.message : String(error) };
  }
}

function judge(event: string, log: string, { record, ...proof }: InclusionProof): Verdict {
  const place = `Event ${formatNumber(proof.seq)}`;
  if (record === null)
    return { tone: "idle", words: "archived", detail: `${place} is in an archive, which proves it.` };
  const memory = recallTrail(log);
  const { checkpoint, vkey, isRenamed } = proveEvent({ event, log }, { ...proof, record }, memory);
  if (isRenamed) return { tone: "warn", words: "signed under another name", detail: RENAMED };
  if (!memory) rememberTrail(log, { vkey, checkpoint: proof.checkpoint });
  const key = vkey.split("+")[0];
  return {
    tone: "ok",
    words: "included and signed",
    detail: `${place} of ${formatNumber(checkpoint.size)}, in a tree that ${key} has signed${memory ? "" : ", a key that this browser sees for the first time"}.`,
  };
}
