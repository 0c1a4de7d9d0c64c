import "server-only";
import { TOTP } from "otpauth";
import type { Ctx, UserPrincipal } from "@/lib/kernel/ctx";
import { db } from "@/lib/kernel/db";
import { confirmSecondFactor, startSecondFactor } from "@/lib/second-factor/commands";

/** What an authenticator with this secret shows; `steps` away from now. */
export const codeOfSecret = (secret: string, steps = 0) =>
  new TOTP({ secret }).generate({ timestamp: Date.now() + steps * 30_000 });

/** Turns on the caller's second factor. Its last accepted code is made an old one, so that the present one is unused. */
export async function enrolled(ctx: Ctx) {
  const { id } = ctx.principal as UserPrincipal;
  const { secret } = await startSecondFactor(ctx, id);
  const { recoveryCodes } = await confirmSecondFactor(ctx, id, { code: codeOfSecret(secret) });
  await forgetCodes(id);
  return { secret, recoveryCodes };
}

/** As if every code so far had been used long ago. */
export const forgetCodes = (id: string) => db().user.update({ where: { id }, data: { totpLastStep: 1n } });
