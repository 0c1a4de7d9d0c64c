import { z } from "zod";

const between = ([min, max]: readonly [min: number, max: number]) => {
  const range = `must be a whole number from ${min} to ${max.toLocaleString("en-US")}`;
  return z.int(range).min(min, range).max(max, range);
};

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

const number = (name: PolicyNumber) => between(RANGES[name]);

/** The rules of the organization that its people set. Each is read where it acts. */
export const Policy = z.strictObject({
  /** A session ends after this long without an action, and after `sessionHours` whatever is done. */
  idleMinutes: number("idleMinutes"),
  sessionHours: number("sessionHours"),
  /** The longest life of an access token, at its issue and at each renewal. */
  tokenMaxDays: number("tokenMaxDays"),
  /** How long the access value of a login works, and how long the login can be refreshed. */
  loginAccessHours: number("loginAccessHours"),
  loginRefreshDays: number("loginRefreshDays"),
  /** How long an old value lives beside its successor, by default and at most. */
  rotationOverlapHours: number("rotationOverlapHours"),
  rotationMaxHours: number("rotationMaxHours"),
  passwordMinLength: number("passwordMinLength"),
  /** So many wrong passwords lock an account for so long. */
  lockoutThreshold: number("lockoutThreshold"),
  lockoutMinutes: number("lockoutMinutes"),
  /** How long whoever asks about a credential may keep the answer: so long a copy outlives a revocation. */
  verificationMaxAgeSeconds: number("verificationMaxAgeSeconds"),
  /** So long after they were sealed, events leave the trail for an archive; 0: never. */
  auditRetentionDays: number("auditRetentionDays"),
  /** Who has to have a second factor: nobody, whoever may give roles, or everybody. */
  secondFactor: z.enum(SECOND_FACTOR),
  /** Whether a single sign-on may sign in the person who has its verified e-mail. */
  linksSsoByEmail: z.boolean(),
});
export type Policy = z.infer<typeof Policy>;

export const UpdatePolicy = Policy.partial();
export type UpdatePolicy = z.infer<typeof UpdatePolicy>;

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

/** What a change of the policy would meet at this moment. */
export interface PolicyReach {
  /** Sessions of the console and the Auth API that are open. */
  sessions: number;
  /** Logins through apps that can still be refreshed. */
  logins: number;
  /** Active people without a confirmed second factor: all of them, and those who may give roles. */
  withoutSecondFactor: Record<Exclude<SecondFactor, "optional">, number>;
}
