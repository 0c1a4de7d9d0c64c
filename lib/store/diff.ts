import "server-only";
import { readFile } from "node:fs/promises";
import type { PGlite } from "@electric-sql/pglite";
import type { SqlMigrationAwareDriverAdapterFactory } from "@prisma/driver-adapter-utils";
import { EmbeddedAdapter } from "./embedded";
import { readMigrations } from "./migration-files";
import { migrationList, NO_FILTERS, openSchemaEngine } from "./schema-engine";

/**
 * The SQL that leads from the migrations before `before` (all of them when absent) to the schema;
 * empty when they agree. The migrations are tried out on the shadow, an empty database.
 */
export async function diffMigrations(
  shadow: PGlite,
  { directory, schemaPath, before }: { directory: string; schemaPath: string; before?: string },
): Promise<string> {
  const migrations = (await readMigrations(directory)).filter(({ name }) => before === undefined || name < before);
  const schema = { path: schemaPath, content: await readFile(schemaPath, "utf8") };
  const engine = await openSchemaEngine(onShadow(shadow), [schema]);
  try {
    const { stdout } = await engine.diff({
      from: migrations.length === 0 ? { tag: "empty" } : { tag: "migrations", ...migrationList(directory, migrations) },
      to: { tag: "schemaDatamodel", files: [schema] },
      script: true,
      exitCode: null,
      filters: NO_FILTERS,
    });
    const sql = stdout?.trim() ?? "";
    return sql === "-- This is an empty migration." ? "" : sql;
  } finally {
    engine.free();
  }
}

function onShadow(pglite: PGlite): SqlMigrationAwareDriverAdapterFactory {
  const factory = new EmbeddedAdapter(pglite);
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: () => factory.connect(),
    connectToShadowDb: () => factory.connect(),
  };
}
