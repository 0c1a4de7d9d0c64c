import { type LimitForm, NO_LIMITS } from "@/app/(console)/credential/limit-form";

/** A token as its form holds it. */
export type TokenForm = LimitForm & {
  name: string;
  description: string;
  roleZUID: string;
  expiresInDays: string;
};

const PRESETS = [1, 7, 30, 60, 90, 180, 365];

/** The lengths of life that the policy leaves, its own limit last. */
export const daysWithin = (maxDays: number) => [...PRESETS.filter((days) => days < maxDays), maxDays];

export const newTokenForm = (maxDays: number): TokenForm => ({
  name: "",
  description: "",
  roleZUID: "",
  expiresInDays: String(Math.min(30, maxDays)),
  ...NO_LIMITS,
});
