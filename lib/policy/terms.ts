import type { Policy } from "./schema";

export const SECOND_FACTOR = ["optional", "grant_holders", "everyone"] as const;
export type SecondFactor = (typeof SECOND_FACTOR)[number];

/** The smallest and largest value of each number: none of them makes the console unusable or the rule meaningless. */
export const RANGES = {
  idleMinutes: [5, 1440],
  sessionHours: [1, 720],
  tokenMaxDays: [1, 365],
  loginAccessHours: [1, 720],
  loginRefreshDays: [1, 365],
  rotationOverlapHours: [0, 720],
  rotationMaxHours: [1, 720],
  passwordMinLength: [8, 128],
  lockoutThreshold: [3, 20],
  lockoutMinutes: [1, 1440],
  verificationMaxAgeSeconds: [0, 300],
  auditRetentionDays: [0, 3650],
} as const satisfies Record<string, readonly [min: number, max: number]>;
export type PolicyNumber = keyof typeof RANGES;

/** Nobody empties the trail of what was done a moment ago. */
const SHORTEST_RETENTION_DAYS = 30;

/** What does not fit together, with the field to change; empty when it does. */
export function contradictionsIn(policy: Policy): { pointer: string; detail: string }[] {
  const wrong: [boolean, PolicyNumber, string][] = [
    [
      policy.idleMinutes > policy.sessionHours * 60,
      "idleMinutes",
      `must not be longer than a session, which ends after ${policy.sessionHours} hours`,
    ],
    [
      policy.loginAccessHours > policy.loginRefreshDays * 24,
      "loginAccessHours",
      `must not be longer than a login, which ends after ${policy.loginRefreshDays} days`,
    ],
    [
      policy.rotationOverlapHours > policy.rotationMaxHours,
      "rotationOverlapHours",
      `must not be longer than the longest overlap of ${policy.rotationMaxHours} hours`,
    ],
    [
      policy.auditRetentionDays > 0 && policy.auditRetentionDays < SHORTEST_RETENTION_DAYS,
      "auditRetentionDays",
      `must be 0, which keeps everything, or ${SHORTEST_RETENTION_DAYS} days or more`,
    ],
  ];
  return wrong.flatMap(([isWrong, field, detail]) => (isWrong ? [{ pointer: `/${field}`, detail }] : []));
}
