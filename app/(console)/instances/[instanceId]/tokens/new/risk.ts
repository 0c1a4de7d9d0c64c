import { formatCount } from "@/lib/format";
import type { Permission } from "@/lib/kernel/permissions";

export interface Risk {
  level: "low" | "medium" | "high";
  /** Why, in sentences. */
  reasons: string[];
}

const LONG_DAYS = 30;
const SHAPING = /^(code|schema|settings):(?!read)/;
const LOSING = /:(delete|publish)$/;
const PRIVATE = /^(users|audit|sessions|leads):read$/;

/** What is lost if the value leaks: by what the role lets it change or read, and for how long and from where. */
export function riskOf(permissions: readonly Permission[], days: number, allowedCidrs: readonly string[]): Risk {
  const has = (pattern: RegExp) => permissions.some((permission) => pattern.test(permission));
  const reasons = [
    ...(has(SHAPING) ? ["It can change how the site works: its code, schema or settings."] : []),
    ...(has(LOSING) ? ["It can publish or delete what visitors see."] : []),
    ...(has(PRIVATE) ? ["It can read about people or what they did."] : []),
  ];
  const isOpen = allowedCidrs.length === 0;
  const level = has(SHAPING) ? "high" : reasons.length > 0 ? "medium" : "low";
  if (reasons.length === 0) reasons.push("It can neither publish, delete nor read about people.");
  if (isOpen) reasons.push("It works from anywhere.");
  if (days > LONG_DAYS) reasons.push(`A leaked value would work for up to ${formatCount(days, "day")}.`);
  return { level, reasons };
}
