import type { AnyPermission } from "@/lib/kernel/permissions";

/** What a check of a credential can come to; the codes that a verification answers with. */
export const OUTCOMES = [
  "VALID",
  "NOT_FOUND",
  "EXPIRED",
  "REVOKED",
  "DISABLED",
  "NOT_YET_VALID",
  "WRONG_INSTANCE",
  "INSUFFICIENT_PERMISSIONS",
  "IP_NOT_ALLOWED",
  "RATE_LIMITED",
  "MALFORMED",
] as const;
export type Outcome = (typeof OUTCOMES)[number];
export type RefusalCode = Exclude<Outcome, "VALID">;

/** Why a credential of the organization can be refused; what is none has no row. */
export const REFUSALS = OUTCOMES.filter((code) => code !== "VALID" && code !== "NOT_FOUND" && code !== "MALFORMED");

export const USAGE_DAYS = 30;
export const USAGE_HOURS = 36;

export interface UsageCounts {
  allowed: number;
  /** By reason; a reason that did not occur is absent. */
  refused: Partial<Record<RefusalCode, number>>;
}

/** Checks per day or hour in UTC, oldest first; the last span is the present one. */
export interface UsageSeries {
  /** The start of the first span. */
  from: string;
  spans: UsageCounts[];
}

/** Checks of each of the last hours, oldest first; the last is the present one. */
export interface HourlyUsage {
  allowed: number[];
  refused: number[];
}

export interface UsageSum {
  allowed: number;
  refused: number;
}

export interface Caller extends UsageSum {
  /** Null: all addresses beyond those that are told apart. */
  ip: string | null;
  userAgent: string;
  firstAt: string;
  lastAt: string;
}

export interface PermissionCount {
  permission: string;
  count: number;
}

/** How one credential was used in the last thirty days. */
export interface CredentialUsage {
  days: UsageSeries;
  last24Hours: UsageSum;
  last30Days: UsageSum;
  /** The latest first, and how many addresses there are. */
  callers: { total: number; first: Caller[] };
  permissions: {
    /** Asked for and allowed, the most frequent first. */
    used: PermissionCount[];
    /** Asked for and refused because the credential does not hold them. */
    missing: PermissionCount[];
    /** How often something was asked for and refused that is no permission of the organization: it may be misspelt. */
    unknown: number;
    /** Held, and never asked for. */
    unused: AnyPermission[];
  };
}

/** How the credentials that the caller may read were used in the last thirty days. */
export interface OrganizationUsage {
  days: UsageSeries;
  last24Hours: UsageSum;
  last30Days: UsageSum;
}
