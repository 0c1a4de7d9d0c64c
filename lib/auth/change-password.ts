import "server-only";
import { z } from "zod";
import { refuse, requirePerson } from "@/lib/kernel/authority";
import type { Ctx } from "@/lib/kernel/ctx";
import { db } from "@/lib/kernel/db";
import { endGrants } from "@/lib/grants/end";
import { AppError } from "@/lib/kernel/errors";
import { writeEvent } from "@/lib/kernel/events";
import { mutate } from "@/lib/kernel/mutate";
import { endLinksOf } from "./links";
import { requireGoodPassword } from "./new-password";
import { checkOwnPassword } from "./own-password";
import { hashPassword } from "./passwords";
import { endSessionsOf } from "./sessions";

export const ChangePassword = z.strictObject({ oldPassword: z.string().max(1000), password: z.string().max(1000) });
export type ChangePassword = z.infer<typeof ChangePassword>;

/**
 * Changes the caller's own password and ends every other session, login and link of theirs with it; the session that
 * changed it stays. Throws `forbidden` for anybody else's, `wrong_password`, `too_many_requests`,
 * `invalid_input` for a weak new one, `conflict` when another change was first.
 */
export async function changePassword(
  ctx: Ctx,
  userId: string,
  { oldPassword, password }: ChangePassword,
): Promise<{ ZUID: string; endedSessions: number }> {
  const { organizationId } = ctx;
  const principal = await requirePerson(ctx);
  const { id, name, email, sessionId } = principal;
  if (id !== userId) return refuse(ctx, "users", "A password is changed by the person whose it is, and nobody else.");
  const target = { id, name };

  const passwordHash = await checkOwnPassword(principal, organizationId, oldPassword);
  if (!passwordHash) {
    const failure = { target, outcome: "failed", reason: "wrong password" } as const;
    await writeEvent(db(), ctx, { action: "user.password_changed", ...failure });
    const detail = "is not your password";
    throw new AppError("wrong_password", `The old password ${detail}.`, {
      errors: [{ pointer: "/oldPassword", detail }],
    });
  }
  const organization = await db().organization.findUniqueOrThrow({ where: { id: organizationId } });
  const words = [email, ...name.split(" "), organization.name, organization.accountName, oldPassword];
  requireGoodPassword(password, organization.passwordMinLength, words);
  const newHash = await hashPassword(password);

  return mutate(ctx, { authority: "own", action: "user.password_changed", target }, async (tx, now) => {
    // Whoever changed it a moment ago may have meant to shut this session out.
    const { count } = await tx.user.updateMany({
      where: { id, organizationId, passwordHash },
      data: { passwordHash: newHash },
    });
    if (count === 0) throw new AppError("conflict", "The password was changed meanwhile.");
    await tx.session.update({ where: { id: sessionId, organizationId }, data: { provedAt: now } });
    const user = { id, name, organizationId };
    const reason = "the password was changed";
    const ended = await endSessionsOf(tx, user, { reason, now, keep: sessionId });
    const logins = await endGrants(tx, { userId: id }, user, reason, now);
    await endLinksOf(tx, user, now);
    return {
      result: { ZUID: id, endedSessions: ended.length },
      audit: [{ action: "user.password_changed", target }, ...ended, ...logins],
    };
  });
}

/** How many characters a password of the caller's organization needs. */
export async function getPasswordMinLength({ organizationId }: Ctx): Promise<number> {
  const organization = await db().organization.findUniqueOrThrow({ where: { id: organizationId } });
  return organization.passwordMinLength;
}
