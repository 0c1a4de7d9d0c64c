import type { Checkpoint } from "@/lib/audit/checkpoint";
import { fingerprintOf, type NoteKey, vkeyOf } from "@/lib/audit/note";
import type { Failure, Findings } from "./findings";
import type { Manifest } from "./manifest";

/** What came out of verifying a bundle. Plain data: a worker sends it to its page. */
export interface BundleReport {
  isVerified: boolean;
  failures: readonly Failure[];
  warnings: readonly string[];
  /** What the signed manifest says; absent when nobody trusted has signed one. */
  manifest?: Omit<Manifest, "sums">;
  /** The key that signed it. */
  key?: { vkey: string; fingerprint: string };
  checkpoint?: Checkpoint;
  /** The signed text of the checkpoint. */
  note?: string;
  /** How many checkpoints from outside it agrees with. */
  compared: number;
}

export function reportOf(
  { failures, warnings }: Findings,
  manifest?: Manifest,
  signer?: NoteKey,
  signed?: { checkpoint: Checkpoint; note: string },
  compared = 0,
): BundleReport {
  const { sums: _sums, ...said } = manifest ?? {};
  return {
    isVerified: failures.length === 0,
    failures,
    warnings,
    ...(manifest && { manifest: said as Omit<Manifest, "sums"> }),
    ...(signer && { key: { vkey: vkeyOf(signer), fingerprint: fingerprintOf(signer.publicKey) } }),
    ...signed,
    compared,
  };
}
