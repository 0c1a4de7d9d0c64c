import type { Prisma } from "@/prisma/generated/client";
import { ACTIONS, type Action } from "@/lib/kernel/actions";
import type { AuditEntry } from "@/lib/kernel/events";
import type { Chance } from "./chance";

export interface Actor {
  type: "user" | "api_key" | "system";
  id: string | null;
  name: string;
  ip: string;
  userAgent: string;
}

export const SYSTEM: Actor = { type: "system", id: null, name: "Latchkey", ip: "127.0.0.1", userAgent: "" };

/** Collects events of the past in any order; `rows` answers them in the order in which they happened. */
export class Trail {
  readonly #rows: (Prisma.AuditEventCreateManyInput & { occurredAt: Date })[] = [];
  readonly #organizationId: string;
  readonly #chance: Chance;

  constructor(organizationId: string, chance: Chance) {
    this.#organizationId = organizationId;
    this.#chance = chance;
  }

  get length(): number {
    return this.#rows.length;
  }

  add<A extends Action>(occurredAt: Date, by: Actor, entry: AuditEntry<A>): void {
    const { verb, target } = ACTIONS[entry.action];
    this.#rows.push({
      id: this.#chance.id("event", occurredAt),
      organizationId: this.#organizationId,
      occurredAt,
      actorType: by.type,
      actorId: by.id,
      actorName: by.name,
      action: entry.action,
      verb,
      targetType: target,
      targetId: entry.target.id,
      targetName: entry.target.name,
      appId: entry.appId ?? null,
      instanceId: entry.instanceId ?? null,
      outcome: entry.outcome ?? "allowed",
      reason: entry.reason ?? null,
      requestId: this.#chance.requestId(),
      ip: by.ip,
      userAgent: by.userAgent,
      ...(entry.before && { before: entry.before as Prisma.InputJsonObject }),
      ...(entry.after && { after: entry.after as Prisma.InputJsonObject }),
    });
  }

  rows(): Prisma.AuditEventCreateManyInput[] {
    return this.#rows.sort((a, b) => a.occurredAt.getTime() - b.occurredAt.getTime());
  }
}
