import type { Facts } from "@/lib/verification/decide";
import type { Found, PresentedPrincipal } from "@/lib/verification/found";
import type { Power } from "@/lib/kernel/permissions";

const FACTS: Facts = {
  noun: "API key",
  over: null,
  versionEndsAt: null,
  expiresAt: null,
  idleEndsAt: null,
  disabled: null,
  notBefore: null,
  allowedCidrs: [],
};

/** What a look-up would find of a credential that nothing speaks against. */
export const foundOf = (principal: PresentedPrincipal, power: Power, targets: readonly string[] = []): Found => ({
  standing: { principal, organizationId: "60-1", power, now: new Date(0) },
  organization: { accountName: "acme", isOwn: true, maxAgeSeconds: 0 },
  issuedAt: 0,
  facts: FACTS,
  targets,
});
