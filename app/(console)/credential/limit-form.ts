import { toLines } from "@/components/form-values";
import type { CredentialRecord } from "@/lib/credentials/schema";

/** The limits of a credential as its forms hold them: networks as lines, an empty limit for none. */
export type LimitForm = {
  allowedCidrs: string;
  rateLimit: string;
  rateSeconds: string;
};

export const NO_LIMITS: LimitForm = { allowedCidrs: "", rateLimit: "", rateSeconds: "60" };

export const toLimitForm = ({ allowedCidrs, rateLimit }: CredentialRecord): LimitForm => ({
  allowedCidrs: allowedCidrs.join("\n"),
  rateLimit: rateLimit ? String(rateLimit.requests) : "",
  rateSeconds: String(rateLimit?.seconds ?? 60),
});

export const limitsOf = ({ allowedCidrs, rateLimit, rateSeconds }: LimitForm) => ({
  allowedCidrs: toLines(allowedCidrs),
  rateLimit: rateLimit.trim() === "" ? null : { requests: Number(rateLimit), seconds: Number(rateSeconds) },
});
