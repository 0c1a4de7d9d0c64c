import { addHours, DAY, HOUR } from "@/lib/kernel/clock";
import { db } from "@/lib/kernel/db";
import type { RefusalCode } from "@/lib/usage/schema";
import type { Prisma } from "@/prisma/generated/client";
import { Chance } from "./chance";
import type { Past } from "./keys";

const DAYS = 30;
/** Older calls are counted by the day: no page shows their hours. */
const HOURLY_DAYS = 3;
const CALLS_PER_HOUR = [3, 12, 40, 160, 900];
const ASKED = ["content:read", "media:read", "content:update"];
const ROWS_PER_INSERT = 1_000;

type Row = Prisma.CredentialGetPayload<{ include: { versions: true; app: true } }>;
type Count = Prisma.UsageCountCreateManyInput;

/** Counts what the keys and tokens that were ever used have been doing, and from where. */
export async function countCalls({ organizationId, now }: Pick<Past, "organizationId" | "now">): Promise<void> {
  const chance = new Chance(20_261_122);
  const include = { versions: true, app: true } as const;
  const rows = await db().credential.findMany({ where: { organizationId }, include, orderBy: { id: "asc" } });
  const counts: Count[] = [];
  const callers: Prisma.UsageCallerCreateManyInput[] = [];
  for (const row of rows) {
    const own = countsOf(row, now, chance);
    counts.push(...own);
    callers.push(...callersOf(row, own, now));
  }
  for (let start = 0; start < counts.length; start += ROWS_PER_INSERT)
    await db().usageCount.createMany({ data: counts.slice(start, start + ROWS_PER_INSERT) });
  await db().usageCaller.createMany({ data: callers });
}

function countsOf(row: Row, now: Date, chance: Chance): Count[] {
  const lastUsed = Math.max(...row.versions.map(({ lastUsedAt }) => lastUsedAt?.getTime() ?? 0));
  const from = Math.max(now.getTime() - DAYS * DAY, row.createdAt.getTime());
  const pace = chance.pick(CALLS_PER_HOUR);
  const permissions = row.app?.keyAccess === "restricted" ? row.app.keyPermissions : ASKED;
  const counts: Count[] = [];
  const add = (hour: Date, outcome: string, permission: string, count: number) =>
    count > 0 &&
    counts.push({ organizationId: row.organizationId, credentialId: row.id, hour, outcome, permission, count });
  for (const { start, hours } of spans(from, now)) {
    const ended = endedAt(row, start);
    const calls = Math.round(pace * hours * bustle(start, hours) * chance.between(0.6, 1.4));
    if (ended) {
      if (lastUsed > 0) add(start, ended, "", Math.round(calls * 0.02));
    } else if (start.getTime() <= lastUsed) {
      add(start, "VALID", chance.pick(permissions), calls);
      if (chance.next() < 0.12) add(start, refusal(row), "", Math.ceil(calls * chance.between(0.005, 0.06)));
    }
  }
  return counts;
}

/** Days, and at the end hours. */
function spans(from: number, now: Date): { start: Date; hours: number }[] {
  const recent = Math.floor((now.getTime() - HOURLY_DAYS * DAY) / DAY) * DAY;
  const found = [];
  for (let at = Math.ceil(from / DAY) * DAY; at < recent; at += DAY) found.push({ start: new Date(at), hours: 24 });
  const first = new Date(Math.max(recent, Math.ceil(from / HOUR) * HOUR));
  for (let start = first; start < now; start = addHours(start, 1)) found.push({ start, hours: 1 });
  return found;
}

/** Less on weekends, and little at night. */
function bustle(start: Date, hours: number): number {
  const weekend = start.getUTCDay() % 6 === 0 ? 0.35 : 1;
  if (hours > 1) return weekend * 0.5;
  return weekend * (0.15 + 0.85 * Math.max(0, Math.sin(((start.getUTCHours() - 6) / 14) * Math.PI)));
}

function endedAt({ revokedAt, expiresAt }: Row, at: Date): RefusalCode | undefined {
  if (revokedAt && revokedAt <= at) return "REVOKED";
  return expiresAt && expiresAt <= at ? "EXPIRED" : undefined;
}

function refusal({ rateRequests, allowedCidrs }: Row): RefusalCode {
  if (rateRequests) return "RATE_LIMITED";
  return allowedCidrs.length > 0 ? "IP_NOT_ALLOWED" : "INSUFFICIENT_PERMISSIONS";
}

/** The programs that used its versions, each with its share. */
function callersOf(row: Row, counts: readonly Count[], now: Date): Prisma.UsageCallerCreateManyInput[] {
  const first = counts[0];
  if (!first) return [];
  const used = row.versions.filter(({ lastUsedAt }) => lastUsedAt !== null && lastUsedAt > first.hour);
  const share = (isAllowed: boolean) =>
    Math.floor(
      counts
        .filter(({ outcome }) => (outcome === "VALID") === isAllowed)
        .reduce((sum, { count }) => sum + Number(count), 0) / used.length,
    );
  const addresses = new Map(used.map((version) => [version.lastUsedIp as string, version]));
  return [...addresses].map(([ip, { lastUsedAt, lastUserAgent }]) => ({
    organizationId: row.organizationId,
    credentialId: row.id,
    ip,
    userAgent: lastUserAgent ?? "",
    firstAt: first.hour,
    lastAt: lastUsedAt ?? now,
    allowed: share(true),
    refused: share(false),
  }));
}
