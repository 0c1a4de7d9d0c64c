import type { AuditCheckpoint } from "@/prisma/generated/client";
import { toBase64 } from "./base64";
import { originOf } from "./checkpoint";
import type { EventRow } from "./find/events";
import { fromJson } from "./leaf";
import type { CheckpointRecord, EventRecord } from "./schema";

export function eventRecord(row: EventRow): EventRecord {
  return {
    ZUID: row.id,
    seq: row.seq,
    occurredAt: row.occurredAt,
    actor: { type: row.actorType as EventRecord["actor"]["type"], ZUID: row.actorId, name: row.actorName },
    action: row.action as EventRecord["action"],
    verb: row.verb,
    target: { type: row.targetType, ZUID: row.targetId, name: row.targetName },
    appZUID: row.appId,
    instanceZUID: row.instanceId,
    outcome: row.outcome as EventRecord["outcome"],
    reason: row.reason,
    requestId: row.requestId,
    ip: row.ip,
    userAgent: row.userAgent,
    before: fromJson(row.before) as EventRecord["before"],
    after: fromJson(row.after) as EventRecord["after"],
    externalId: row.externalId,
    reportedBy: row.reportedBy,
  };
}

export const checkpointRecord = (row: AuditCheckpoint): Omit<CheckpointRecord, "keys"> => ({
  log: row.logId,
  origin: originOf(row.logId, row.epoch),
  size: Number(row.size),
  root: toBase64(row.root),
  signedAt: row.signedAt.toISOString(),
  note: row.note,
});

/**
 * The record of the vendor's audit API. A credential stands in the user's place under its own id and
 * name, and nothing of any person goes with it.
 */
export function vendorAudit(row: EventRow) {
  const isUser = row.actorType === "user";
  const [firstName = "", ...rest] = row.actorName.split(" ");
  const happenedAt = new Date(row.occurredAt).toISOString();
  return {
    ZUID: row.id,
    affectedZUID: row.targetId,
    actionByUserZUID: row.actorId,
    entityZUID: row.instanceId,
    action: row.verb,
    meta: { uri: `/audit?request=${row.requestId}`, message: `${row.action} ${row.targetName} (${row.outcome})` },
    happenedAt,
    createdAt: happenedAt,
    updatedAt: happenedAt,
    firstName: isUser ? firstName : row.actorName,
    lastName: isUser ? rest.join(" ") : null,
    email: null,
  };
}
