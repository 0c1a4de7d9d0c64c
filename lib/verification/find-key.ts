import "server-only";
import type { KeyPrincipal, Standing } from "@/lib/kernel/ctx";
import type { Db, Tx } from "@/lib/kernel/db";
import type { KeyFacts } from "./decide";

interface KeyRow extends KeyFacts {
  id: string;
  name: string;
  number: number;
  organizationId: string;
  appId: string;
  appName: string;
  keyAccess: "full" | "restricted";
  keyPermissions: string[];
  rateRequests: number | null;
  rateSeconds: number | null;
  now: Date;
}

export interface FoundKey {
  facts: KeyFacts;
  standing: Standing<KeyPrincipal>;
  rateLimit: { requests: number; seconds: number } | undefined;
}

/** The API key version with this digest, whatever its state, with the database's time of the look-up. */
export async function findKey(client: Db | Tx, digest: Uint8Array<ArrayBuffer>): Promise<FoundKey | undefined> {
  const [row] = await client.$queryRaw<KeyRow[]>`
    select c.id, c.name, v.number, c.organization_id as "organizationId", c.app_id as "appId", a.name as "appName",
      a.key_access::text as "keyAccess", a.key_permissions as "keyPermissions",
      c.rate_requests as "rateRequests", c.rate_seconds as "rateSeconds",
      c.not_before as "notBefore", c.expires_at as "expiresAt", c.allowed_cidrs as "allowedCidrs",
      c.revoked_at as "revokedAt", c.disabled_at as "keyDisabledAt", v.ends_at as "versionEndsAt",
      a.disabled_at as "appDisabledAt", a.deleted_at as "appDeletedAt", now() as now
    from credential_version v
      join credential c on c.id = v.credential_id
      join app a on a.id = c.app_id and a.organization_id = c.organization_id
    where v.digest = ${digest} and c.kind = 'api_key'`;
  if (!row) return undefined;
  const { id, name, number: version, appId, appName, organizationId, keyAccess, keyPermissions, now } = row;
  return {
    facts: row,
    rateLimit:
      row.rateRequests && row.rateSeconds ? { requests: row.rateRequests, seconds: row.rateSeconds } : undefined,
    standing: {
      principal: { kind: "api_key", id, name, version, appId, appName },
      organizationId,
      power: { kind: "key", access: keyAccess, listed: keyPermissions },
      now,
    },
  };
}
