import "server-only";
import { mutate } from "@/lib/kernel/mutate";
import { newId } from "@/lib/kernel/new-id";
import { systemCtx } from "@/lib/kernel/system-ctx";
import { afterwards } from "@/lib/mail/afterwards";
import { mailAboutPause } from "@/lib/notices/stream";
import type { EventStream } from "@/prisma/generated/client";
import { PATIENCE_DAYS } from "./schema";

/** Gives a stream up for the time being, says so on the trail and mails whoever may mend it. */
export async function pauseFailing(stream: EventStream, error: string): Promise<void> {
  const { id, organizationId, name } = stream;
  const reason = `Failing for ${PATIENCE_DAYS} days: ${error}`;
  const ctx = systemCtx({ requestId: `stream_${newId("event")}`, ip: "", userAgent: "" }, organizationId);
  await mutate(ctx, { authority: "system", action: "stream.paused" }, async (tx, now) => {
    await tx.eventStream.update({ where: { id, organizationId }, data: { pausedAt: now, pauseReason: reason } });
    return {
      result: {},
      audit: { action: "stream.paused", target: { id, name }, outcome: "allowed", after: { reason } },
    };
  });
  afterwards(() => mailAboutPause(stream, reason));
}
