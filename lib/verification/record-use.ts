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
  /** Of several that were asked for: those that it holds, or those for whose lack it was refused. */
  together?: readonly string[] | undefined;
  ip: string;
  userAgent: string;
  /** Milliseconds since 1970. */
  at: number;
}

/** Counts what became of a credential that is known. */
export function recordUse(use: Use): void {
  const { principal, organizationId, outcome, permission, together, ip, userAgent, at } = use;
  const credentialId = principal.kind === "user" ? principal.sessionId : principal.id;
  const version = "version" in principal ? principal.version : undefined;
  recordCheck({ organizationId, credentialId, version, outcome, permission, together, ip, userAgent, at });
}
