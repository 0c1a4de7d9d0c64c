import "server-only";
import { endSessionsOf } from "@/lib/auth/sessions";
import { endGrants } from "@/lib/grants/end";
import { unlinkAll } from "@/lib/identities/unlink";
import { refuse, requirePerson } from "@/lib/kernel/authority";
import type { Ctx, UserPrincipal } from "@/lib/kernel/ctx";
import type { Tx } from "@/lib/kernel/db";
import { AppError } from "@/lib/kernel/errors";
import { mutate } from "@/lib/kernel/mutate";
import { requireCovered } from "@/lib/roles/guards";
import { findUser, personOf } from "@/lib/users/find";
import { acceptCode } from "./accept";
import { withOwnCode, wrongCode } from "./own-code";
import { newRecoveryCodes, replaceRecoveryCodes } from "./recovery-codes";
import { secondFactorRecord } from "./record";
import type { Enrollment, GiveCode, SecondFactorRecord, TurnOff } from "./schema";
import { seal, unseal } from "./seal";
import { newTotpSecret, stepOf, totpUri } from "./totp";

const OWN = { authority: "own", isSensitive: true } as const;
const NONE = { totpSecret: null, totpConfirmedAt: null, totpLastStep: null };

/** Nobody chooses another's second factor. Throws `forbidden`. */
async function requireSelf(ctx: Ctx, userId: string): Promise<UserPrincipal> {
  const principal = await requirePerson(ctx);
  if (principal.id === userId) return principal;
  return refuse(ctx, "users", "A second factor is set up by the person whose it is, and nobody else.");
}

/** A new secret for the caller's authenticator. It counts once a code of it is confirmed. Throws `conflict`. */
export async function startSecondFactor(ctx: Ctx, userId: string): Promise<SecondFactorRecord & Enrollment> {
  const { id, name, email } = await requireSelf(ctx, userId);
  const { organizationId } = ctx;
  const target = { id, name };
  const secret = newTotpSecret();
  return mutate(ctx, { ...OWN, action: "second_factor.started", target }, async (tx) => {
    const { count } = await tx.user.updateMany({
      where: { id, organizationId, totpConfirmedAt: null },
      data: { ...NONE, totpSecret: seal(secret, id) },
    });
    if (count === 0) throw new AppError("conflict", "A second factor is on already; turn it off first.");
    return {
      result: await secondFactorRecord(tx, { id, organizationId }),
      secret: { secret, uri: totpUri(secret, email) },
      audit: { action: "second_factor.started", target },
    };
  });
}

/**
 * The first right code turns the second factor on and gives the recovery codes. Every other session and login of
 * the person ends: they were started without it. Throws `conflict`, `invalid_input`, `too_many_requests`.
 */
export async function confirmSecondFactor(
  ctx: Ctx,
  userId: string,
  { code }: GiveCode,
): Promise<SecondFactorRecord & { recoveryCodes: string[] }> {
  const principal = await requireSelf(ctx, userId);
  const { id, name, sessionId } = principal;
  const { organizationId } = ctx;
  const target = { id, name };
  const recoveryCodes = newRecoveryCodes();
  return withOwnCode(ctx, "second_factor.enabled", () =>
    mutate(ctx, { ...OWN, action: "second_factor.enabled", target }, async (tx, now) => {
      const { totpSecret, totpConfirmedAt } = await tx.user.findUniqueOrThrow({ where: { id, organizationId } });
      if (!totpSecret || totpConfirmedAt) throw new AppError("conflict", "No second factor waits for its first code.");
      const step = stepOf(unseal(totpSecret, id), code.replace(/\s/g, ""), now);
      if (step === undefined) throw wrongCode();
      const { count } = await tx.user.updateMany({
        where: { id, organizationId, totpSecret, totpConfirmedAt: null },
        data: { totpConfirmedAt: now, totpLastStep: step },
      });
      if (count === 0) throw new AppError("conflict", "The second factor was changed meanwhile.");
      await replaceRecoveryCodes(tx, { id, organizationId }, recoveryCodes);
      const person = { id, name, organizationId };
      const ended = await endAll(tx, person, "a second factor was turned on", now, sessionId);
      return {
        result: await secondFactorRecord(tx, person),
        secret: { recoveryCodes },
        audit: [{ action: "second_factor.enabled", target, after: { recoveryCodes: recoveryCodes.length } }, ...ended],
      };
    }),
  );
}

