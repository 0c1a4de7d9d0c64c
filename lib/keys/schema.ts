import { z } from "zod";
import { listQuery } from "@/lib/kernel/list-query";
import { idOf } from "@/lib/kernel/ids";
import { parseCidr } from "@/lib/kernel/networks";
import { prose, text } from "@/lib/kernel/text";

export const KeyId = z.object({ key: idOf("key") });

const time = z.iso.datetime({ offset: true, error: "must be a time such as 2027-01-31T12:00:00Z" });
const network = z
  .string()
  .trim()
  .refine((value) => parseCidr(value) !== undefined, "must be an address or a CIDR network such as 203.0.113.0/24");

const whole = (max: number) => {
  const range = `must be a whole number from 1 to ${max.toLocaleString("en-US")}`;
  return z.int(range).min(1, range).max(max, range);
};

const KeyFields = z.strictObject({
  name: text(2, 80),
  description: prose(500),
  /** Before this time the key is refused; null: from now on. */
  notBefore: time.nullable(),
  /** From this time the key is refused; null: it never expires. */
  expiresAt: time.nullable(),
  /** Addresses the key works from; empty: from anywhere. */
  allowedCidrs: z.array(network).max(50),
  /** Requests allowed per window of seconds; null: no limit. */
  rateLimit: z.strictObject({ requests: whole(1_000_000), seconds: whole(86_400) }).nullable(),
});

export const GenerateKey = KeyFields.partial().required({ name: true });
export type GenerateKey = z.infer<typeof GenerateKey>;

export const UpdateKey = KeyFields.extend({ enabled: z.boolean() }).partial();
export type UpdateKey = z.infer<typeof UpdateKey>;

/** For how long the old value stays valid, in hours; 0 ends it at once. Absent: the organization's default. */
export const RotateKey = z.strictObject({ overlapHours: z.number().min(0).max(8760).optional() });
export type RotateKey = z.infer<typeof RotateKey>;

/** `overlapHours` from now on; 0 finishes the rotation. */
export const ExtendRotation = z.strictObject({ overlapHours: z.number().min(0).max(8760) });

export const RevokeKey = z.strictObject({ reason: prose(300).optional() });
export type RevokeKey = z.infer<typeof RevokeKey>;

/** A key counts as expiring this long before its end. */
export const EXPIRING_DAYS = 14;

export const KEY_STATUSES = ["active", "rotating", "expiring", "expired", "revoked", "disabled"] as const;
export type KeyStatus = (typeof KEY_STATUSES)[number];

export const ListKeys = listQuery(["name", "createdAt"]).extend({
  status: z.enum(["live", "ended"]).optional(),
});
export type ListKeys = z.infer<typeof ListKeys>;

export interface KeyVersionRecord {
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

/** An API key as every reader sees it: never its value. Times are ISO 8601 in UTC. */
export interface KeyRecord {
  ZUID: string;
  appZUID: string;
  appName: string;
  name: string;
  description: string;
  status: KeyStatus;
  /** The key's own switch: an enabled key of a disabled app has the status disabled. */
  enabled: boolean;
  hint: string;
  version: number;
  notBefore: string | null;
  expiresAt: string | null;
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
  createdAt: string;
  updatedAt: string;
  /** Newest first; two are live while a rotation overlaps. */
  versions: KeyVersionRecord[];
}
