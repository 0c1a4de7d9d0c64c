import "server-only";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlMigrationAwareDriverAdapterFactory,
} from "@prisma/driver-adapter-utils";
import type { MigrationDirectory, MigrationList, SchemaContainer, SchemaEngine } from "@prisma/schema-engine-wasm";

// The engine wants a schema even to apply migrations; it then only reads the dialect.
const DIALECT_ONLY: SchemaContainer = {
  path: "schema.prisma",
  content: 'datasource db {\n  provider = "postgresql"\n}\n',
};

/** Prisma's own schema engine as WebAssembly: the native one would have to be downloaded. */
export async function openSchemaEngine(
  adapters: SqlMigrationAwareDriverAdapterFactory,
  schemas: SchemaContainer[] = [DIALECT_ONLY],
): Promise<SchemaEngine> {
  loading ??= loadModule();
  const { SchemaEngine } = await loading;
  const datamodels = schemas.map(({ path, content }): [string, string] => [path, content]);
  return SchemaEngine.new({ datamodels }, () => undefined, bindMigrationAwareSqlAdapterFactory(adapters));
}

// The glue knows one instance only: a second one would corrupt the memory of what runs in the first.
let loading: ReturnType<typeof loadModule> | undefined;

async function loadModule() {
  const glue = await import("@prisma/schema-engine-wasm/schema_engine_bg");
  const gluePath = createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm/schema_engine_bg");
  const wasm = await readFile(gluePath.replace(/\.js$/, ".wasm"));
  const { instance } = await WebAssembly.instantiate(wasm, { "./schema_engine_bg.js": { ...glue } });
  glue.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
  return glue;
}

export const NO_FILTERS = { externalTables: [], externalEnums: [] };

export function migrationList(baseDir: string, migrations: { name: string; sql: string }[]): MigrationList {
  return {
    baseDir,
    lockfile: { path: "migration_lock.toml", content: 'provider = "postgresql"\n' },
    shadowDbInitScript: "",
    migrationDirectories: migrations.map(({ name, sql }): MigrationDirectory => ({
      path: name,
      migrationFile: { path: "migration.sql", content: { tag: "ok", value: sql } },
    })),
  };
}
