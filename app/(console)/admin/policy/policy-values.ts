import type { Policy } from "@/lib/policy/schema";
import { type PolicyNumber, RANGES } from "@/lib/policy/terms";

/** The policy as its form holds it: numbers as they are typed. */
export type Values = Record<PolicyNumber, string> & Pick<Policy, "secondFactor" | "linksSsoByEmail">;

export const NUMBERS = Object.keys(RANGES) as PolicyNumber[];
export const toValues = (policy: Policy): Values => ({
  ...policy,
  ...(Object.fromEntries(NUMBERS.map((field) => [field, String(policy[field])])) as Record<PolicyNumber, string>),
});
