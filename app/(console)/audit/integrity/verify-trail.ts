import { recallTrail, rememberTrail } from "@/app/(console)/audit/trail-memory";
import { fromBase64 } from "@/lib/audit/base64";
import { readOrigin } from "@/lib/audit/checkpoint";
import type { ConsistencyProof } from "@/lib/audit/schema";
import { requireConsistency } from "@/lib/audit/verify/event";
import { RENAMED, rememberedCheckpoint } from "@/lib/audit/verify/memory";
import type { BundleReport } from "@/lib/audit/verify/report";
import { api, readFile } from "@/lib/http/client";
import { reportVerification } from "./report-verification";
import { verifyInWorker } from "./verify-task";

export type Progress = { bytes: number } | { events: number };

interface Asked {
  log: string;
  /** A range of the log; all of it when both are missing. */
  fromSeq?: string;
  toSeq?: string;
}

/**
 * Verifies the trail as this browser gets it from the server, which is not believed: hashes are computed and signatures
 * checked here, by the key this browser knows, and the log must begin with what it has seen before. The result is
 * reported to the trail.
 */
export async function verifyTrail(
  { log, fromSeq, toSeq }: Asked,
  onProgress: (progress: Progress) => void,
  signal: AbortSignal,
): Promise<BundleReport> {
  const query = new URLSearchParams({ ...(fromSeq && { fromSeq }), ...(toSeq && { toSeq }) });
  const bundle = await readFile(`/v1/audit/bundle?${query}`, (bytes) => onProgress({ bytes }), signal);
  const memory = recallTrail(log);
  const task = { bundle, pinned: memory ? [memory.vkey] : [] };
  const verified = await verifyInWorker(task, (events) => onProgress({ events }), signal);
  const report = await sinceLastVisit(verified, log);
  const { key, note } = report;
  if (report.isVerified && key && note) rememberTrail(log, { vkey: key.vkey, checkpoint: note });
  await reportVerification(report, log, false);
  return report;
}

/** With the failure that it is another log, or does not begin with what this browser has seen, if so. */
async function sinceLastVisit(report: BundleReport, log: string): Promise<BundleReport> {
  const memory = recallTrail(log);
  const { checkpoint } = report;
  if (!checkpoint) return report;
  try {
    if (readOrigin(checkpoint.origin)?.log !== log) throw new Error("This is another log.");
    if (!memory) return report;
    const before = rememberedCheckpoint(memory);
    if (before.origin !== checkpoint.origin) throw new Error(RENAMED);
    const hasGrown = before.size > 0 && before.size < checkpoint.size;
    const path = `/v1/audit/proof?from=${before.size}&to=${checkpoint.size}`;
    const hashes = hasGrown ? (await api<ConsistencyProof>("GET", path)).data.hashes : [];
    requireConsistency(before, checkpoint, hashes.map(fromBase64));
    return { ...report, compared: report.compared + 1 };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const failures = [...report.failures, { file: "what this browser has seen before", reason }];
    return { ...report, isVerified: false, failures };
  }
}
