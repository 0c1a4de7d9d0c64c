import { formatDay, formatNumber } from "@/lib/format";
import type { RefusalCode, UsageCounts, UsageSeries } from "@/lib/usage/schema";

export const REASONS: Record<RefusalCode, string> = {
  NOT_FOUND: "unknown",
  EXPIRED: "expired",
  REVOKED: "revoked or replaced",
  DISABLED: "disabled",
  NOT_YET_VALID: "not valid yet",
  WRONG_INSTANCE: "for another instance",
  INSUFFICIENT_PERMISSIONS: "without the permission",
  IP_NOT_ALLOWED: "from another network",
  RATE_LIMITED: "over the rate",
  MALFORMED: "malformed",
};

export interface Refusal {
  code: RefusalCode;
  count: number;
}

/** The most frequent reason first. */
const refusalsOf = ({ refused }: Pick<UsageCounts, "refused">): Refusal[] =>
  Object.entries(refused)
    .map(([code, count]) => ({ code: code as RefusalCode, count }))
    .sort((a, b) => b.count - a.count);

export function refusalsIn({ spans }: UsageSeries): Refusal[] {
  const refused: UsageCounts["refused"] = {};
  for (const span of spans)
    for (const { code, count } of refusalsOf(span)) refused[code] = (refused[code] ?? 0) + count;
  return refusalsOf({ refused });
}

const total = (refusals: readonly Refusal[]) => refusals.reduce((sum, { count }) => sum + count, 0);

/** "12 Nov: 1,204 allowed, 3 refused (2 expired, 1 over the rate)" */
export function dayWords({ from, spans }: UsageSeries, index: number): string {
  const span = spans[index];
  if (!span) return "";
  const refusals = refusalsOf(span);
  const reasons = refusals.map(({ code, count }) => `${formatNumber(count)} ${REASONS[code]}`).join(", ");
  const day = dayOf(from, index);
  if (span.allowed + total(refusals) === 0) return `${day}: no calls`;
  return `${day}: ${formatNumber(span.allowed)} allowed, ${formatNumber(total(refusals))} refused${reasons && ` (${reasons})`}`;
}

export const refusedOn = (span: UsageCounts) => total(refusalsOf(span));

const DAY = 86_400_000;

/** Counts are kept by the day in UTC, whatever zone the reader is in. */
export const dayOf = (from: string, index: number) =>
  formatDay(Date.parse(from) + index * DAY, Date.parse(from), "UTC");

/** "1,204 allowed and 3 refused in the last 36 hours" */
export const sumWords = ({ allowed, refused }: { allowed: number; refused: number }, when: string) =>
  allowed + refused === 0
    ? `No calls ${when}`
    : `${formatNumber(allowed)} allowed and ${formatNumber(refused)} refused ${when}`;
