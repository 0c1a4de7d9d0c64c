import type { Client } from "pg";
import { checksum, digestOf } from "@/lib/kernel/secrets";
import type { SeededOrganization } from "@/e2e/fixtures/accounts";

const BATCH = 20_000;

/** The value of the so-many-th access token of the population: known without being stored. */
export function tokenOf(number: number): string {
  const body = String(number).padStart(36, "0");
  return `lkt_${body}${checksum(body)}`;
}

export const tokenId = (number: number) => `55-${number.toString(16).padStart(11, "0")}-population`;

/** Adds access tokens up to this number, as many inserts of many rows; they are good for a year. */
export async function populate(
  client: Client,
  { id, instanceId, roleIds, people }: SeededOrganization,
  count: number,
  from = 1,
): Promise<void> {
  // Halves the time where the user may: every row points to the same, which is there.
  await client.query("set session_replication_role = replica").catch(() => undefined);
  for (let first = from; first <= count; first += BATCH) {
    const numbers = Array.from({ length: Math.min(BATCH, count - first + 1) }, (_, index) => first + index);
    const digests = numbers.map((number) => Buffer.from(digestOf(tokenOf(number))));
    await client.query(ROWS, [numbers.map(tokenId), digests, id, instanceId, roleIds.publisher, people.owner.id]);
  }
  await client.query("reset session_replication_role");
  await client.query("vacuum analyze credential, credential_version");
}

const ROWS = `
  with given as (select * from unnest($1::text[], $2::bytea[]) as given (id, digest)),
  made as (
    insert into credential (id, organization_id, kind, instance_id, role_id, name, expires_at, created_by_id, created_by_name, updated_at)
    select id, $3, 'access_token', $4, $5, id, now() + interval '1 year', $6, 'Owner', now() from given
  )
  insert into credential_version (credential_id, number, digest, hint, created_by_id, created_by_name)
  select id, 1, digest, 'lkt_…', $6, 'Owner' from given`;
