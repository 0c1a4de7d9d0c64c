import "server-only";
import { X509Certificate } from "node:crypto";
import { requireHeld } from "@/lib/kernel/authority";
import { addHours } from "@/lib/kernel/clock";
import type { Ctx } from "@/lib/kernel/ctx";
import type { Tx } from "@/lib/kernel/db";
import { defined } from "@/lib/kernel/defined";
import { AppError, notFound } from "@/lib/kernel/errors";
import type { AuditEntry } from "@/lib/kernel/events";
import { mutate } from "@/lib/kernel/mutate";
import { newId } from "@/lib/kernel/new-id";
import type { EventStream } from "@/prisma/generated/client";
import { streamRecord, toldStream } from "./record";
import {
  type CreateStream,
  OVERLAP_HOURS,
  type StreamRecord,
  STREAMS_AT_MOST,
  type UpdateStream,
  wrongAddress,
} from "./schema";
import { newStreamSecret } from "./secret";

const NAME_TAKEN = { detail: "Another stream has this name.", pointer: "/name" };
const about = ({ id, name }: EventStream) => ({ target: { id, name } });

/** Begins to send the trail to an address. A webhook's answer holds the secret that signs for it, once. */
export async function createStream(ctx: Ctx, input: CreateStream): Promise<StreamRecord & { secret?: string }> {
  const { organizationId } = ctx;
  const { kind, name, url, certificate = null, from } = input;
  requireCertificates(certificate);
  const target = { id: null, name };
  const act = { authority: "streams:create", action: "stream.created", target, isSensitive: true } as const;
  return mutate(ctx, { ...act, conflict: NAME_TAKEN }, async (tx, now, standing) => {
    // Whoever sends the trail somewhere can read it there.
    requireHeld(standing, "audit:read");
    if ((await tx.eventStream.count({ where: { organizationId } })) >= STREAMS_AT_MOST) {
      throw new AppError("conflict", `There are ${STREAMS_AT_MOST} streams, which is as many as there can be.`);
    }
    const id = newId("stream");
    const secret = kind === "webhook" ? newStreamSecret(id) : undefined;
    const size = await sizeOf(tx, ctx);
    const by = { createdById: standing.principal.id as string, createdByName: standing.principal.name };
    const cursor = from === "first" ? 0n : size;
    const row = await tx.eventStream.create({
      data: {
        id,
        organizationId,
        kind,
        name,
        url,
        ca: certificate,
        cursor,
        leaseEndsAt: new Date(0),
        ...by,
        ...secret?.columns,
      },
    });
    const record = streamRecord(row, size, now);
    return {
      result: record,
      ...(secret && { secret: { secret: secret.value } }),
      audit: { action: "stream.created", ...about(row), after: toldStream(record) },
    };
  });
}

/** Renames a stream or leads it elsewhere, pauses it or resumes it: a resumed one is tried at once. */
export async function updateStream(ctx: Ctx, id: string, input: UpdateStream): Promise<StreamRecord> {
  const { paused, certificate, name, url } = input;
  requireCertificates(certificate ?? null);
  const isSensitive = url !== undefined || certificate !== undefined;
  const act = { authority: "streams:update", action: "stream.updated", isSensitive, conflict: NAME_TAKEN } as const;
  return mutate(ctx, act, async (tx, now, standing) => {
    // Whoever says where the trail goes, or that it goes on, can read it there. Anybody else may stop it.
    if (isSensitive || paused === false) requireHeld(standing, "audit:read");
    const before = await findStream(tx, ctx, id);
    const wrong = url === undefined ? undefined : wrongAddress(before.kind, url);
    if (wrong) throw invalid("/url", wrong);
    const row = await tx.eventStream.update({
      where: { id, organizationId: ctx.organizationId },
      data: {
        ...defined({ name, url, ca: certificate }),
        ...(paused === true && { pausedAt: before.pausedAt ?? now, pauseReason: before.pauseReason }),
        ...(paused === false && { pausedAt: null, pauseReason: null, failingSince: null, failures: 0 }),
        // What was changed may be what was wrong.
        nextAttemptAt: now,
      },
    });
    const size = await sizeOf(tx, ctx);
    const records = { before: streamRecord(before, size, now), after: streamRecord(row, size, now) };
    return { result: records.after, audit: updateEvents(before, row, records, input) };
  });
}