/** A new set of recovery codes for a right code; the old ones are worth nothing. */
export async function renewRecoveryCodes(
  ctx: Ctx,
  userId: string,
  { code }: GiveCode,
): Promise<SecondFactorRecord & { recoveryCodes: string[] }> {
  const principal = await requireSelf(ctx, userId);
  const person = { id: userId, name: principal.name, organizationId: ctx.organizationId };
  const target = { id: userId, name: principal.name };
  const recoveryCodes = newRecoveryCodes();
  return withOwnCode(ctx, "second_factor.recovery_codes_replaced", () =>
    mutate(ctx, { ...OWN, action: "second_factor.recovery_codes_replaced", target }, async (tx, now) => {
      await requireOn(tx, person);
      const used = await acceptCode(tx, person, code, now);
      if (!used) throw wrongCode();
      await replaceRecoveryCodes(tx, person, recoveryCodes);
      const after = { recoveryCodes: recoveryCodes.length };
      return {
        result: await secondFactorRecord(tx, person),
        secret: { recoveryCodes },
        audit: [{ action: "second_factor.recovery_codes_replaced", target, after }, ...used],
      };
    }),
  );
}

/** Turns off the caller's own for a right code, unless policy asks for one; or resets somebody else's. */
export async function removeSecondFactor(ctx: Ctx, userId: string, { code }: TurnOff): Promise<SecondFactorRecord> {
  if (ctx.principal.kind !== "user" || ctx.principal.id !== userId) return resetSecondFactor(ctx, userId);
  const { principal, organizationId } = ctx;
  const person = { id: userId, name: principal.name, organizationId };
  const target = { id: userId, name: principal.name };
  return withOwnCode(ctx, "second_factor.disabled", () =>
    mutate(ctx, { ...OWN, action: "second_factor.disabled", target }, async (tx, now) => {
      await requireOn(tx, person);
      if ((await secondFactorRecord(tx, person)).isRequired) {
        throw new AppError("conflict", "Your organization asks for a second factor; it cannot be turned off.");
      }
      const used = await acceptCode(tx, person, code ?? "", now);
      if (!used) throw wrongCode();
      await clear(tx, person);
      return {
        result: await secondFactorRecord(tx, person),
        audit: [{ action: "second_factor.disabled", target }, ...used],
      };
    }),
  );
}

/**
 * Takes away the second factor of somebody who lost theirs, with every single sign-on, and ends all they have open: they
 * sign in with the password and set up a new one. Whoever does it neither sees nor chooses it. Throws `forbidden` for more power than one's own.
 */
async function resetSecondFactor(ctx: Ctx, userId: string): Promise<SecondFactorRecord> {
  const act = {
    authority: "users:update",
    isSensitive: true,
    takesTurn: true,
    action: "second_factor.reset",
    target: { id: userId, name: "user" },
  } as const;
  return mutate(ctx, act, async (tx, now, standing) => {
    const user = await findUser(tx, ctx, userId);
    requireCovered(standing, ...user.assignments.map(({ role }) => role));
    const target = personOf(user);
    const person = { ...target, organizationId: ctx.organizationId };
    await requireOn(tx, person);
    await clear(tx, person);
    const unlinked = await unlinkAll(tx, person);
    const ended = await endAll(tx, person, "the second factor was reset", now);
    return {
      result: await secondFactorRecord(tx, person),
      audit: [{ action: "second_factor.reset", target }, ...unlinked, ...ended],
    };
  });
}

type Person = { id: string; name: string; organizationId: string };

async function requireOn(tx: Tx, { id, organizationId }: Person): Promise<void> {
  const on = await tx.user.count({ where: { id, organizationId, totpConfirmedAt: { not: null } } });
  if (on === 0) throw new AppError("conflict", "No second factor is on.");
}

async function clear(tx: Tx, { id, organizationId }: Person): Promise<void> {
  await tx.user.update({ where: { id, organizationId }, data: NONE });
  await tx.recoveryCode.deleteMany({ where: { userId: id, organizationId } });
}

async function endAll(tx: Tx, person: Person, reason: string, now: Date, keep?: string) {
  const sessions = await endSessionsOf(tx, person, { reason, now, ...(keep && { keep }) });
  return [...sessions, ...(await endGrants(tx, { userId: person.id }, person, reason, now))];
}
