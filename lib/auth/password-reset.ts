import "server-only";
import { randomInt } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { z } from "zod";
import { endGrants } from "@/lib/grants/end";
import type { AuthAnswer } from "@/lib/http/envelopes";
import { unlinkAll } from "@/lib/identities/unlink";
import { addMinutes, databaseNow } from "@/lib/kernel/clock";
import type { Origin } from "@/lib/kernel/ctx";
import { db } from "@/lib/kernel/db";
import { mutate } from "@/lib/kernel/mutate";
import { ownAddress } from "@/lib/kernel/own-address";
import { digestOf, mintSecret, secretKind } from "@/lib/kernel/secrets";
import { systemCtx } from "@/lib/kernel/system-ctx";
import { afterwards } from "@/lib/mail/afterwards";
import { sendMail } from "@/lib/mail/send";
import { personOf } from "@/lib/users/find";
import { normalizeEmail } from "./email";
import { endLinksOf, followLink, linkNotValid } from "./links";
import { requireGoodPassword } from "./new-password";
import { hashPassword } from "./passwords";
import { endSessionsOf } from "./sessions";
import { accountBucket, chargeAttempt, clearAttempts, requireAttempt, resetBuckets } from "./throttle";

const LINK_MINUTES = 60;

export const RequestReset = z.strictObject({ address: z.string().min(1, "must not be empty").max(300) });
export const ResetPassword = z.strictObject({ code: z.string().max(100), password: z.string().max(1000) });

/**
 * Mails a link to choose a new password, if somebody has the address. Whether somebody does is looked up
 * after the answer, which is the same for every address. Throws `too_many_requests` for a network.
 */
export async function requestPasswordReset(
  origin: Origin,
  { address }: z.infer<typeof RequestReset>,
): Promise<AuthAnswer> {
  const email = normalizeEmail(address);
  const buckets = resetBuckets(email, origin.ip);
  await requireAttempt(buckets.network, "Too many links were asked for; try again in fifteen minutes.");
  // A person's mailbox is not to be filled either, and who asks is not told.
  if (await chargeAttempt([buckets.address])) afterwards(() => mailReset(origin, email));
  return { message: "If somebody has this address, a link is on its way to it.", meta: {} };
}

async function mailReset(origin: Origin, email: string): Promise<void> {
  // The embedded store does one thing at a time: who asks must not feel by the next request that there was work.
  await delay(randomInt(100, 1_500));
  const user = await db().user.findUnique({ where: { email } });
  if (user?.status !== "active") return;
  const { id: userId, organizationId, firstName } = user;
  const link = mintSecret("link");
  const target = personOf(user);
  await mutate(
    systemCtx(origin, organizationId),
    { authority: "system", action: "user.reset_mailed" },
    async (tx, now) => {
      await tx.passwordReset.create({
        data: { digest: link.digest, organizationId, userId, createdAt: now, expiresAt: addMinutes(now, LINK_MINUTES) },
      });
      return { result: {}, audit: { action: "user.reset_mailed", target } };
    },
  );
  const text = `Hello ${firstName},

somebody asked for a new password for your account at ${ownAddress()}.
Choose one within an hour; the link works once:

${ownAddress()}/reset/${link.value}

If it was not you, nothing has changed and you need not do anything.
`;
  await sendMail({ organizationId, to: email, subject: "Choose a new password", text });
}

/**
 * Sets the password of whom the link was mailed to and ends every session, login, link and single sign-on of theirs. It
 * signs nobody in, so a second factor is still due. Throws `link_not_valid`, `invalid_input`, `too_many_requests`.
 */
export async function resetPassword(
  origin: Origin,
  { code, password }: z.infer<typeof ResetPassword>,
): Promise<AuthAnswer> {
  return followLink(origin, code, findReset, (found) => setPassword(origin, found, password));
}

type FoundReset = NonNullable<Awaited<ReturnType<typeof findReset>>>;

async function setPassword(origin: Origin, { digest, user }: FoundReset, password: string): Promise<AuthAnswer> {
  const { id, organizationId, organization, email } = user;
  const words = [email, user.firstName, user.lastName, organization.name, organization.accountName];
  requireGoodPassword(password, organization.passwordMinLength, words);
  const passwordHash = await hashPassword(password);
  const target = personOf(user);

  const act = { authority: "system", action: "user.password_reset", target } as const;
  await mutate(systemCtx(origin, organizationId), act, async (tx, now) => {
    const used = await tx.passwordReset.updateMany({
      where: { digest, organizationId, endedAt: null, expiresAt: { gt: now } },
      data: { endedAt: now },
    });
    const set = await tx.user.updateMany({ where: { id, organizationId, status: "active" }, data: { passwordHash } });
    if (used.count !== 1 || set.count !== 1) throw linkNotValid();
    const reason = "the password was reset";
    const ended = await endSessionsOf(tx, { ...target, organizationId }, { reason, now });
    const logins = await endGrants(tx, { userId: id }, { organizationId }, reason, now);
    await endLinksOf(tx, { id, organizationId }, now);
    const unlinked = await unlinkAll(tx, { ...target, organizationId });
    return { result: {}, audit: [{ action: "user.password_reset", target }, ...ended, ...logins, ...unlinked] };
  });
  // Whoever was locked out by somebody else's guesses can sign in with the new one.
  const { lockoutThreshold: threshold, lockoutMinutes: windowMinutes } = organization;
  await clearAttempts([accountBucket(email, undefined, { threshold, windowMinutes })]);
  afterwards(() =>
    sendMail({ organizationId, to: email, subject: "Your password was changed", text: wasChanged(user.firstName) }),
  );
  return { message: "The password was changed. Sign in with it.", meta: {} };
}

const wasChanged = (firstName: string) => `Hello ${firstName},

a new password was chosen for your account at ${ownAddress()} by a link that was mailed to you.
You are signed out everywhere.

If it was not you, ask for another link at once and tell an Owner of your organization.
`;

/** Whose password the link of a mail sets; undefined when it does not work. Looking uses nothing up: programs open links too. */
export async function getReset(code: string): Promise<{ email: string; minLength: number } | undefined> {
  const found = secretKind(code) === "link" ? await findReset(digestOf(code)) : undefined;
  return found ? { email: found.user.email, minLength: found.user.organization.passwordMinLength } : undefined;
}

/** Whoever has not a working link costs no hash. */
const findReset = async (digest: Uint8Array<ArrayBuffer>) =>
  db().passwordReset.findUnique({
    where: { digest, endedAt: null, expiresAt: { gt: await databaseNow(db()) }, user: { status: "active" } },
    include: { user: { include: { organization: true } } },
  });
