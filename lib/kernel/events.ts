import "server-only";
import type { Prisma } from "@/prisma/generated/client";
import { ACTIONS, type Action, type Snapshot } from "./actions";
import type { Origin, Principal } from "./ctx";
import type { Tx } from "./db";
import { AppError } from "./errors";
import { newId } from "./new-id";

export interface AuditEntry<A extends Action> {
  action: A;
  /** The name is a snapshot: renaming or deleting the target never rewrites history. */
  target: { id: string | null; name: string };
  appId?: string;
  instanceId?: string;
  outcome?: "allowed" | "denied" | "failed";
  reason?: string | null;
  before?: Snapshot<A>;
  after?: Snapshot<A>;
}

type Recorder = Origin & { principal: Principal; organizationId: string | null };

/**
 * Writes one event for what the caller did, in the given transaction. Throws `store_unavailable`
 * when it cannot be written, which takes the change back with it.
 */
export async function writeEvent<A extends Action>(tx: Tx, by: Recorder, entry: AuditEntry<A>): Promise<void> {
  const { verb, target } = ACTIONS[entry.action];
  try {
    await tx.auditEvent.create({
      data: {
        id: newId("event"),
        organizationId: by.organizationId,
        actorType: by.principal.kind,
        actorId: by.principal.id,
        actorName: by.principal.name,
        action: entry.action,
        verb,
        targetType: target,
        targetId: entry.target.id,
        targetName: entry.target.name,
        appId: entry.appId ?? null,
        instanceId: entry.instanceId ?? null,
        outcome: entry.outcome ?? "allowed",
        reason: entry.reason ?? null,
        requestId: by.requestId,
        ip: by.ip,
        userAgent: by.userAgent,
        ...snapshots(entry),
      },
      select: { id: true },
    });
  } catch (cause) {
    throw new AppError(
      "store_unavailable",
      "The change could not be recorded, so it was not made.",
      { retryAfterSeconds: 2 },
      { cause },
    );
  }
}

/** Only fields the action lists, and of an update only those that differ. */
function snapshots<A extends Action>(entry: AuditEntry<A>) {
  const { before, after } = entry;
  const shown = changedFields(entry);
  const pick = (side: Snapshot<A>) =>
    JSON.parse(
      JSON.stringify(Object.fromEntries(shown.map((field) => [field, side[field] ?? null]))),
    ) as Prisma.InputJsonObject;
  return { ...(before && { before: pick(before) }), ...(after && { after: pick(after) }) };
}

function changedFields<A extends Action>({ action, before, after }: AuditEntry<A>) {
  const fields = ACTIONS[action].fields as readonly (keyof Snapshot<A>)[];
  return fields.filter((field) => !before || !after || !isSame(before[field], after[field]));
}

/** Whether an update changed any field that its action shows. */
export const hasChanges = (entry: AuditEntry<Action>) => changedFields(entry).length > 0;

const isSame = (one: unknown, other: unknown) => JSON.stringify(one ?? null) === JSON.stringify(other ?? null);
