"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Status } from "@/components/ui/status";
import type { InclusionProof } from "@/lib/audit/schema";
import { formatNumber } from "@/lib/format";
import { api, ApiError } from "@/lib/http/client";
import type { Verdict } from "./verdict";

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
            {seq === null
              ? "Not sealed yet when this was read; that takes about a second."
              : `Sealed as event ${formatNumber(seq)}.`}
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
    const [{ data }, { verdictOn }] = await Promise.all([
      api<InclusionProof>("GET", `/v1/audit/proof?event=${event}`),
      // What proves is code that only this press needs.
      import("./verdict"),
    ]);
    return verdictOn(event, log, data);
  } catch (error) {
    const detail = error instanceof ApiError ? error.detail : "What verifies it did not arrive; try again.";
    return { tone: "idle", words: "not verified", detail };
  }
}
