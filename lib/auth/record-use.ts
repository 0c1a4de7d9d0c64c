import "server-only";
import type { CredentialPrincipal, LoginPrincipal, Origin, Standing } from "@/lib/kernel/ctx";
import type { ErrorCode } from "@/lib/kernel/errors";
import type { Outcome } from "@/lib/usage/schema";
import { recordCheck } from "@/lib/verification/usage";

const OUTCOMES: Partial<Record<ErrorCode, Outcome>> = {
  credential_expired: "EXPIRED",
  credential_disabled: "DISABLED",
  credential_not_yet_valid: "NOT_YET_VALID",
  network_not_allowed: "IP_NOT_ALLOWED",
  too_many_requests: "RATE_LIMITED",
};

/** Counts what became of a known credential. */
export function recordUse(
  { principal, organizationId, now: at }: Standing<CredentialPrincipal | LoginPrincipal>,
  { ip, userAgent }: Origin,
  refusal: ErrorCode | undefined,
): void {
  const version = principal.kind === "login_token" ? undefined : principal.version;
  const outcome = refusal ? (OUTCOMES[refusal] ?? "REVOKED") : "VALID";
  recordCheck({ organizationId, credentialId: principal.id, version, outcome, ip, userAgent, at });
}
