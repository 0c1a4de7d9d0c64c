import { z } from "zod";

/** A code of the authenticator, or a recovery code. */
export const GiveCode = z.strictObject({ code: z.string().max(100) });
export type GiveCode = z.infer<typeof GiveCode>;

/** Turning off one's own takes a code; an admin's reset of somebody else's takes none. */
export const TurnOff = GiveCode.partial();
export type TurnOff = z.infer<typeof TurnOff>;

/** A person's second factor. The time is ISO 8601 in UTC. */
export interface SecondFactorRecord {
  isOn: boolean;
  since: string | null;
  recoveryCodesLeft: number;
  /** The organization's policy asks it of this person. */
  isRequired: boolean;
}

/** Told once, to be put into an authenticator: nothing counts before its first code is confirmed. */
export interface Enrollment {
  secret: string;
  uri: string;
}
