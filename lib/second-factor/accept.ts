import "server-only";
import type { Tx } from "@/lib/kernel/db";
import type { AuditEntry } from "@/lib/kernel/events";
import { log } from "@/lib/kernel/log";
import { recoveryDigest } from "./recovery-codes";
import { unseal } from "./seal";
import { stepOf } from "./totp";

interface Person {
  id: string;
  name: string;
  organizationId: string;
}

/**
 * Uses up a person's code, within the change that asks for it: no code and no recovery code is accepted
 * twice. Gives the events to write, or undefined when the code is not theirs or was used before.
 */
export async function acceptCode(
  tx: Tx,
  person: Person,
  given: string,
  now: Date,
): Promise<AuditEntry<"second_factor.recovery_code_used">[] | undefined> {
  const code = given.replace(/\s/g, "");
  if (/^\d{6}$/.test(code)) return (await moveStep(tx, person, code, now)) ? [] : undefined;
  return useRecoveryCode(tx, person, code, now);
}

/** The last accepted step only moves forward, so a code seen over a shoulder is worth nothing once it was used. */
async function moveStep(tx: Tx, { id, organizationId }: Person, code: string, now: Date): Promise<boolean> {
  const user = await tx.user.findUnique({ where: { id, organizationId }, select: { totpSecret: true } });
  const secret = user?.totpSecret && openSealed(user.totpSecret, id);
  if (!secret) return false;
  const step = stepOf(secret, code, now);
  if (step === undefined) return false;
  const { count } = await tx.user.updateMany({
    where: {
      id,
      organizationId,
      totpSecret: user.totpSecret,
      totpConfirmedAt: { not: null },
      OR: [{ totpLastStep: null }, { totpLastStep: { lt: step } }],
    },
    data: { totpLastStep: step },
  });
  return count === 1;
}

/** Sealed under another key of the deployment: no code is right, a recovery code still is, and the log says why. */
function openSealed(sealed: Uint8Array, userId: string): string | undefined {
  try {
    return unseal(sealed, userId);
  } catch (err) {
    log().error({ err, userId }, "a second factor's secret cannot be opened; was SECRET_KEY changed?");
    return undefined;
  }
}

async function useRecoveryCode(tx: Tx, { id: userId, name, organizationId }: Person, code: string, now: Date) {
  const unused = { userId, organizationId, usedAt: null };
  const { count } = await tx.recoveryCode.updateMany({
    where: { digest: recoveryDigest(userId, code), ...unused },
    data: { usedAt: now },
  });
  if (count === 0) return undefined;
  const left = await tx.recoveryCode.count({ where: unused });
  return [{ action: "second_factor.recovery_code_used" as const, target: { id: userId, name }, after: { left } }];
}
