import { cp, mkdir, mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, inject, onTestFinished, test } from "vitest";
import { db } from "@/lib/kernel/db";
import { createDatabase, writeTemplateTo } from "@/lib/testing/database";
import { buildProgram, startProgram } from "@/lib/testing/program";

const template = inject("template");

/** A migrated store, and a way to see from outside that its next migration has reached its middle. */
async function openTarget(directory: string) {
  if (template.kind === "embedded") {
    const store = path.join(directory, "store");
    await writeTemplateTo(template, store);
    return { store, isMidway: () => stat(path.join(store, "midway")).then(Boolean, () => false) };
  }
  const { url, database, drop } = await createDatabase(template.database);
  onTestFinished(drop);
  const isMidway = async () => {
    const sleeping = await db().$queryRaw<unknown[]>`
      SELECT 1 FROM pg_stat_activity WHERE datname = ${database} AND wait_event = 'PgSleep'`;
    return sleeping.length > 0;
  };
  return { store: url, isMidway };
}

const LEAVE_A_MARK = `DO $$ BEGIN
  EXECUTE format('COPY (SELECT 1) TO %L', current_setting('data_directory') || '/midway');
END $$;`;

const SLOW = `CREATE TABLE midway (id int);
${template.kind === "embedded" ? LEAVE_A_MARK : ""}
SELECT pg_sleep(2);`;

test("a migration killed midway leaves nothing, and the next start does it whole and once", async () => {
  const directory = await mkdtemp(path.join(tmpdir(), "latchkey-migrate-"));
  onTestFinished(() => rm(directory, { recursive: true }));
  const migrations = path.join(directory, "migrations");
  await cp("prisma/migrations", migrations, { recursive: true });
  await mkdir(path.join(migrations, "99999999999999_slow"));
  await writeFile(path.join(migrations, "99999999999999_slow", "migration.sql"), SLOW);
  const { store, isMidway } = await openTarget(directory);
  const program = await buildProgram("migrate");

  const killed = startProgram(program, store, migrations);
  await expect.poll(isMidway, { timeout: 30_000, interval: 20 }).toBe(true);
  await killed.kill();
  expect(await killed.nextLine()).toBeUndefined();

  // It creates the table without IF NOT EXISTS: a half of the first try would make it fail.
  expect(await startProgram(program, store, migrations).nextLine()).toBe("99999999999999_slow");
  expect(await startProgram(program, store, migrations).nextLine()).toBe("");
}, 90_000);
