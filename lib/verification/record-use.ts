import "server-only";
import type { Outcome } from "@/lib/usage/schema";
import type { PresentedPrincipal } from "./found";
import { recordCheck } from "./usage";

interface Use {
  principal: PresentedPrincipal;
  organizationId: string;
  outcome: Outcome;
  /** The one permission that was asked for. */
  permission?: string | undefined;
  ip: string;
  userAgent: string;
  /** Milliseconds since 1970. */
  at: number;
}

/** Counts what became of a credential that is known. */
export function recordUse({ principal, organizationId, outcome, permission, ip, userAgent, at }: Use): void {
  const credentialId = principal.kind === "user" ? principal.sessionId : principal.id;
  const version = "version" in principal ? principal.version : undefined;
  recordCheck({ organizationId, credentialId, version, outcome, permission, ip, userAgent, at });
}
