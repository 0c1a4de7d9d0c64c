import { z } from "zod";
import type { EventRecord } from "@/lib/audit/schema";
import { CREDENTIAL_STATUSES, type CredentialRecord, type CredentialStatus } from "@/lib/credentials/schema";
import { listQuery } from "@/lib/kernel/list-query";
import { REFUSALS } from "@/lib/usage/schema";

/** A working credential that nobody has called with for this long is dormant; one never called at all, forgotten before that. */
export const DORMANT_DAYS = 30;
export const FORGOTTEN_DAYS = 7;
export const CALENDAR_DAYS = 90;

export const CREDENTIAL_USES = ["never", "forgotten", "dormant"] as const;
export type CredentialUse = (typeof CREDENTIAL_USES)[number];

export const CREDENTIAL_KINDS = ["api_key", "access_token"] as const;

export const RefusedFor = z.enum(REFUSALS);
export type RefusedFor = z.infer<typeof RefusedFor>;

/** A day in UTC, or the first and the last of some, with a slash between them. */
const Days = z.string().refine((value) => {
  const days = value.split("/");
  return days.length <= 2 && days.every((day) => z.iso.date().safeParse(day).success && day > "1970" && day < "9999");
}, "Give a day, or a first and a last one: 2027-01-31 or 2027-01-31/2027-02-06.");

/** Filters over the keys of all apps and the tokens of all instances. */
export const ListCredentials = listQuery(["name", "createdAt"]).extend({
  kind: z.enum(CREDENTIAL_KINDS).optional(),
  state: z.enum(CREDENTIAL_STATUSES).optional(),
  use: z.enum(CREDENTIAL_USES).optional(),
  expires: Days.optional(),
  /** Refused for this reason in the last thirty days. */
  refused: RefusedFor.optional(),
});
export type ListCredentials = z.infer<typeof ListCredentials>;

/** A key or token as a list of both needs it. */
export interface ListedCredential extends Pick<
  CredentialRecord,
  "ZUID" | "name" | "status" | "lastUsedAt" | "lastUsedIp" | "createdAt" | "versions"
> {
  kind: (typeof CREDENTIAL_KINDS)[number];
  /** The app of a key, the instance of a token. */
  place: { ZUID: string; name: string };
  expiresAt: string | null;
}

/** How many there are, and the first few of them. */
export interface Sample {
  total: number;
  first: ListedCredential[];
}

/** What the caller may know of; a part they may not read is undefined. */
export interface Overview {
  apps?: number;
  credentials?: {
    byState: Record<CredentialStatus, number>;
    byUse: Record<CredentialUse, number>;
    /** Those that expire on each of the coming days, the first being today in UTC, and the next of them. */
    expiries: { from: string; days: number[]; next: ListedCredential[] };
    rotating: Sample;
    expiring: Sample;
    forgotten: Sample;
    restored: Sample;
  };
  events?: EventRecord[];
}
