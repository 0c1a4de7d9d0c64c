import "server-only";
import { allows, type Power } from "./permissions";
import { Prisma } from "@/prisma/generated/client";

type Where = Prisma.CredentialWhereInput;

/** The kinds of credentials that the power may read: keys, and tokens of all instances or of these. */
function reachOf(power: Power): { keys: boolean; tokens: boolean; instances: string[] } {
  const held = "roles" in power ? power.roles.flatMap(({ instanceId }) => instanceId ?? []) : [];
  return {
    keys: allows(power, "keys:read"),
    tokens: allows(power, "tokens:read"),
    instances: held.filter((id) => allows(power, "tokens:read", id)),
  };
}

/** Which credentials the power may read, any of these; empty: none. Keys of a deleted app have no page any more, only their history. */
export function readableBy(power: Power): Where[] {
  const { keys, tokens, instances } = reachOf(power);
  const some: Where = { kind: "access_token", instanceId: { in: instances } };
  return [
    ...(keys ? [{ kind: "api_key" as const, app: { deletedAt: null } }] : []),
    ...(tokens ? [{ kind: "access_token" as const }] : instances.length > 0 ? [some] : []),
  ];
}

/** The same of a credential `c` in SQL, keys of deleted apps included; undefined: none. Who reads all reads what is no credential too. */
export function readableInSql(power: Power): Prisma.Sql | undefined {
  const { keys, tokens, instances } = reachOf(power);
  if (keys && tokens) return Prisma.sql`true`;
  const parts = [
    ...(keys ? [Prisma.sql`c.kind = 'api_key'`] : []),
    ...(tokens ? [Prisma.sql`c.kind = 'access_token'`] : []),
    ...(instances.length > 0 ? [Prisma.sql`c.instance_id = any(${instances}::text[])`] : []),
  ];
  return parts.length > 0 ? Prisma.sql`(${Prisma.join(parts, " or ")})` : undefined;
}
