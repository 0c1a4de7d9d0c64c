import { beforeAll, expect, test } from "vitest";
import type { UserPrincipal } from "@/lib/kernel/ctx";
import { db, type Tx } from "@/lib/kernel/db";
import { newId } from "@/lib/kernel/new-id";
import { digestOf, mintSecret, secretKind } from "@/lib/kernel/secrets";
import { newKey } from "@/lib/testing/app";
import { newLoginClient } from "@/lib/testing/login";
import { foundOrganization, type TestOrganization } from "@/lib/testing/organization";
import { newToken } from "@/lib/testing/token";
import { Prisma } from "@/prisma/generated/client";
import { type CheckedKind, findPresented } from "./find";
import type { Found } from "./found";

let acme: TestOrganization;
beforeAll(async () => {
  acme = await foundOrganization();
});

class RolledBack extends Error {}

/** Whether a change made others decide, and whether it said so at its commit, as one that is never made. */
async function tryOut(value: string, change: (tx: Tx) => Promise<unknown>) {
  const find = (tx: Tx) => findPresented(tx, secretKind(value) as CheckedKind, digestOf(value));
  let seen: { alters: boolean; isTold: boolean } | undefined;
  await db()
    .$transaction(async (tx) => {
      const before = (await find(tx)) as Found;
      const [last] = await tx.$queryRaw<{ seq: bigint }[]>`select coalesce(max(seq), 0) as seq from invalidation`;
      await change(tx);
      // Deferred triggers run now instead of at the commit.
      await tx.$executeRaw`set constraints all immediate`;
      const after = await find(tx);
      const told = await tx.invalidation.findMany({ where: { seq: { gt: last?.seq ?? 0n } } });
      seen = {
        alters: JSON.stringify(after) !== JSON.stringify(before),
        isTold: told.some(({ target }) => before.targets.includes(target)),
      };
      throw new RolledBack();
    })
    .catch((error: unknown) => {
      if (!(error instanceof RolledBack) && !isRefused(error)) throw error;
    });
  return seen;
}

/** The database's own rules refuse some of the changes that are tried out. */
const isRefused = (error: unknown) => error instanceof Error && error.name.startsWith("PrismaClient");

/** Another value for a column, by its type. */
const OTHER: Record<string, string> = {
  bool: "not coalesce(%, false)",
  bytea: "sha256(coalesce(%, ''))",
  int4: "coalesce(%, 0) + 1",
  int8: "coalesce(%, 0) + 1",
  jsonb: `'[{"other": 1}]'`,
  text: "coalesce(%, '') || 'x'",
  _text: "array_append(%, '198.51.100.0/24')",
  timestamptz: "coalesce(%, now()) - interval '1 day'",
};

/** Every column of the rows (but what names them) whose change alters what is found, and whether the change is told. */
async function columnsThatDecide(value: string, rows: Record<string, string>) {
  const outcome: { told: string[]; untold: string[] } = { told: [], untold: [] };
  for (const [table, where] of Object.entries(rows)) {
    const columns = await db().$queryRaw<{ name: string; type: string }[]>`
      select column_name as name, udt_name as type from information_schema.columns
      where table_name = ${table} and table_schema = 'public' and column_name not in ('id', 'number')
      order by column_name`;
    for (const { name, type } of columns) {
      for (const other of await othersFor(type)) {
        const set = `update "${table}" set "${name}" = ${other.replaceAll("%", `"${name}"`)} where ${where}`;
        const seen = await tryOut(value, (tx) => tx.$executeRaw(Prisma.raw(set)));
        if (seen?.alters) outcome[seen.isTold ? "told" : "untold"].push(`${table}.${name}`);
      }
    }
  }
  return { told: [...new Set(outcome.told)], untold: [...new Set(outcome.untold)] };
}

async function othersFor(type: string): Promise<string[]> {
  if (OTHER[type]) return [OTHER[type]];
  const labels = await db().$queryRaw<{ label: string }[]>`
    select enumlabel as label from pg_enum join pg_type on pg_type.oid = enumtypid where typname = ${type}`;
  return labels.map(({ label }) => `'${label}'`);
}

const of = (table: string, ...columns: string[]) => columns.map((column) => `${table}.${column}`);
const OF_CREDENTIALS = [
  ...of("credential", "allowed_cidrs", "disabled_at", "expires_at", "name", "not_before", "revoked_at"),
  ...of("credential", "rate_requests", "rate_seconds"),
  ...of("credential_version", "digest", "ends_at"),
];
const OF_PEOPLE = [
  ...of("organization", "second_factor"),
  ...of("role", "system_role_id"),
  ...of("role_rule", "create", "delete", "publish", "read", "resource", "update"),
  ...of("user", "status"),
];

