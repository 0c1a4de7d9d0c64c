import type { BundleReport } from "@/lib/audit/verify/report";
import { api } from "@/lib/http/client";

/**
 * Tells the trail that it was verified, with what result. What nobody trusted has signed says nothing that could be
 * told, and a bundle of another log is not the matter of this one.
 */
export async function reportVerification({ manifest, isVerified }: BundleReport, log: string, bundle: boolean) {
  if (manifest?.origin.split("/")[1] !== log) return;
  const { to: size, from, isComplete } = manifest;
  const result = isVerified ? "verified" : "failed";
  await api("POST", "/v1/audit/verifications", { size, from, result, bundle, isComplete });
}
