import "server-only";
import type { Ctx } from "@/lib/kernel/ctx";
import { db } from "@/lib/kernel/db";
import type { Prisma } from "@/prisma/generated/client";
import { OTHERS, UNTOLD } from "@/lib/verification/gathered";
import type { CredentialUsage, PermissionCount } from "./schema";

const SHOWN_CALLERS = 20;

/** From where the credential was presented, the latest first. */
export async function callersOf({ organizationId }: Ctx, credentialId: string): Promise<CredentialUsage["callers"]> {
  const where = { organizationId, credentialId };
  const [total, rows] = await Promise.all([
    db().usageCaller.count({ where }),
    db().usageCaller.findMany({ where, orderBy: [{ lastAt: "desc" }, { ip: "asc" }], take: SHOWN_CALLERS }),
  ]);
  const first = rows.map(({ ip, userAgent, firstAt, lastAt, allowed, refused }) => ({
    ip: ip === OTHERS ? null : ip,
    userAgent,
    firstAt: firstAt.toISOString(),
    lastAt: lastAt.toISOString(),
    allowed: Number(allowed),
    refused: Number(refused),
  }));
  return { total, first };
}

/** How often each credential was allowed each permission. */
export async function usesBy(where: Prisma.Sql, from: Date): Promise<Record<string, PermissionCount[]>> {
  const rows = await db().$queryRaw<{ id: string; permission: string; count: bigint }[]>`
    select u.credential_id as id, u.permission, sum(u.count + u.together)::bigint as count from usage_count u
      left join credential c on c.id = u.credential_id and c.organization_id = u.organization_id
    where ${where} and u.hour >= ${from}::timestamptz and u.permission <> '' and u.outcome = 'VALID'
    group by 1, 2 order by 1, 2`;
  const uses: Record<string, PermissionCount[]> = {};
  for (const { id, permission, count } of rows) (uses[id] ??= []).push({ permission, count: Number(count) });
  return uses;
}

/** How often each permission was asked for and allowed, and refused for the lack of it; the most frequent first. */
export async function permissionCountsOf(
  where: Prisma.Sql,
  from: Date,
): Promise<Omit<CredentialUsage["permissions"], "unused">> {
  const rows = await db().$queryRaw<{ outcome: string; permission: string; count: bigint }[]>`
    select u.outcome, u.permission, sum(u.count + u.together)::bigint as count from usage_count u
    where ${where} and u.hour >= ${from}::timestamptz and u.permission <> ''
      and u.outcome in ('VALID', 'INSUFFICIENT_PERMISSIONS')
    group by 1, 2 order by 3 desc, 2`;
  const of = (outcome: string) =>
    rows.flatMap((row) => (row.outcome === outcome ? [{ permission: row.permission, count: Number(row.count) }] : []));
  const refused = of("INSUFFICIENT_PERMISSIONS");
  return {
    used: of("VALID"),
    missing: refused.filter(({ permission }) => permission !== UNTOLD),
    unknown: refused.find(({ permission }) => permission === UNTOLD)?.count ?? 0,
  };
}
