import "server-only";
import canonicalize from "canonicalize";
import { Prisma } from "@/prisma/generated/client";

/** An event as the database tells it. Its time is text: a JavaScript date would lose the microseconds. */
export interface LeafEvent {
  id: string;
  occurredAt: string;
  actorType: string;
  actorId: string | null;
  actorName: string;
  action: string;
  verb: number;
  targetType: string;
  targetId: string | null;
  targetName: string;
  appId: string | null;
  instanceId: string | null;
  outcome: string;
  reason: string | null;
  requestId: string;
  ip: string;
  userAgent: string;
  before: string | null;
  after: string | null;
  externalId: string | null;
  reportedBy: string | null;
}

/** The columns of `audit_event e` that make a LeafEvent. */
export const LEAF_COLUMNS = Prisma.sql`e.id,
  to_char(e.occurred_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "occurredAt",
  e.actor_type as "actorType", e.actor_id as "actorId", e.actor_name as "actorName", e.action, e.verb,
  e.target_type as "targetType", e.target_id as "targetId", e.target_name as "targetName", e.app_id as "appId",
  e.instance_id as "instanceId", e.outcome::text as outcome, e.reason, e.request_id as "requestId", e.ip,
  e.user_agent as "userAgent", e.before::text as before, e.after::text as after, e.external_id as "externalId",
  e.reported_by as "reportedBy"`;

/**
 * The text whose UTF-8 bytes are hashed for the event at this place of its log: one canonical JSON value
 * (RFC 8785). It must never come out otherwise for an event that is in a log; `v` tells a later form apart.
 */
export function recordOf(logId: string, seq: number, event: LeafEvent): string {
  const { id, occurredAt, action, verb, appId, instanceId, outcome, reason, requestId, ip, userAgent } = event;
  return canonicalize({
    v: 1,
    log: logId,
    seq,
    id,
    occurredAt,
    actor: { type: event.actorType, id: event.actorId, name: event.actorName },
    action,
    verb,
    target: { type: event.targetType, id: event.targetId, name: event.targetName },
    appId,
    instanceId,
    outcome,
    reason,
    requestId,
    ip,
    userAgent,
    before: fromJson(event.before),
    after: fromJson(event.after),
    externalId: event.externalId,
    reportedBy: event.reportedBy,
  }) as string;
}

export const fromJson = (json: string | null): unknown => (json === null ? null : JSON.parse(json));
