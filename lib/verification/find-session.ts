import "server-only";
import type { UserPrincipal } from "@/lib/kernel/ctx";
import { addMinutes } from "@/lib/kernel/clock";
import type { Db, Tx } from "@/lib/kernel/db";
import type { HeldRole } from "@/lib/kernel/permissions";
import { Prisma } from "@/prisma/generated/client";
import { arrayOf, type Digest } from "./digests";
import type { Found, OrganizationFacts } from "./found";
import { HELD_ROLES, ORGANIZATION, ROLE_IDS, resourcesOf } from "./held-roles";
import { needsSecondFactor, type SecondFactorPolicy } from "./second-factor";

interface Row {
  digest: string | null;
  id: string;
  organizationId: string;
  organization: OrganizationFacts;
  issuedAt: Date;
  userId: string;
  firstName: string;
  lastName: string;
  email: string;
  provedAt: Date;
  lastActionAt: Date;
  expiresAt: Date;
  isOver: boolean;
  idleMinutes: number;
  now: Date;
  roles: HeldRole[];
  roleIds: string[];
  resources: string[];
  hasFactor: boolean;
  factorPolicy: SecondFactorPolicy;
}

/** The end the session began with, or an earlier one that the policy gives it by now. */
const ABSOLUTE_END = Prisma.sql`least(s.expires_at, s.created_at + o.session_hours * interval '1 hour')`;
const REGISTERED = resourcesOf(Prisma.sql`s.organization_id`);

/** The sessions whose bearer values have these digests, by their hexadecimal text, whatever their state. */
export async function findSessions(
  client: Db | Tx,
  digests: readonly Digest[],
): Promise<Map<string, Found<UserPrincipal>>> {
  const rows = await select(client, Prisma.sql`s.digest = any(${arrayOf(digests)})`);
  return new Map(rows.map((row) => [row.digest ?? "", foundFrom(row)]));
}

/** The session with this id, whatever its state. */
export async function findSession(client: Db | Tx, id: string): Promise<Found<UserPrincipal> | undefined> {
  const [row] = await select(client, Prisma.sql`s.id = ${id}`);
  return row && foundFrom(row);
}

const select = (client: Db | Tx, named: Prisma.Sql) => client.$queryRaw<Row[]>`
    select encode(s.digest, 'hex') as digest, s.id, s.organization_id as "organizationId", s.user_id as "userId",
      ${ORGANIZATION} as organization, s.created_at as "issuedAt",
      u.first_name as "firstName", u.last_name as "lastName", u.email,
      s.proved_at as "provedAt", s.last_action_at as "lastActionAt", ${ABSOLUTE_END} as "expiresAt",
      s.ended_at is not null or u.status <> 'active' as "isOver",
      o.idle_minutes as "idleMinutes", now() as now,
      ${HELD_ROLES} as roles, ${ROLE_IDS} as "roleIds", ${REGISTERED} as resources,
      u.totp_confirmed_at is not null as "hasFactor", o.second_factor::text as "factorPolicy"
    from session s
      join "user" u on u.id = s.user_id and u.organization_id = s.organization_id
      join organization o on o.id = s.organization_id
    where ${named}`;

/** Who needs a second factor and has none holds nothing, from the request after the policy says so. */
function foundFrom(row: Row): Found<UserPrincipal> {
  const { id: sessionId, userId, organizationId, roles, resources, now, isOver, expiresAt } = row;
  const { organization, issuedAt } = row;
  const owesFactor = !row.hasFactor && needsSecondFactor(row.factorPolicy, roles);
  const idleEndsAt = addMinutes(row.lastActionAt, row.idleMinutes);
  const principal: UserPrincipal = {
    kind: "user",
    id: userId,
    name: `${row.firstName} ${row.lastName}`.trim(),
    email: row.email,
    sessionId,
    provedAt: row.provedAt,
    lastActionAt: row.lastActionAt,
    idleEndsAt,
    absoluteEndsAt: expiresAt,
    ...(owesFactor && { owesFactor }),
  };
  const held = { kind: "roles", roles, resources } as const;
  return {
    standing: { principal, organizationId, power: owesFactor ? { kind: "none" } : held, now },
    organization,
    issuedAt: issuedAt.getTime(),
    facts: {
      noun: "session",
      over: isOver ? "This session has ended." : null,
      versionEndsAt: null,
      expiresAt: expiresAt.getTime(),
      idleEndsAt: idleEndsAt.getTime(),
      disabled: null,
      notBefore: null,
      allowedCidrs: [],
    },
    targets: [sessionId, userId, organizationId, ...row.roleIds],
  };
}
