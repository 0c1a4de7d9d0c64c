import "server-only";
import { countApps } from "@/lib/apps/queries";
import { listRecentEvents } from "@/lib/audit/queries";
import { CREDENTIAL_STATUSES, type CredentialStatus } from "@/lib/credentials/schema";
import { requirePermission } from "@/lib/kernel/authority";
import { DAY } from "@/lib/kernel/clock";
import type { Ctx } from "@/lib/kernel/ctx";
import type { Page } from "@/lib/kernel/cursor";
import { db } from "@/lib/kernel/db";
import { allows, type Power } from "@/lib/kernel/permissions";
import { expiringWithin, inState, usedLike } from "./filters";
import { credentialsOf, firstOf, mayReadSome, pageOfListed, sampleOf, sampleOfRotations } from "./credentials";
import { CALENDAR_DAYS, type ListCredentials, type ListedCredential, type Overview } from "./schema";

const RECENT_EVENTS = 8;

/** Whether the power may read keys, or the tokens of some instance. */
export const canListCredentials = (power: Power) => mayReadSome(power);

/** The API keys of all apps and the access tokens of all instances, as far as the caller may read them. */
export async function listCredentials(ctx: Ctx, query: ListCredentials): Promise<Page<ListedCredential>> {
  if (!canListCredentials(ctx.power)) await requirePermission(ctx, "keys:read");
  return pageOfListed(ctx, query);
}

/** What there is and what wants a decision, as far as the caller may read it. */
export async function getOverview(ctx: Ctx): Promise<Overview> {
  const { power } = ctx;
  const [apps, credentials, events] = await Promise.all([
    allows(power, "apps:read") ? countApps(ctx) : undefined,
    mayReadSome(power) ? getCredentials(ctx) : undefined,
    allows(power, "audit:read") ? listRecentEvents(ctx, RECENT_EVENTS) : undefined,
  ]);
  return { apps, credentials, events };
}

async function getCredentials(ctx: Ctx): Promise<NonNullable<Overview["credentials"]>> {
  const { now } = ctx;
  const count = (filter: Parameters<typeof credentialsOf>[1]) =>
    db().credential.count({ where: credentialsOf(ctx, filter) });
  const [states, neverUsed, dormant, expiries, rotating, expiring, forgotten, restored] = await Promise.all([
    Promise.all(CREDENTIAL_STATUSES.map(async (state) => [state, await count(inState(state, now))])),
    count(usedLike("never", now)),
    count(usedLike("dormant", now)),
    getExpiries(ctx),
    sampleOfRotations(ctx),
    sampleOf(ctx, inState("expiring", now)),
    sampleOf(ctx, usedLike("forgotten", now)),
    sampleOf(ctx, inState("restored", now)),
  ]);
  const byState = Object.fromEntries(states) as Record<CredentialStatus, number>;
  return { byState, neverUsed, dormant, expiries, rotating, expiring, forgotten, restored };
}

async function getExpiries(ctx: Ctx): Promise<NonNullable<Overview["credentials"]>["expiries"]> {
  const from = ctx.now.toISOString().slice(0, 10);
  const coming = expiringWithin(from, CALENDAR_DAYS, ctx.now);
  const [rows, next] = await Promise.all([
    db().credential.findMany({ where: credentialsOf(ctx, coming), select: { expiresAt: true } }),
    firstOf(ctx, coming),
  ]);
  const days = Array<number>(CALENDAR_DAYS).fill(0);
  for (const { expiresAt } of rows) {
    const day = Math.floor(((expiresAt?.getTime() ?? 0) - Date.parse(from)) / DAY);
    days[day] = (days[day] ?? 0) + 1;
  }
  return { from, days, next };
}
