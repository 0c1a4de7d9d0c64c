import type { BundleReport } from "@/lib/audit/verify/report";
import type { Restored } from "@/lib/audit/verify/restored";

export interface Task {
  bundle: Blob;
  pinned: string[];
  outside?: string[];
  restored?: Restored[];
  isNewest?: boolean;
}

export type Answer = { events: number } | { report: BundleReport } | { problem: string };

/** Verifies a bundle beside the page, which stays responsive. Rejects when it is none, or when it is given up. */
export function verifyInWorker(
  task: Task,
  onEvents: (events: number) => void,
  signal: AbortSignal,
): Promise<BundleReport> {
  const worker = new Worker(new URL("./verify.worker.ts", import.meta.url), { type: "module" });
  return new Promise<BundleReport>((resolve, reject) => {
    signal.addEventListener("abort", () => reject(new Error("The verification was given up.")));
    worker.onerror = () => reject(new Error("This browser cannot run the verification."));
    worker.onmessage = ({ data }: MessageEvent<Answer>) => {
      if ("events" in data) onEvents(data.events);
      else if ("report" in data) resolve(data.report);
      else reject(new Error(`This file is no bundle: ${data.problem}`));
    };
    worker.postMessage(task);
  }).finally(() => worker.terminate());
}
