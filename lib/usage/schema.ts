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
