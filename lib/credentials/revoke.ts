import "server-only";
import type { Authority } from "@/lib/kernel/mutate";
import type { Ctx } from "@/lib/kernel/ctx";
import { AppError } from "@/lib/kernel/errors";
import { mutate } from "@/lib/kernel/mutate";
import { credentialRecord } from "./record";
import type { RevokeCredential } from "./schema";
import { actOn, findSubject, type Noun, placeOf, type Subject } from "./subject";

/** Revokes every version of a credential at once. The record stays, with who, when and why. */
export async function revoke<N extends Noun, R extends object>(
  ctx: Ctx,
  subject: Subject<N, R>,
  { reason = null }: { [K in keyof RevokeCredential]: RevokeCredential[K] | null },
  over: { authority?: Authority & "own"; isSensitive?: false; target?: { id: string; name: string } } = {},
): Promise<R> {
  const { id, kind, noun, show } = subject;
  const action = `${noun as Noun}.revoked` as const;
  return mutate(ctx, { ...actOn(subject, "delete"), action, ...over }, async (tx, now) => {
    const { principal, organizationId } = ctx;
    const revoked = await tx.credential.updateMany({
      where: { id, organizationId, kind, revokedAt: null },
      data: { revokedAt: now, revokedById: principal.id, revokedByName: principal.name, revocationReason: reason },
    });
    const row = await findSubject(tx, ctx, subject);
    if (revoked.count === 0) throw new AppError("conflict", `This ${noun} was revoked already.`);
    return {
      result: show(row, now),
      audit: {
        action,
        ...placeOf(row),
        reason,
        before: { status: credentialRecord({ ...row, revokedAt: null }, now).status },
        after: { status: "revoked", reason },
      },
    };
  });
}
