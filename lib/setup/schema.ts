import { z } from "zod";
import { Email } from "@/lib/auth/email";
import { ACCOUNT_NAME, text } from "@/lib/kernel/text";

const code = z.string().trim().min(1, "is missing").max(100);

/** The first organization, its first instance and its owner. */
export const SetUp = z.strictObject({
  accountName: z
    .string()
    .trim()
    .regex(ACCOUNT_NAME, "takes 3 to 40 lower-case letters, digits and hyphens, and starts with a letter"),
  organization: text(2, 80),
  instance: text(2, 80),
  firstName: text(1, 80),
  lastName: text(1, 80),
  email: Email,
  /** Its length is the policy's matter. */
  password: z.string().max(1000),
});
export type SetUp = z.infer<typeof SetUp>;

/** Over HTTP the one-time code from the server's output shows who may do it. */
export const SetUpByCode = SetUp.extend({ code });
export type SetUpByCode = z.infer<typeof SetUpByCode>;

export interface SetUpRecord {
  organizationZUID: string;
  accountName: string;
  instanceZUID: string;
  ownerZUID: string;
}

/** The account name an organization's name suggests: "Blüte & Söhne" → "blute-sohne". */
export const suggestAccountName = (organization: string) => {
  const whole = organization
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^[^a-z]+/, "")
    .replace(/-$/, "");
  const cut = whole.slice(0, 40);
  // At the end of a word, if one ends soon enough.
  const end = whole.length > 40 && whole[40] !== "-" ? cut.lastIndexOf("-") : -1;
  return (end >= 3 ? cut.slice(0, end) : cut).replace(/-$/, "");
};
