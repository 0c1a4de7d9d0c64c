import "server-only";
import { msOf } from "@/lib/kernel/clock";
import type { CredentialPrincipal } from "@/lib/kernel/ctx";
import type { Db, Tx } from "@/lib/kernel/db";
import type { Power, Rule } from "@/lib/kernel/permissions";
import { Prisma } from "@/prisma/generated/client";
import type { Facts } from "./decide";
import { arrayOf, type Digest } from "./digests";
import type { Found, OrganizationFacts } from "./found";
import { ORGANIZATION, RULES, resourcesOf } from "./held-roles";

interface Row {
  digest: string;
  kind: "api_key" | "access_token";
  notBefore: Date | null;
  expiresAt: Date | null;
  allowedCidrs: string[];
  revokedAt: Date | null;
  disabledAt: Date | null;
  quarantinedAt: Date | null;
  appDisabledAt: Date | null;
  appDeletedAt: Date | null;
  versionEndsAt: Date | null;
  newest: number;
  id: string;
  name: string;
  number: number;
  organizationId: string;
  organization: OrganizationFacts;
  issuedAt: Date;
  appId: string | null;
  appName: string;
  keyAccess: "full" | "restricted";
  keyPermissions: string[];
  instanceId: string;
  roleId: string;
  roleName: string;
  systemRoleId: string;
  rules: Rule[];
  resources: string[];
  rateRequests: number | null;
  rateSeconds: number | null;
  now: Date;
}

const REGISTERED = resourcesOf(Prisma.sql`c.organization_id`);

/**
 * The versions of API keys and access tokens with these digests, whatever their state, with the database's
 * time of the look-up. By the hexadecimal text of the digest.
 */
export async function findCredentials(
  client: Db | Tx,
  digests: readonly Digest[],
): Promise<Map<string, Found<CredentialPrincipal>>> {
  const rows = await client.$queryRaw<Row[]>`
    select encode(v.digest, 'hex') as digest, c.id, c.name, v.number, c.organization_id as "organizationId", c.kind::text as kind,
      ${ORGANIZATION} as organization, v.created_at as "issuedAt",
      c.app_id as "appId", a.name as "appName", a.key_access::text as "keyAccess", a.key_permissions as "keyPermissions",
      c.instance_id as "instanceId", c.role_id as "roleId", r.name as "roleName", r.system_role_id as "systemRoleId",
      ${RULES} as rules, ${REGISTERED} as resources,
      c.rate_requests as "rateRequests", c.rate_seconds as "rateSeconds",
      c.not_before as "notBefore", c.expires_at as "expiresAt", c.allowed_cidrs as "allowedCidrs",
      c.revoked_at as "revokedAt", c.disabled_at as "disabledAt",
      c.quarantined_at as "quarantinedAt", v.ends_at as "versionEndsAt",
      (select max(number) from credential_version n where n.credential_id = c.id) as newest,
      a.disabled_at as "appDisabledAt", a.deleted_at as "appDeletedAt", now() as now
    from credential_version v
      join credential c on c.id = v.credential_id
      join organization o on o.id = c.organization_id
      left join app a on a.id = c.app_id and a.organization_id = c.organization_id
      left join role r on r.id = c.role_id and r.organization_id = c.organization_id
    where v.digest = any(${arrayOf(digests)})`;
  return new Map(rows.map((row) => [row.digest, foundFrom(row)]));
}

function foundFrom(row: Row): Found<CredentialPrincipal> {
  const { organizationId, organization, issuedAt, now, rateRequests, rateSeconds, number, newest, versionEndsAt } = row;
  return {
    standing: { principal: principalOf(row), organizationId, power: powerOf(row), now },
    organization,
    issuedAt: issuedAt.getTime(),
    facts: factsOf(row),
    ...(rateRequests && rateSeconds && { rateLimit: { requests: rateRequests, seconds: rateSeconds } }),
    targets: [row.id, organizationId, row.appId ?? row.roleId],
    ...(newest > number && versionEndsAt && { rotation: { version: newest, endsAt: versionEndsAt } }),
  };
}

function factsOf({ kind, revokedAt, appDeletedAt, ...row }: Row): Facts {
  const noun = kind === "api_key" ? "API key" : "access token";
  return {
    noun,
    over: revokedAt || appDeletedAt ? `This ${noun} was revoked.` : null,
    versionEndsAt: msOf(row.versionEndsAt),
    expiresAt: msOf(row.expiresAt),
    idleEndsAt: null,
    disabled: disabledBy(row, noun),
    notBefore: msOf(row.notBefore),
    allowedCidrs: row.allowedCidrs,
  };
}

function disabledBy(
  { disabledAt, appDisabledAt, quarantinedAt }: Pick<Row, "disabledAt" | "appDisabledAt" | "quarantinedAt">,
  noun: string,
) {
  if (disabledAt) return `This ${noun} is disabled.`;
  if (appDisabledAt) return "The app of this API key is disabled.";
  return quarantinedAt ? `This ${noun} was restored from a backup and waits for confirmation.` : null;
}

function principalOf({ id, name, number: version, appId, appName, instanceId, roleId, roleName }: Row) {
  return appId === null
    ? { kind: "access_token" as const, id, name, version, instanceId, roleId, roleName }
    : { kind: "api_key" as const, id, name, version, appId, appName };
}

/** A token holds its role on its own instance, also where the role applies to every instance. */
function powerOf({ appId, keyAccess, keyPermissions, systemRoleId, instanceId, rules, resources }: Row): Power {
  return appId === null
    ? { kind: "token", roles: [{ systemRoleId, instanceId, rules }], resources }
    : { kind: "key", access: keyAccess, listed: keyPermissions, resources };
}
