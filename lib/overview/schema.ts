import { z } from "zod";
import type { EventRecord } from "@/lib/audit/schema";
import { CREDENTIAL_STATUSES, type CredentialStatus } from "@/lib/credentials/schema";
import { listQuery } from "@/lib/kernel/list-query";
import type { KeyRecord } from "@/lib/keys/schema";

/** A working key that nobody has called with for this long is dormant; one never called at all, forgotten. */
export const DORMANT_DAYS = 30;
export const FORGOTTEN_DAYS = 7;
export const CALENDAR_DAYS = 90;

export const KEY_USES = ["never", "forgotten", "dormant"] as const;
export type KeyUse = (typeof KEY_USES)[number];

/** Filters over the keys of all apps; `expires` is a day in UTC. */
export const ListCredentials = listQuery(["name", "createdAt"]).extend({
  state: z.enum(CREDENTIAL_STATUSES).optional(),
  use: z.enum(KEY_USES).optional(),
  expires: z.iso.date().optional(),
});
export type ListCredentials = z.infer<typeof ListCredentials>;

/** How many there are, and the first few of them. */
export interface Sample {
  total: number;
  first: KeyRecord[];
}

/** What the caller may know of; a part they may not read is undefined. */
export interface Overview {
  apps?: number;
  keys?: {
    byState: Record<CredentialStatus, number>;
    neverUsed: number;
    dormant: number;
    /** Keys that expire on each of the coming days, the first being today in UTC, and the next of them. */
    expiries: { from: string; days: number[]; next: KeyRecord[] };
    rotating: Sample;
    expiring: Sample;
    forgotten: Sample;
  };
  events?: EventRecord[];
}
