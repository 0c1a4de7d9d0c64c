import { placeOf } from "@/lib/transport/destination";
import type { EventStream, StreamDelivery } from "@/prisma/generated/client";
import type { DeliveryRecord, StreamRecord } from "./schema";

const time = (at: Date | null) => at?.toISOString() ?? null;

/** `size` is how many events of the organization are sealed. */
export function streamRecord(row: EventStream, size: bigint, now: Date): StreamRecord {
  const status = row.pausedAt ? "paused" : row.failures > 0 ? "failing" : "delivering";
  return {
    ZUID: row.id,
    kind: row.kind,
    name: row.name,
    url: row.url,
    certificate: row.ca,
    status,
    pauseReason: row.pauseReason,
    secretHint: row.secretHint,
    earlierSecretEndsAt: row.earlierEndsAt && row.earlierEndsAt > now ? time(row.earlierEndsAt) : null,
    size: Number(size),
    cursor: Number(row.cursor),
    deliveredAt: time(row.deliveredAt),
    failingSince: time(row.failingSince),
    nextAttemptAt: status === "failing" ? time(row.nextAttemptAt) : null,
    createdByName: row.createdByName,
    createdAt: row.createdAt.toISOString(),
  };
}

/** As the trail tells of it: events leave for other places, so its address leaves out what a receiver knows it by. */
export const toldStream = (record: StreamRecord): StreamRecord => ({ ...record, url: placeOf(new URL(record.url)) });

export const deliveryRecord = (
  row: Pick<StreamDelivery, "at" | "durationMs" | "fromSeq" | "toSeq" | "status" | "error">,
): DeliveryRecord => ({
  at: row.at.toISOString(),
  durationMs: row.durationMs,
  from: Number(row.fromSeq),
  to: Number(row.toSeq),
  status: row.status,
  error: row.error,
});
