import type { ErrorCode } from "@/lib/kernel/errors";
import { isInNetworks } from "@/lib/kernel/networks";

/** What is needed to decide about one presented version of an API key or access token. */
export interface CredentialFacts {
  kind: "api_key" | "access_token";
  notBefore: Date | null;
  expiresAt: Date | null;
  allowedCidrs: string[];
  revokedAt: Date | null;
  disabledAt: Date | null;
  appDisabledAt: Date | null;
  appDeletedAt: Date | null;
  versionEndsAt: Date | null;
}

/** What the credential is called when it is refused. */
export const NOUN = { api_key: "API key", access_token: "access token" } as const;

export type Refusal = { code: ErrorCode; detail: string };

/**
 * Whether the credential is accepted at this moment from this address: undefined when it is, else
 * the reason. What ended for good is said before what may pass.
 */
export function refusalOf(facts: CredentialFacts, now: Date, ip: string): Refusal | undefined {
  const noun = NOUN[facts.kind];
  const hasPassed = (time: Date | null) => time !== null && time <= now;
  if (facts.revokedAt || facts.appDeletedAt) return { code: "credential_revoked", detail: `This ${noun} was revoked.` };
  if (hasPassed(facts.versionEndsAt)) {
    return { code: "credential_revoked", detail: `This value of the ${noun} was replaced and its overlap has ended.` };
  }
  if (hasPassed(facts.expiresAt)) return { code: "credential_expired", detail: `This ${noun} has expired.` };
  if (facts.disabledAt) return { code: "credential_disabled", detail: `This ${noun} is disabled.` };
  if (facts.appDisabledAt) return { code: "credential_disabled", detail: "The app of this API key is disabled." };
  if (facts.notBefore && facts.notBefore > now) {
    return { code: "credential_not_yet_valid", detail: `This ${noun} is not valid yet.` };
  }
  if (facts.allowedCidrs.length > 0 && !isInNetworks(ip, facts.allowedCidrs)) {
    return { code: "network_not_allowed", detail: `This ${noun} does not work from your network.` };
  }
  return undefined;
}
