import "server-only";
import type { Prisma } from "@/prisma/generated/client";
import { DAY } from "./clock";
import type { Ctx } from "./ctx";
import type { Tx } from "./db";
import { AppError } from "./errors";

/**
 * Claims the request's idempotency key for 24 hours; the earlier record when it was claimed before.
 * The insert waits for a parallel request with the same key, so only one of them makes the change.
 * Throws `idempotency_mismatch` when the earlier request had another body.
 */
export async function claimIdempotency(tx: Tx, ctx: Ctx): Promise<{ response: Prisma.JsonValue } | undefined> {
  if (!ctx.idempotency || !ctx.principal.id) return undefined;
  const { key, requestDigest } = ctx.idempotency;
  const id = { organizationId: ctx.organizationId, actorId: ctx.principal.id, key };
  await tx.idempotencyRecord.deleteMany({ where: { ...id, createdAt: { lt: new Date(ctx.now.getTime() - DAY) } } });
  const claimed = await tx.idempotencyRecord.createMany({
    data: { ...id, requestDigest, response: {} },
    skipDuplicates: true,
  });
  if (claimed.count === 1) return undefined;
  const earlier = await tx.idempotencyRecord.findUniqueOrThrow({ where: { organizationId_actorId_key: id } });
  if (!Buffer.from(earlier.requestDigest).equals(requestDigest)) {
    throw new AppError(
      "idempotency_mismatch",
      "This Idempotency-Key was used for another request in the last 24 hours.",
    );
  }
  return earlier;
}

/** Keeps the public record as the answer to repeated requests. */
export async function storeResponse(tx: Tx, ctx: Ctx, result: unknown): Promise<void> {
  if (!ctx.idempotency || !ctx.principal.id) return;
  await tx.idempotencyRecord.update({
    where: {
      organizationId_actorId_key: {
        organizationId: ctx.organizationId,
        actorId: ctx.principal.id,
        key: ctx.idempotency.key,
      },
    },
    data: { response: JSON.parse(JSON.stringify(result)) as Prisma.InputJsonObject },
  });
}
