import "server-only";
import { z } from "zod";
import { requirePerson } from "@/lib/kernel/authority";
import type { Ctx } from "@/lib/kernel/ctx";
import { db } from "@/lib/kernel/db";
import { AppError } from "@/lib/kernel/errors";
import { writeEvent } from "@/lib/kernel/events";
import { mutate } from "@/lib/kernel/mutate";
import { checkOwnPassword } from "./own-password";

export const GiveProof = z.strictObject({ password: z.string().max(1000) });

/**
 * A person in a live session gives the password again before a sensitive act. Throws `invalid_input`
 * for a wrong one and `too_many_requests`.
 */
export async function proveIdentity(ctx: Ctx, { password }: z.infer<typeof GiveProof>): Promise<{ provedAt: string }> {
  const { organizationId } = ctx;
  const principal = await requirePerson(ctx);
  const target = { id: principal.sessionId, name: principal.name };
  if (!(await checkOwnPassword(principal, organizationId, password))) {
    await writeEvent(db(), ctx, { action: "session.proved", target, outcome: "failed", reason: "wrong password" });
    const detail = "is not your password";
    throw new AppError("invalid_input", `The password ${detail}.`, { errors: [{ pointer: "/password", detail }] });
  }
  return mutate(ctx, { authority: "own", action: "session.proved" }, async (tx, now) => {
    await tx.session.update({ where: { id: principal.sessionId, organizationId }, data: { provedAt: now } });
    return {
      result: { provedAt: now.toISOString() },
      audit: { action: "session.proved", target },
    };
  });
}
