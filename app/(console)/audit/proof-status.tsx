"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Status, type Tone } from "@/components/ui/status";
import type { InclusionProof } from "@/lib/audit/schema";
import { RENAMED } from "@/lib/audit/verify/memory";
import { proveEvent } from "@/lib/audit/verify/seen";
import { formatNumber } from "@/lib/format";
import { api, ApiError } from "@/lib/http/client";
import { recallTrail, rememberTrail } from "./trail-memory";

interface Verdict {
  tone: Tone;
  words: string;
  detail: string;
}

/**
 * Whether this event is in the log that was signed, found out in the browser: it asks for the proof, recomputes the
 * root from the event's record and checks the signature. Asking is itself recorded, so it takes a press.
 */
export function ProofStatus({ event, seq, log }: { event: string; seq: number | null; log: string }) {
  const [verdicts, setVerdicts] = useState<Record<string, Verdict>>({});
  const [isPending, setPending] = useState(false);
  const verdict = verdicts[event];

  async function verify() {
    setPending(true);
    const found = await verdictOf(event, log);
    setVerdicts((known) => ({ ...known, [event]: found }));
    setPending(false);
  }

  return (
    <section>
      <h3 className="mb-1.5 text-s font-semi">Proof</h3>
      <div role="status" className="text-s">
        {verdict ? (
          <>
            <Status tone={verdict.tone}>{verdict.words}</Status>
            <p className="mt-1.5 mb-2 wrap-anywhere text-ink-2">{verdict.detail}</p>
          </>
        ) : (
          <p className="mb-2 text-ink-2 tabular-nums">
            {seq === null ? "Waits to be sealed, which takes about a second." : `Sealed as event ${formatNumber(seq)}.`}
          </p>
        )}
      </div>
      {verdict?.tone !== "ok" && (
        <Button pending={isPending} onClick={() => void verify()}>
          {verdict ? "Verify again" : "Verify in this browser"}
        </Button>
      )}
    </section>
  );
}

async function verdictOf(event: string, log: string): Promise<Verdict> {
  try {
    const { data } = await api<InclusionProof>("GET", `/v1/audit/proof?event=${event}`);
    return judge(event, log, data);
  } catch (error) {
    if (error instanceof ApiError) return { tone: "idle", words: "not verified", detail: error.detail };
    const detail = error instanceof Error ? error.message : String(error);
    return { tone: "bad", words: "not proved", detail };
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
