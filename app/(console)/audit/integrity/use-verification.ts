import { useEffect, useRef, useState } from "react";
import type { BundleReport } from "@/lib/audit/verify/report";
import { formatCount, formatKilobytes } from "@/lib/format";
import type { Progress } from "./verify-trail";

type Work = (onProgress: (progress: Progress) => void, signal: AbortSignal) => Promise<BundleReport>;

export interface Verification {
  isRunning: boolean;
  /** How far it is, in words. */
  progress: string;
  report?: BundleReport;
  problem?: string;
  run: (work: Work) => Promise<void>;
  stop: () => void;
}

/** One verification at a time; leaving the page ends it. */
export function useVerification(): Verification {
  const [state, setState] = useState<Pick<Verification, "isRunning" | "progress" | "report" | "problem">>({
    isRunning: false,
    progress: "",
  });
  const abort = useRef<AbortController>(undefined);
  useEffect(() => () => abort.current?.abort(), []);

  async function run(work: Work) {
    abort.current?.abort();
    const own = (abort.current = new AbortController());
    const show = (next: typeof state) => own === abort.current && setState(next);
    show({ isRunning: true, progress: "Asking the server" });
    try {
      const report = await work((progress) => show({ isRunning: true, progress: wordsOf(progress) }), own.signal);
      show({ isRunning: false, progress: "", report });
    } catch (error) {
      const problem = own.signal.aborted ? undefined : wordsFor(error);
      show({ isRunning: false, progress: "", ...(problem && { problem }) });
    }
  }

  return { ...state, run, stop: () => abort.current?.abort() };
}

function wordsFor(error: unknown): string {
  if (error instanceof DOMException && error.name === "NotReadableError")
    return "A file has changed since it was chosen, as the server's own does every second. Choose a copy of it.";
  return error instanceof Error ? error.message : String(error);
}

const wordsOf = (progress: Progress) =>
  "bytes" in progress
    ? `Reading: ${formatKilobytes(progress.bytes)}`
    : `Verifying: ${formatCount(progress.events, "event")}`;
