import { z } from "zod";
import { idOf } from "@/lib/kernel/ids";
import { listQuery } from "@/lib/kernel/list-query";
import { parseCidr } from "@/lib/kernel/networks";
import type { AnyPermission } from "@/lib/kernel/permissions";
import { prose, text } from "@/lib/kernel/text";

const network = z
  .string()
  .trim()
  .refine((value) => parseCidr(value) !== undefined, "must be an address or a CIDR network such as 203.0.113.0/24");

/** A whole number of at least 1. */
export const whole = (max: number) => {
  const range = `must be a whole number from 1 to ${max.toLocaleString("en-US")}`;
  return z.int(range).min(1, range).max(max, range);
};

/** What API keys and access tokens have in common. */
export const CredentialFields = z.strictObject({
  name: text(2, 80),
  description: prose(500),
  /** Addresses the credential works from; empty: from anywhere. */
  allowedCidrs: z.array(network).max(50),
  /** Requests allowed per window of seconds; null: no limit. */
  rateLimit: z.strictObject({ requests: whole(1_000_000), seconds: whole(86_400) }).nullable(),
});
export type CredentialFields = z.infer<typeof CredentialFields>;

/** For how long the old value stays valid, in hours; 0 ends it at once. Absent: the organization's default. */
export const RotateCredential = z.strictObject({ overlapHours: z.number().min(0).max(8760).optional() });
export type RotateCredential = z.infer<typeof RotateCredential>;

/** `overlapHours` from now on; 0 finishes the rotation. */
export const ExtendRotation = z.strictObject({ overlapHours: z.number().min(0).max(8760) });
export type ExtendRotation = z.infer<typeof ExtendRotation>;

export const RevokeCredential = z.strictObject({ reason: prose(300).optional() });
export type RevokeCredential = z.infer<typeof RevokeCredential>;

/** Keys and tokens that came back with a backup. */
export const ConfirmCredentials = z.strictObject({
  credentials: z
    .array(z.union([idOf("key"), idOf("token")], "must be the id of an API key or access token"))
    .min(1, "must name a credential")
    .max(100, "takes at most 100 credentials"),
});
export type ConfirmCredentials = z.infer<typeof ConfirmCredentials>;

/** A credential counts as expiring this long before its end. */
export const EXPIRING_DAYS = 14;

/** A restored one came back with a backup and is refused until somebody confirms it. */
export const CREDENTIAL_STATUSES = [
  "active",
  "rotating",
  "expiring",
  "expired",
  "revoked",
  "disabled",
  "restored",
] as const;
export type CredentialStatus = (typeof CREDENTIAL_STATUSES)[number];

export const CredentialList = listQuery(["name", "createdAt"]).extend({
  status: z.enum(["live", "ended"]).optional(),
});
export type CredentialList = z.infer<typeof CredentialList>;

export interface VersionRecord {
  version: number;
  hint: string;
  status: "live" | "ended";
  endsAt: string | null;
  lastUsedAt: string | null;
  lastUsedIp: string | null;
  lastUserAgent: string | null;
  createdByName: string;
  createdAt: string;
}

/** What every reader sees of an API key or access token: never its value. Times are ISO 8601 in UTC. */
export interface CredentialRecord {
  ZUID: string;
  name: string;
  description: string;
  status: CredentialStatus;
  hint: string;
  version: number;
  allowedCidrs: string[];
  rateLimit: { requests: number; seconds: number } | null;
  lastUsedAt: string | null;
  lastUsedIp: string | null;
  lastUserAgent: string | null;
  revokedAt: string | null;
  revokedByName: string | null;
  revocationReason: string | null;
  createdByUserZUID: string;
  createdByName: string;
  /** Whoever issued it has left the organization; it works on. */
  issuerLeft: boolean;
  createdAt: string;
  updatedAt: string;
  /** Newest first; two are live while a rotation overlaps. */
  versions: VersionRecord[];
}

interface Named {
  ZUID: string;
  name: string;
}

/** What is presented, and what it may do: a key in the organization, a token on its instance. */
export interface PresentedCredential extends Omit<Named, "ZUID"> {
  kind: "session" | "api_key" | "access_token" | "login_token";
  ZUID: string | null;
  organization: Named;
  permissions: AnyPermission[];
  /** Null: until it is revoked. */
  expiresAt: string | null;
  validForSeconds?: number | null;
  version?: number;
  app?: Named;
  role?: Named;
  instance?: Named;
}