test("of an API key, every change that alters a decision is told", async () => {
  const { keyId, appId, key } = await newKey(acme, { rateLimit: { requests: 5, seconds: 5 } });
  const { told, untold } = await columnsThatDecide(key, {
    credential: `id = '${keyId}'`,
    credential_version: `credential_id = '${keyId}'`,
    app: `id = '${appId}'`,
    organization: `id = '${acme.id}'`,
  });
  expect(untold).toEqual([]);
  const app = of("app", "deleted_at", "disabled_at", "key_access", "key_permissions", "name");
  expect(told).toEqual(expect.arrayContaining([...OF_CREDENTIALS, ...app]));
});

test("of an access token, every change that alters a decision is told", async () => {
  const { tokenId, token } = await newToken(acme, { rateLimit: { requests: 5, seconds: 5 } });
  const { roleId } = await db().credential.findUniqueOrThrow({ where: { id: tokenId } });
  await addRule(roleId as string);
  const { told, untold } = await columnsThatDecide(token, {
    credential: `id = '${tokenId}'`,
    credential_version: `credential_id = '${tokenId}'`,
    role: `id = '${roleId}'`,
    role_rule: `role_id = '${roleId}'`,
    organization: `id = '${acme.id}'`,
  });
  expect(untold).toEqual([]);
  expect(told).toEqual(expect.arrayContaining([...OF_CREDENTIALS, "role.name", "role_rule.publish"]));
});

/** Rows whose change alters what is found of a person. */
async function rowsOf(userId: string) {
  const { roleId } = await db().roleAssignment.findFirstOrThrow({ where: { userId } });
  await addRule(roleId);
  return {
    organization: `id = '${acme.id}'`,
    user: `id = '${userId}'`,
    role: `id = '${roleId}'`,
    role_rule: `role_id = '${roleId}'`,
    role_assignment: `user_id = '${userId}'`,
  };
}

const addRule = (roleId: string) =>
  db().roleRule.upsert({
    where: { roleId_resource: { roleId, resource: "content" } },
    create: { id: newId("rule"), organizationId: acme.id, roleId, resource: "content", publish: false },
    update: {},
  });

test("of a login token, every change that alters a decision is told; its first use alters none", async () => {
  const { userId, appId, logIn } = await newLoginClient(acme);
  const { token_id: grantId, access_token: value } = (await logIn()).credentials;
  const { told, untold } = await columnsThatDecide(value, {
    login_grant: `id = '${grantId}'`,
    login_pair: `grant_id = '${grantId}'`,
    app: `id = '${appId}'`,
    ...(await rowsOf(userId)),
  });
  expect(untold).toEqual(["login_pair.first_used_at"]);
  const login = [...of("login_grant", "ended_at"), ...of("login_pair", "access_expires_at", "ended_at")];
  const app = of("app", "deleted_at", "disabled_at", "token_access", "token_permissions");
  expect(told).toEqual(expect.arrayContaining([...OF_PEOPLE, ...login, ...app]));
});

test("of a session, every change that alters a decision is told; sliding it and giving the password alter none", async () => {
  const { principal } = (await acme.as("Developer")) as { principal: UserPrincipal };
  const { value, digest } = mintSecret("session");
  await db().session.update({ where: { id: principal.sessionId }, data: { digest } });
  const { told, untold } = await columnsThatDecide(value, {
    session: `id = '${principal.sessionId}'`,
    ...(await rowsOf(principal.id)),
  });
  expect(untold).toEqual(["session.last_action_at", "session.proved_at"]);
  expect(told).toEqual(expect.arrayContaining([...OF_PEOPLE, ...of("session", "ended_at", "expires_at")]));
});

test.each([
  [
    "a rule that is added",
    "insert into role_rule (id, role_id, organization_id, resource, publish, updated_at) select id || 'r', id, organization_id, 'media', false, now() from role",
  ],
  ["a rule that is taken away", "delete from role_rule"],
  [
    "a role that is given",
    `insert into role_assignment (user_id, role_id, organization_id)
    select a.user_id, r.id, r.organization_id from role_assignment a join role r on r.organization_id = a.organization_id on conflict do nothing`,
  ],
  ["a role that is taken away", "delete from role_assignment"],
  ["a pair that is deleted", "delete from login_pair"],
  [
    "a resource that is registered",
    "insert into resource (organization_id, name, created_by_id, created_by_name, updated_at) select id, 'orders', '', '', now() from organization",
  ],
])("of a login, %s is told", async (_, sql) => {
  const { userId, logIn } = await newLoginClient(acme);
  const value = (await logIn()).credentials.access_token;
  await rowsOf(userId);
  expect(await tryOut(value, (tx) => tx.$executeRaw(Prisma.raw(sql)))).toEqual({ alters: true, isTold: true });
});
