import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { registerApp } from "@/lib/apps/commands";
import { writeBackup } from "@/lib/backup/write";
import { db } from "@/lib/kernel/db";
import { env } from "@/lib/kernel/env";
import { migrate } from "@/lib/store/migrate";
import { openPostgres, type Store } from "@/lib/store/open";
import { connectForMigration } from "@/lib/store/postgres";
import { createDatabase } from "@/lib/testing/database";
import { foundOrganization, type TestOrganization } from "@/lib/testing/organization";
import { newFolder, within } from "@/lib/testing/restoring";
import { archiveOldEvents } from "./archive";
import { requireTrail } from "./boot-check";
import { indexTrail } from "./find/indexer";
import { sealPending } from "./sealer";
import { verifyStore } from "./store/verify";

describe.runIf(env().databaseUrl)("the roles of prisma/roles", () => {
  // Roles are those of the whole server, so other runs may have theirs.
  const prefix = `latchkey_test_${randomBytes(6).toString("hex")}`;
  const password = randomBytes(12).toString("hex");
  let database: Awaited<ReturnType<typeof createDatabase>>;
  let store: Store;
  let acme: TestOrganization;

  const urlOf = (role: "owner" | "server") => {
    const url = new URL(database.url);
    [url.username, url.password] = [`${prefix}_${role}`, password];
    return url.href;
  };
  const sqlOf = async (file: string) =>
    (await readFile(path.resolve("prisma/roles", file), "utf8")).replaceAll(/latchkey_(?=owner|server)/g, `${prefix}_`);
  const run = async (url: string | undefined, sql: string) => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query(sql).finally(() => client.end());
  };

  beforeAll(async () => {
    database = await createDatabase();
    await run(database.url, await sqlOf("create.sql"));
    for (const role of ["owner", "server"])
      await run(database.url, `alter role ${prefix}_${role} password '${password}'`);
    const target = await connectForMigration(urlOf("owner"));
    await migrate(target).finally(() => target.close());
    await run(urlOf("owner"), await sqlOf("grant.sql"));
    store = await openPostgres(urlOf("server"), () => undefined);
    await within(store, async () => {
      acme = await foundOrganization();
      await registerApp(acme.owner, { name: "First" });
    });
  });

  afterAll(async () => {
    await store.close();
    await database.drop();
    await run(env().databaseUrl, `drop role ${prefix}_owner, ${prefix}_server`);
  });

  test("who serves changes, seals, indexes, archives and backs up", () =>
    within(store, async () => {
      await requireTrail();
      await sealPending();
      await run(urlOf("owner"), "select setval('audit_event_position_seq', 16384)");
      await registerApp(acme.owner, { name: "Second" });
      expect(await indexTrail(store.openSlow)).toBe(1);
      await run(
        urlOf("owner"),
        `alter table audit_checkpoint disable trigger audit_checkpoint_append_only;
         update audit_checkpoint set signed_at = signed_at - interval '31 days';
         alter table audit_checkpoint enable trigger audit_checkpoint_append_only`,
      );
      await db().organization.update({ where: { id: acme.id }, data: { auditRetentionDays: 30 } });
      expect(await archiveOldEvents()).toBe(1);
      await sealPending();
      expect((await acme.events()).map(({ targetName }) => targetName)).toEqual(["Second", "trail"]);
      expect((await verifyStore()).findings.failures).toEqual([]);
      await writeBackup(store, path.join(await newFolder(), "backup"), env());
    }));

  test.each([
    "update audit_event set reason = 'x'",
    "delete from audit_event",
    "truncate audit_event",
    "alter table audit_event disable trigger audit_event_append_only",
    "drop trigger audit_event_leaves_archived on audit_event",
    "set session_replication_role = replica",
    "update audit_leaf set record = ''",
    "delete from audit_leaf",
    "update audit_checkpoint set note = ''",
    "delete from audit_checkpoint",
    "delete from audit_tile",
    "delete from audit_log",
    "update audit_key set endorsement = null",
    "update audit_archive set to_seq = 1000000",
    "select setval('audit_event_position_seq', 1)",
    "create table public.mine (id int)",
    "delete from _prisma_migrations",
  ])("who serves lacks the privilege to %s", async (statement) => {
    await expect(run(urlOf("server"), statement)).rejects.toThrow(/^(permission denied|must be owner)/);
  });

  test("what refuses the owner is the trigger alone", async () => {
    await expect(run(urlOf("owner"), "update audit_event set reason = 'x'")).rejects.toThrow(/append-only/);
  });

  test("what runs as the owner is not led astray by a table or a view of the caller's own", async () => {
    const before = await store.client.auditLeaf.count();
    await run(
      urlOf("server"),
      `create function pg_temp.caught() returns bigint language plpgsql as
         'begin raise exception $$ran as %$$, current_user; end';
       create temporary view audit_event as select pg_temp.caught() as position;
       create temporary table audit_archive (like public.audit_archive);
       insert into pg_temp.audit_archive values ('${acme.id}', 0, 1000000, '', 'none', now());
       grant all on pg_temp.audit_event, pg_temp.audit_archive to public;
       select audit_settled_position(), drop_archived_events('${acme.id}', 1000)`,
    );
    expect(await store.client.auditLeaf.count()).toBe(before);
  });

  test("a start that would have to migrate ends, and says so", async () => {
    await run(urlOf("owner"), "create table kept as select * from _prisma_migrations; delete from _prisma_migrations");
    await expect(openPostgres(urlOf("server"), () => undefined)).rejects.toThrow("permission denied");
    await run(urlOf("owner"), "insert into _prisma_migrations select * from kept; drop table kept");
    await (await openPostgres(urlOf("server"), () => undefined)).close();
  });
});
