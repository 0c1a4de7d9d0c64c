import "server-only";
import type { LoginPrincipal } from "@/lib/kernel/ctx";
import type { Db, Tx } from "@/lib/kernel/db";
import type { HeldRole } from "@/lib/kernel/permissions";
import { Prisma } from "@/prisma/generated/client";
import { arrayOf, type Digest } from "./digests";
import type { Found, OrganizationFacts } from "./found";
import { HELD_ROLES, ORGANIZATION, ROLE_IDS, resourcesOf } from "./held-roles";
import { isPasswordEnough, type SecondFactorPolicy } from "./second-factor";

interface Row {
  digest: string;
  grantId: string;
  number: number;
  firstUsedAt: Date | null;
  accessExpiresAt: Date;
  isOver: boolean;
  isDisabled: boolean;
  organizationId: string;
  organization: OrganizationFacts;
  issuedAt: Date;
  userId: string;
  appId: string;
  appName: string;
  access: "role" | "restricted";
  listed: string[];
  roles: HeldRole[];
  roleIds: string[];
  resources: string[];
  hasFactor: boolean;
  factorPolicy: SecondFactorPolicy;
  now: Date;
}

/** The ends the pair and its login began with, or earlier ones that the policy gives them by now. */
const ACCESS_END = Prisma.sql`least(p.access_expires_at, p.created_at + o.login_access_hours * interval '1 hour',
  g.expires_at, g.created_at + o.login_refresh_days * interval '1 day')`;
const REGISTERED = resourcesOf(Prisma.sql`g.organization_id`);

/** The login tokens whose access values have these digests, by their hexadecimal text, with what the persons behind them hold now. */
export async function findLogins(
  client: Db | Tx,
  digests: readonly Digest[],
): Promise<Map<string, Found<LoginPrincipal>>> {
  const rows = await client.$queryRaw<Row[]>`
    select encode(p.access_digest, 'hex') as digest, p.grant_id as "grantId", p.number, p.first_used_at as "firstUsedAt",
      ${ACCESS_END} as "accessExpiresAt",
      p.ended_at is not null or g.ended_at is not null or u.status <> 'active' or a.deleted_at is not null as "isOver",
      a.disabled_at is not null as "isDisabled",
      ${ORGANIZATION} as organization, p.created_at as "issuedAt",
      g.organization_id as "organizationId", g.user_id as "userId", g.app_id as "appId", a.name as "appName",
      a.token_access::text as access, a.token_permissions as listed, ${HELD_ROLES} as roles, ${ROLE_IDS} as "roleIds",
      ${REGISTERED} as resources, now() as now,
      u.totp_confirmed_at is not null as "hasFactor", o.second_factor::text as "factorPolicy"
    from login_pair p
      join login_grant g on g.id = p.grant_id
      join organization o on o.id = g.organization_id
      join "user" u on u.id = g.user_id and u.organization_id = g.organization_id
      join app a on a.id = g.app_id and a.organization_id = g.organization_id
    where p.access_digest = any(${arrayOf(digests)})`;
  return new Map(rows.map((row) => [row.digest, foundFrom(row)]));
}

function foundFrom(row: Row): Found<LoginPrincipal> {
  const { grantId, number, organizationId, userId, appId, appName, accessExpiresAt: expiresAt, now } = row;
  const { access, listed, roles, resources, organization, issuedAt } = row;
  const isOver = row.isOver || !isPasswordEnough(row);
  return {
    standing: {
      principal: { kind: "login_token", id: grantId, name: appName, userId, appId, expiresAt },
      organizationId,
      power: { kind: "login", roles, access, listed, resources },
      now,
    },
    organization,
    issuedAt: issuedAt.getTime(),
    facts: {
      noun: "login token",
      over: isOver ? "This login token has ended." : null,
      versionEndsAt: null,
      expiresAt: expiresAt.getTime(),
      idleEndsAt: null,
      disabled: row.isDisabled ? "The app of this login token is disabled." : null,
      notBefore: null,
      allowedCidrs: [],
    },
    targets: [grantId, userId, appId, organizationId, ...row.roleIds],
    ...(row.firstUsedAt === null && { unusedPair: { grantId, number } }),
  };
}

/**
 * Records that a pair has been used, before its first use has any effect: an unused one may still be
 * replaced as lost. False when that has just happened.
 */
export async function markFirstUse(
  client: Db,
  { grantId, number }: NonNullable<Found["unusedPair"]>,
): Promise<boolean> {
  const marked = await client.$executeRaw`
    update login_pair set first_used_at = coalesce(first_used_at, now())
    where grant_id = ${grantId} and number = ${number} and ended_at is null`;
  return marked === 1;
}
