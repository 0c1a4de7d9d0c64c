import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, expect, inject, onTestFinished, test } from "vitest";
import { env } from "@/lib/kernel/env";
import { EMPTY_SCHEMA, openEmptyEmbedded, openEmptyTarget } from "@/lib/testing/database";
import { diffMigrations } from "./diff";
import { migrate } from "./migrate";

let target: Awaited<ReturnType<typeof openEmptyTarget>>;
let directory: string;

beforeAll(async () => {
  target = await openEmptyTarget(inject("template"));
});
afterAll(() => target.close());

beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), "latchkey-migrations-"));
  onTestFinished(async () => {
    await rm(directory, { recursive: true });
    const transaction = await target.begin();
    await transaction.executeScript(EMPTY_SCHEMA);
    await transaction.commit();
  });
});

async function write(name: string, sql: string): Promise<void> {
  await mkdir(path.join(directory, name), { recursive: true });
  await writeFile(path.join(directory, name, "migration.sql"), sql);
}

async function query(sql: string): Promise<unknown[][]> {
  const transaction = await target.begin();
  try {
    return (await transaction.queryRaw({ sql, args: [], argTypes: [] })).rows;
  } finally {
    await transaction.rollback();
  }
}

const tables = () => query("SELECT tablename::text FROM pg_tables WHERE schemaname = 'public' ORDER BY 1");

test("the first run applies every migration of the project, the second none", async () => {
  const names = (await readdir("prisma/migrations")).filter((name) => name !== "migration_lock.toml").sort();
  expect(await migrate(target)).toEqual(names);
  expect(await migrate(target)).toEqual([]);
  const records = await query(
    "SELECT migration_name, applied_steps_count FROM _prisma_migrations WHERE finished_at IS NOT NULL ORDER BY 1",
  );
  expect(records).toEqual(names.map((name) => [name, 1]));
});

test.skipIf(env().databaseUrl)("the schema and the migrations agree", async () => {
  const template = inject("template");
  if (template.kind !== "embedded") throw new Error("The shadow database is an embedded one.");
  const shadow = await openEmptyEmbedded(template);
  onTestFinished(() => shadow.close());
  const places = { directory: "prisma/migrations", schemaPath: "prisma/schema.prisma" };
  expect(await diffMigrations(shadow, places)).toBe("");
});

test("runs that start together apply each migration once", async () => {
  await write("1_first", "CREATE TABLE first (id int)");
  await write("2_second", "CREATE TABLE second (id int)");
  const applied = await Promise.all([1, 2, 3].map(() => migrate(target, directory)));
  expect(applied.flat().sort()).toEqual(["1_first", "2_second"]);
  expect(await query("SELECT count(*)::int FROM _prisma_migrations")).toEqual([[2]]);
});

test("a migration that fails leaves nothing of itself, and the next run goes on where it stopped", async () => {
  await write("1_first", "CREATE TABLE first (id int)");
  await write("2_second", "CREATE TABLE second (id int);\nSELECT nothing FROM nowhere;");
  await expect(migrate(target, directory)).rejects.toThrow(
    '2_second cannot be applied: relation "nowhere" does not exist',
  );
  expect(await tables()).toEqual([["_prisma_migrations"], ["first"]]);
  await write("2_second", "CREATE TABLE second (id int)");
  expect(await migrate(target, directory)).toEqual(["2_second"]);
  expect(await tables()).toEqual([["_prisma_migrations"], ["first"], ["second"]]);
});

test("a function body with semicolons is one statement", async () => {
  await write(
    "1_body",
    "CREATE FUNCTION answer() RETURNS int LANGUAGE plpgsql AS $$ BEGIN PERFORM 1; RETURN 42; END $$;",
  );
  await migrate(target, directory);
  expect(await query("SELECT answer()")).toEqual([[42]]);
});

test("a migration that was changed after it was applied is refused", async () => {
  await write("1_first", "CREATE TABLE first (id int)");
  await migrate(target, directory);
  await write("1_first", "CREATE TABLE first (id bigint)");
  await expect(migrate(target, directory)).rejects.toThrow("1_first was changed after it was applied");
});

test("a database that a newer version migrated is refused by an older one", async () => {
  await write("1_first", "CREATE TABLE first (id int)");
  await write("2_newer", "CREATE TABLE newer (id int)");
  await migrate(target, directory);
  await rm(path.join(directory, "2_newer"), { recursive: true });
  await expect(migrate(target, directory)).rejects.toThrow("migrations this version does not know (2_newer)");
});
