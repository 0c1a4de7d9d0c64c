import { formatCount } from "@/lib/format";
import type { AnyPermission } from "@/lib/kernel/permissions";

export interface Risk {
  level: "low" | "medium" | "high";
  /** Why, in sentences. */
  reasons: string[];
}

const LONG_DAYS = 30;
const SHAPING = /^(code|schema|settings):(?!read)/;
const LOSING = /:(delete|publish)$/;
const CHANGING = /:(?!read)/;
const PRIVATE = /^(users|audit|sessions|leads):read$/;

/**
 * What is lost if the value leaks: by what the role lets it change or read, for how long and from where, and whether
 * some of what it opens is unlisted.
 */
export function riskOf(
  permissions: readonly AnyPermission[],
  days: number,
  allowedCidrs: readonly string[],
  unlisted = false,
): Risk {
  const has = (pattern: RegExp) => permissions.some((permission) => pattern.test(permission));
  const reasons = [
    ...(has(SHAPING) ? ["It can change how things work: code, schema or settings."] : []),
    ...(has(LOSING) ? ["It can publish or delete data."] : []),
    ...(has(PRIVATE) ? ["It can read about people or what they did."] : []),
    ...(unlisted && has(CHANGING) ? ["It can change data, and not all that it opens is listed."] : []),
  ];
  const isOpen = allowedCidrs.length === 0;
  const level = has(SHAPING) ? "high" : reasons.length > 0 ? "medium" : "low";
  if (reasons.length === 0) reasons.push("It can neither publish, delete nor read about people.");
  if (unlisted && !has(CHANGING)) reasons.push("Not all that it opens is listed.");
  if (isOpen) reasons.push("It works from anywhere.");
  if (days > LONG_DAYS) reasons.push(`A leaked value would work for up to ${formatCount(days, "day")}.`);
  return { level, reasons };
}
