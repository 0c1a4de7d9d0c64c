import "server-only";
import { countApps } from "@/lib/apps/queries";
import { listRecentEvents } from "@/lib/audit/queries";
import { requirePermission } from "@/lib/kernel/authority";
import { DAY } from "@/lib/kernel/clock";
import type { Ctx } from "@/lib/kernel/ctx";
import type { Page } from "@/lib/kernel/cursor";
import { allows, type Power } from "@/lib/kernel/permissions";
import { expiringIn, inState, usedLike } from "./filters";
import { firstToExpire, firstToRotate, listedOf, mayReadSome, pageOfListed } from "./credentials";
import { CALENDAR_DAYS, type ListCredentials, type ListedCredential, type Overview } from "./schema";
import { tallyOf } from "./tally";

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
  const { byState, byUse, expiries } = await tallyOf(ctx);
  const first = (total: number, filter: Parameters<typeof firstToExpire>[1]) =>
    total > 0 ? firstToExpire(ctx, filter) : [];
  const { from, days } = expiries;
  const last = new Date(Date.parse(from) + (CALENDAR_DAYS - 1) * DAY).toISOString().slice(0, 10);
  const [rotating = [], expiring = [], forgotten = [], restored = [], next = []] = await listedOf(
    ctx,
    await Promise.all([
      byState.rotating > 0 ? firstToRotate(ctx) : [],
      first(byState.expiring, inState("expiring", now)),
      first(byUse.forgotten, usedLike("forgotten", now)),
      first(byState.restored, inState("restored", now)),
      days.some((count) => count > 0) ? firstToExpire(ctx, expiringIn(`${from}/${last}`, now)) : [],
    ]),
  );
  return {
    byState,
    byUse,
    expiries: { ...expiries, next },
    rotating: { total: byState.rotating, first: rotating },
    expiring: { total: byState.expiring, first: expiring },
    forgotten: { total: byUse.forgotten, first: forgotten },
    restored: { total: byState.restored, first: restored },
  };
}
