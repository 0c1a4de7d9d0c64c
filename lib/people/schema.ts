import type { CredentialRecord } from "@/lib/credentials/schema";
import type { AnyPermission } from "@/lib/kernel/permissions";
import type { HeldRoleName, PersonRecord } from "@/lib/users/schema";

/** A role of a person, and why the caller may not take it from them. */
export interface HeldRoleFacts extends HeldRoleName {
  /** Nobody else who is active is Owner there. */
  isLastOwner: boolean;
  /** The caller may give and take roles there. */
  mayGrant: boolean;
  /** What it grants beyond what the caller holds. */
  missingPermissions: AnyPermission[];
}

export interface PersonFacts extends Omit<PersonRecord, "roles"> {
  roles: HeldRoleFacts[];
  /** Invitations and links to a new password that still work. */
  pendingLinks: number;
}

/** A key or token that somebody has issued. */
export interface IssuedCredential extends CredentialRecord {
  kind: "api_key" | "access_token";
  expiresAt: string | null;
  /** Its app, or its instance. */
  place: { ZUID: string; name: string };
  /** Allowed calls of the last thirty days. */
  calls: number;
}
