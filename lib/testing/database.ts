import "server-only";
import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { PGlite } from "@electric-sql/pglite";
import pg from "pg";
import { env } from "@/lib/kernel/env";
import { begin } from "@/lib/store/embedded";
import type { MigrationTarget } from "@/lib/store/migration-transaction";
import { embeddedStore, openPostgres, type Store } from "@/lib/store/open";
import { connectForMigration } from "@/lib/store/postgres";

/** A migrated, empty store made once per run: a dumped embedded one, or a PostgreSQL template database. */
export type Template = { kind: "embedded"; dumpFile: string } | { kind: "postgres"; database: string };

/** Opens a store of one's own, made from the template; closing it removes it. */
export async function openTestStore(template: Template): Promise<Store> {
  if (template.kind === "embedded") {
    return embeddedStore(await PGlite.create({ loadDataDir: new Blob([await readFile(template.dumpFile)]) }));
  }
  const database = await createDatabase(template.database);
  const store = await openPostgres(database.url, () => undefined);
  return { ...store, close: () => store.close().finally(database.drop) };
}

/** A throw-away database on the PostgreSQL server of DATABASE_URL, empty unless made from a template. */
export async function createDatabase(template = "template0") {
  const database = `latchkey_test_${randomBytes(6).toString("hex")}`;
  await administer(`CREATE DATABASE "${database}" TEMPLATE "${template}"`);
  const url = new URL(env().databaseUrl as string);
  url.pathname = `/${database}`;
  return { database, url: url.href, drop: () => administer(`DROP DATABASE IF EXISTS "${database}" WITH (FORCE)`) };
}

async function administer(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: env().databaseUrl, connectionTimeoutMillis: 10_000 });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

/** A place to migrate to, without a single table. */
export async function openEmptyTarget(template: Template): Promise<MigrationTarget & { close(): Promise<void> }> {
  if (template.kind === "embedded") {
    const pglite = await openEmptyEmbedded(template);
    return { begin: () => begin(pglite), close: () => pglite.close() };
  }
  const { url, drop } = await createDatabase();
  const target = await connectForMigration(url);
  return { ...target, close: () => target.close().finally(drop) };
}

/** Without the seconds that making an embedded PostgreSQL from nothing takes. */
export async function openEmptyEmbedded({ dumpFile }: Template & { kind: "embedded" }): Promise<PGlite> {
  const pglite = await PGlite.create({ loadDataDir: new Blob([await readFile(dumpFile)]) });
  await pglite.exec(EMPTY_SCHEMA);
  return pglite;
}

/** Lays out the template as the embedded store of a data directory, as a first start would leave it. */
export async function writeTemplateTo(template: Template, directory: string): Promise<void> {
  if (template.kind !== "embedded") throw new Error("Only an embedded store lives in a directory.");
  const loadDataDir = new Blob([await readFile(template.dumpFile)]);
  await (await PGlite.create(directory, { loadDataDir })).close();
}

export const EMPTY_SCHEMA = "DROP SCHEMA public CASCADE; CREATE SCHEMA public";
