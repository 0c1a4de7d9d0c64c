import "server-only";
import type { LoginPrincipal, Standing } from "@/lib/kernel/ctx";
import type { Db, Tx } from "@/lib/kernel/db";
import type { HeldRole } from "@/lib/kernel/permissions";
import type { Refusal } from "./decide";
import { HELD_ROLES } from "./held-roles";

interface Row {
  grantId: string;
  number: number;
  firstUsedAt: Date | null;
  accessExpiresAt: Date;
  isOver: boolean;
  isExpired: boolean;
  isDisabled: boolean;
  organizationId: string;
  userId: string;
  appId: string;
  appName: string;
  access: "role" | "restricted";
  listed: string[];
  roles: HeldRole[];
  now: Date;
}

export interface FoundLogin {
  standing: Standing<LoginPrincipal>;
  /** Why it is not accepted at this moment; undefined when it is. */
  refusal: Refusal | undefined;
  pair: { grantId: string; number: number; isUsed: boolean };
}

/** The login token whose access value has this digest, with what the person behind it holds now. */
export async function findLogin(client: Db | Tx, digest: Uint8Array<ArrayBuffer>): Promise<FoundLogin | undefined> {
  const [row] = await client.$queryRaw<Row[]>`
    select p.grant_id as "grantId", p.number, p.first_used_at as "firstUsedAt",
      least(p.access_expires_at, g.expires_at) as "accessExpiresAt",
      p.ended_at is not null or g.ended_at is not null or u.status <> 'active' or a.deleted_at is not null as "isOver",
      p.access_expires_at <= now() or g.expires_at <= now() as "isExpired", a.disabled_at is not null as "isDisabled",
      g.organization_id as "organizationId", g.user_id as "userId", g.app_id as "appId", a.name as "appName",
      a.token_access::text as access, a.token_permissions as listed, ${HELD_ROLES} as roles, now() as now
    from login_pair p
      join login_grant g on g.id = p.grant_id
      join "user" u on u.id = g.user_id and u.organization_id = g.organization_id
      join app a on a.id = g.app_id and a.organization_id = g.organization_id
    where p.access_digest = ${digest}`;
  if (!row) return undefined;
  const { grantId, number, firstUsedAt, organizationId, userId, appId, appName, access, listed, roles, now } = row;
  return {
    refusal: refusalOf(row),
    pair: { grantId, number, isUsed: firstUsedAt !== null },
    standing: {
      principal: { kind: "login_token", id: grantId, name: appName, userId, appId, expiresAt: row.accessExpiresAt },
      organizationId,
      power: { kind: "login", roles, access, listed },
      now,
    },
  };
}

function refusalOf({ isOver, isExpired, isDisabled }: Row): Refusal | undefined {
  if (isOver) return { code: "credential_revoked", detail: "This login token has ended." };
  if (isExpired) return { code: "credential_expired", detail: "This login token has expired; refresh it." };
  if (isDisabled) return { code: "credential_disabled", detail: "The app of this login token is disabled." };
  return undefined;
}

/**
 * Records that a pair has been used, before its first use has any effect: an unused one may still be
 * replaced as lost. False when that has just happened.
 */
export async function markFirstUse(client: Db, { grantId, number }: FoundLogin["pair"]): Promise<boolean> {
  const marked = await client.$executeRaw`
    update login_pair set first_used_at = coalesce(first_used_at, now())
    where grant_id = ${grantId} and number = ${number} and ended_at is null`;
  return marked === 1;
}
