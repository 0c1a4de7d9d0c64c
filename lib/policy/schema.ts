import { z } from "zod";
import { type PolicyNumber, RANGES, SECOND_FACTOR, type SecondFactor } from "./terms";

const between = ([min, max]: readonly [min: number, max: number]) => {
  const range = `must be a whole number from ${min} to ${max.toLocaleString("en-US")}`;
  return z.int(range).min(min, range).max(max, range);
};

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

/** What a change of the policy would meet at this moment. */
export interface PolicyReach {
  /** Sessions of the console and the Auth API that are open. */
  sessions: number;
  /** Logins through apps that can still be refreshed. */
  logins: number;
  /** Active people without a confirmed second factor: all of them, and those who may give roles. */
  withoutSecondFactor: Record<Exclude<SecondFactor, "optional">, number>;
}
