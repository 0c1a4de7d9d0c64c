import "server-only";
import type { Tx } from "@/lib/kernel/db";
import { ID_PREFIX } from "@/lib/kernel/ids";
import { digestOf, secretKind } from "@/lib/kernel/secrets";

/** Who did what is reported, as the trail names it: never a person. */
export interface Actor {
  kind: "api_key" | "access_token" | "login_token";
  id: string;
  name: string;
  appId: string | null;
  instanceId: string | null;
}

const VALUES = ["api_key", "access_token", "login_access"];
const IDS = [ID_PREFIX.key, ID_PREFIX.token, ID_PREFIX.grant];

/** How a credential that was reported by value or id is looked for; undefined when it is neither. */
export function referenceOf(credential: string): string | undefined {
  if (VALUES.includes(secretKind(credential) ?? "")) return Buffer.from(digestOf(credential)).toString("hex");
  return IDS.includes((credential.split("-")[0] ?? "") as (typeof IDS)[number]) ? credential : undefined;
}

/**
 * The organization's credentials with these references, whatever their state: what an ended one tried is worth
 * knowing too.
 */
export async function findActors(
  tx: Tx,
  organizationId: string,
  references: readonly string[],
): Promise<Map<string, Actor>> {
  const given = JSON.stringify([...new Set(references)]);
  const rows = await tx.$queryRaw<(Actor & { reference: string })[]>`
    with given as (
      select reference, case when reference like '%-%' then null else decode(reference, 'hex') end as digest
      from json_array_elements_text(${given}::json) as reference
    ), named as (
      select g.reference, coalesce(v.credential_id, c.id) as id
      from given g
        left join credential_version v on v.digest = g.digest
        left join credential c on c.id = g.reference
    ), logins as (
      select g.reference, coalesce(p.grant_id, l.id) as id
      from given g
        left join login_pair p on p.access_digest = g.digest
        left join login_grant l on l.id = g.reference
    )
    select n.reference, c.kind::text as kind, c.id, c.name, c.app_id as "appId", c.instance_id as "instanceId"
    from named n join credential c on c.id = n.id and c.organization_id = ${organizationId}
    union all
    select n.reference, 'login_token', l.id, a.name, a.id, null
    from logins n
      join login_grant l on l.id = n.id and l.organization_id = ${organizationId}
      join app a on a.id = l.app_id and a.organization_id = l.organization_id`;
  return new Map(rows.map(({ reference, ...actor }) => [reference, actor]));
}
