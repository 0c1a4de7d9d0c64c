import "server-only";
import { addMinutes } from "@/lib/kernel/clock";
import type { Ctx } from "@/lib/kernel/ctx";
import type { Tx } from "@/lib/kernel/db";
import { newId } from "@/lib/kernel/new-id";
import { masked, maskSecrets } from "@/lib/kernel/secrets";
import { type Actor, findActors, referenceOf } from "./actors";
import type { ReportedEvent } from "./schema";

/** Clocks of different machines differ. */
const AHEAD_AT_MOST_MINUTES = 5;

export interface Wrong {
  pointer: string;
  detail: string;
}

export type Row = ReturnType<typeof rowOf>;

/** A row for each event, or what is wrong with which of them. */
export async function rowsOf(
  tx: Tx,
  ctx: Ctx,
  events: readonly ReportedEvent[],
  now: Date,
): Promise<{ rows: Row[]; wrong: (Wrong & { index: number })[] }> {
  const references = events.map(({ credential }) => referenceOf(credential));
  const actors = await findActors(
    tx,
    ctx.organizationId,
    references.filter((reference) => reference !== undefined),
  );
  const isInstance = await instancesAmong(tx, ctx.organizationId, events);
  const latest = addMinutes(now, AHEAD_AT_MOST_MINUTES);
  const own = ctx.principal.kind === "access_token" ? ctx.principal.instanceId : undefined;
  const wrong: (Wrong & { index: number })[] = [];
  const rows = events.flatMap((event, index) => {
    const actor = actors.get(references[index] ?? "");
    const refuse = (pointer: string, detail: string) => void wrong.push({ index, pointer, detail });
    if (!actor) refuse("/credential", "is no API key, access token or login of this organization");
    if (event.instance !== undefined && !isInstance.has(event.instance)) {
      refuse("/instance", "is no instance of this organization");
    } else if (own !== undefined && event.instance !== undefined && event.instance !== own) {
      refuse("/instance", "is not the instance of the access token that reports");
    }
    const at = event.occurredAt === undefined ? now : new Date(event.occurredAt);
    if (at > latest) refuse("/occurredAt", "lies in the future");
    if (at.getTime() < 0) refuse("/occurredAt", "lies before 1970");
    return actor ? [rowOf(ctx, event, actor, own ?? event.instance ?? actor.instanceId)] : [];
  });
  return { rows, wrong };
}

async function instancesAmong(tx: Tx, organizationId: string, events: readonly ReportedEvent[]) {
  const asked = [...new Set(events.flatMap(({ instance }) => instance ?? []))];
  if (asked.length === 0) return new Set<string>();
  const found = await tx.instance.findMany({ where: { organizationId, id: { in: asked } }, select: { id: true } });
  return new Set(found.map(({ id }) => id));
}

/** As the table names it. Whatever the reporter wrote freely is kept without the credentials it may hold. */
function rowOf(ctx: Ctx, event: ReportedEvent, actor: Actor, instanceId: string | null) {
  return {
    id: newId("event"),
    occurred_at: event.occurredAt ?? null,
    actor_type: actor.kind,
    actor_id: actor.id,
    actor_name: actor.name,
    action: event.action,
    verb: event.verb,
    target_type: event.target.type,
    target_id: event.target.id === undefined ? null : maskSecrets(event.target.id),
    target_name: maskSecrets(event.target.name),
    app_id: actor.appId,
    instance_id: instanceId,
    outcome: event.outcome,
    request_id: event.requestId ?? ctx.requestId,
    ip: event.ip ?? "unknown",
    user_agent: maskSecrets(event.userAgent ?? ""),
    after: event.details === undefined ? null : masked(event.details),
    external_id: event.id ?? null,
  };
}
