import "server-only";
import type { Ctx } from "@/lib/kernel/ctx";
import { notFound } from "@/lib/kernel/errors";
import { mutate } from "@/lib/kernel/mutate";
import { keepDelivery } from "./deliver";
import { deliveryRecord } from "./record";
import type { DeliveryRecord } from "./schema";
import { send } from "./send";

/** Sends an empty batch now, paused or not, and answers what came of it. The cursor stays. */
export async function testStream(ctx: Ctx, id: string): Promise<DeliveryRecord> {
  const act = { authority: "streams:update", action: "stream.tested" } as const;
  const { stream } = await mutate(ctx, act, async (tx) => {
    const row = await tx.eventStream.findUnique({ where: { id, organizationId: ctx.organizationId } });
    if (!row) throw notFound("stream");
    return { result: { stream: row }, audit: { action: "stream.tested", target: { id, name: row.name } } };
  });
  const { cursor } = stream;
  const batch = { from: cursor, to: cursor, records: [] };
  // Outside of the transaction, which a slow receiver would hold open.
  const outcome = await send(stream, batch, ctx.now);
  await keepDelivery(id, batch, outcome);
  return deliveryRecord({ at: ctx.now, fromSeq: cursor, toSeq: cursor, ...outcome });
}
