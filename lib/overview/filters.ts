import { type CredentialStatus, EXPIRING_DAYS } from "@/lib/credentials/schema";
import { DAY } from "@/lib/kernel/clock";
import type { Prisma } from "@/prisma/generated/client";
import { DORMANT_DAYS, FORGOTTEN_DAYS, type CredentialUse } from "./schema";

type Where = Prisma.CredentialWhereInput;

const inDays = (now: Date, days: number) => new Date(now.getTime() + days * DAY);

const unended = (now: Date): Where => ({ revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] });

/** Said without its opposite: a token has no app to be enabled. */
const ofDisabledApp: Where = { app: { disabledAt: { not: null } } };

/** Accepted at this moment, but for a time it is not yet valid before. */
export const working = (now: Date): Where => ({
  AND: [unended(now), { disabledAt: null, quarantinedAt: null, NOT: ofDisabledApp }],
});

const overlapping = (now: Date) => ({ endsAt: { gt: now } });

/** The credentials in this state: the same decision as the one in a record, as a filter. */
export function inState(state: CredentialStatus, now: Date): Where {
  const steady: Where = { AND: [working(now), { versions: { none: overlapping(now) } }] };
  const soon = inDays(now, EXPIRING_DAYS);
  switch (state) {
    case "revoked":
      return { revokedAt: { not: null } };
    case "expired":
      return { revokedAt: null, expiresAt: { lte: now } };
    case "restored":
      return { AND: [unended(now), { quarantinedAt: { not: null } }] };
    case "disabled":
      return { AND: [unended(now), { quarantinedAt: null, OR: [{ disabledAt: { not: null } }, ofDisabledApp] }] };
    case "rotating":
      return { AND: [working(now), { versions: { some: overlapping(now) } }] };
    case "expiring":
      return { AND: [steady, { expiresAt: { lt: soon } }] };
    case "active":
      return { AND: [steady, { OR: [{ expiresAt: null }, { expiresAt: { gte: soon } }] }] };
  }
}

/** The working credentials that are used like this. */
export function usedLike(use: CredentialUse, now: Date): Where {
  const never: Where = { versions: { none: { lastUsedAt: { not: null } } } };
  switch (use) {
    case "never":
      return { AND: [working(now), never] };
    case "forgotten":
      return { AND: [working(now), never, { createdAt: { lt: inDays(now, -FORGOTTEN_DAYS) } }] };
    case "dormant": {
      const lately = { lastUsedAt: { gte: inDays(now, -DORMANT_DAYS) } };
      const before = { OR: [{ NOT: never }, { createdAt: { lt: inDays(now, -DORMANT_DAYS) } }] };
      return { AND: [working(now), { versions: { none: lately } }, before] };
    }
  }
}

/** The working credentials whose end lies on this day, or from one day to another (UTC). */
export function expiringIn(days: string, now: Date): Where {
  const [first = "", last = first] = days.split("/");
  return { AND: [working(now), { expiresAt: { gte: new Date(first), lt: inDays(new Date(last), 1) } }] };
}
