import type { CredentialPrincipal, LoginPrincipal, Standing, UserPrincipal } from "@/lib/kernel/ctx";
import type { Facts } from "./decide";

/** What a check has to know of the organization a credential belongs to. */
export interface OrganizationFacts {
  accountName: string;
  /** Whether it is the one this deployment was set up for. */
  isOwn: boolean;
  /** For how long whoever asks may keep an answer. */
  maxAgeSeconds: number;
}

/** Who a value that is sent in the Authorization header stands for. */
export type PresentedPrincipal = CredentialPrincipal | LoginPrincipal | UserPrincipal;

/** What the database says of a presented value: enough to decide about it now and at any moment until it changes. */
export interface Found<P extends PresentedPrincipal = PresentedPrincipal> {
  standing: Standing<P>;
  organization: OrganizationFacts;
  /** Milliseconds since 1970. */
  issuedAt: number;
  facts: Facts;
  rateLimit?: { requests: number; seconds: number };
  /** The ids of the rows this was read from that decide anything: when one of them changes, it is outdated. */
  targets: readonly string[];
  /** The newer value beside which this one still works. */
  rotation?: { version: number; endsAt: Date };
  /** A login's pair that nobody has used yet: its first use is recorded before it has any effect. */
  unusedPair?: { grantId: string; number: number };
}