type Updated = "stream.updated" | "stream.paused" | "stream.resumed";

/** Pausing or resuming is a fact of its own beside a change of fields. */
function updateEvents(
  before: EventStream,
  row: EventStream,
  records: { before: StreamRecord; after: StreamRecord },
  { paused: _, ...fields }: UpdateStream,
): [AuditEntry<Updated>, ...AuditEntry<Updated>[]] {
  const told = { before: toldStream(records.before), after: toldStream(records.after) };
  const updated = { action: "stream.updated", ...about(row), ...told } as const;
  if ((before.pausedAt === null) === (row.pausedAt === null)) return [updated];
  const switched = { action: row.pausedAt ? "stream.paused" : "stream.resumed", ...about(row) } as const;
  return Object.keys(fields).length > 0 ? [updated, switched] : [switched];
}

/** Gives a webhook a new secret: both sign for a day, so that its receiver can change over. */
export async function rotateStreamSecret(ctx: Ctx, id: string): Promise<StreamRecord & { secret: string }> {
  const act = { authority: "streams:update", action: "stream.secret_rotated", isSensitive: true } as const;
  return mutate(ctx, act, async (tx, now, standing) => {
    // Whoever signs for it can make up a trail for its receiver.
    requireHeld(standing, "audit:read");
    const before = await findStream(tx, ctx, id);
    if (before.kind !== "webhook") throw new AppError("conflict", "A syslog stream has no secret.");
    const { value, columns } = newStreamSecret(id);
    const row = await tx.eventStream.update({
      where: { id, organizationId: ctx.organizationId },
      data: { ...columns, earlierSecret: before.secret, earlierEndsAt: addHours(now, OVERLAP_HOURS) },
    });
    const size = await sizeOf(tx, ctx);
    const records = { before: streamRecord(before, size, now), after: streamRecord(row, size, now) };
    return {
      result: records.after,
      secret: { secret: value },
      audit: { action: "stream.secret_rotated", ...about(row), ...records },
    };
  });
}

/** Ends a stream for good, with the record of its deliveries. */
export async function deleteStream(ctx: Ctx, id: string): Promise<StreamRecord> {
  const act = { authority: "streams:delete", action: "stream.deleted", isSensitive: true } as const;
  return mutate(ctx, act, async (tx, now) => {
    const row = await findStream(tx, ctx, id);
    await tx.streamDelivery.deleteMany({ where: { streamId: id, stream: { organizationId: ctx.organizationId } } });
    await tx.eventStream.delete({ where: { id, organizationId: ctx.organizationId } });
    const record = streamRecord(row, await sizeOf(tx, ctx), now);
    return { result: record, audit: { action: "stream.deleted", ...about(row), before: toldStream(record) } };
  });
}

async function findStream(tx: Tx, { organizationId }: Ctx, id: string): Promise<EventStream> {
  const row = await tx.eventStream.findUnique({ where: { id, organizationId } });
  if (!row) throw notFound("stream");
  return row;
}

const sizeOf = async (tx: Tx, { organizationId: logId }: Ctx) =>
  (await tx.auditLog.findUnique({ where: { logId } }))?.size ?? 0n;

function requireCertificates(pem: string | null): void {
  for (const one of pem?.match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g) ?? []) {
    try {
      new X509Certificate(one);
    } catch {
      throw invalid("/certificate", "holds what is no certificate");
    }
  }
}

const invalid = (pointer: string, detail: string) =>
  new AppError("invalid_input", `${pointer} ${detail}.`, { errors: [{ pointer, detail }] });
