import "server-only";
import { listEvents } from "@/lib/audit/queries";
import { ListEvents } from "@/lib/audit/schema";
import { CREDENTIAL_STATUSES, type CredentialStatus } from "@/lib/credentials/schema";
import { requirePermission } from "@/lib/kernel/authority";
import { DAY } from "@/lib/kernel/clock";
import type { Ctx } from "@/lib/kernel/ctx";
import type { Page } from "@/lib/kernel/cursor";
import { db } from "@/lib/kernel/db";
import { allows } from "@/lib/kernel/permissions";
import type { KeyRecord } from "@/lib/keys/schema";
import { expiringWithin, inState, usedLike } from "./filters";
import { keysOf, pageOfKeys, sampleOfKeys, sampleOfRotations } from "./keys";
import { CALENDAR_DAYS, type ListCredentials, type Overview } from "./schema";

const RECENT_EVENTS = 8;

/** The API keys of all apps. */
export async function listCredentials(ctx: Ctx, query: ListCredentials): Promise<Page<KeyRecord>> {
  await requirePermission(ctx, "keys:read");
  return pageOfKeys(ctx, query);
}

/** What there is and what wants a decision, as far as the caller may read it. */
export async function getOverview(ctx: Ctx): Promise<Overview> {
  const { power, organizationId } = ctx;
  const [apps, keys, events] = await Promise.all([
    allows(power, "apps:read") ? db().app.count({ where: { organizationId, deletedAt: null } }) : undefined,
    allows(power, "keys:read") ? getKeys(ctx) : undefined,
    allows(power, "audit:read") ? listEvents(ctx, ListEvents.parse({ limit: RECENT_EVENTS })) : undefined,
  ]);
  return { apps, keys, events: events?.rows };
}

async function getKeys(ctx: Ctx): Promise<NonNullable<Overview["keys"]>> {
  const { now } = ctx;
  const count = (filter: Parameters<typeof keysOf>[1]) => db().credential.count({ where: keysOf(ctx, filter) });
  const [states, neverUsed, dormant, expiries, rotating, expiring, forgotten] = await Promise.all([
    Promise.all(CREDENTIAL_STATUSES.map(async (state) => [state, await count(inState(state, now))])),
    count(usedLike("never", now)),
    count(usedLike("dormant", now)),
    getExpiries(ctx),
    sampleOfRotations(ctx),
    sampleOfKeys(ctx, inState("expiring", now)),
    sampleOfKeys(ctx, usedLike("forgotten", now)),
  ]);
  const byState = Object.fromEntries(states) as Record<CredentialStatus, number>;
  return { byState, neverUsed, dormant, expiries, rotating, expiring, forgotten };
}

async function getExpiries(ctx: Ctx): Promise<NonNullable<Overview["keys"]>["expiries"]> {
  const from = ctx.now.toISOString().slice(0, 10);
  const coming = expiringWithin(from, CALENDAR_DAYS, ctx.now);
  const [rows, { first }] = await Promise.all([
    db().credential.findMany({ where: keysOf(ctx, coming), select: { expiresAt: true } }),
    sampleOfKeys(ctx, coming),
  ]);
  const days = Array<number>(CALENDAR_DAYS).fill(0);
  for (const { expiresAt } of rows) {
    const day = Math.floor(((expiresAt?.getTime() ?? 0) - Date.parse(from)) / DAY);
    days[day] = (days[day] ?? 0) + 1;
  }
  return { from, days, next: first };
}
