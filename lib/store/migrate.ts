import "server-only";
import path from "node:path";
import { isDriverAdapterError, type SqlMigrationAwareDriverAdapterFactory } from "@prisma/driver-adapter-utils";
import { type MigrationFile, readMigrations } from "./migration-files";
import type { MigrationTarget, MigrationTransaction } from "./migration-transaction";

// Any fixed number: who holds it migrates, everyone else waits.
const ADVISORY_LOCK = 7_210_480_112;

/**
 * Brings the database to the last migration of the directory and returns the names of those applied
 * now. Each one is committed together with its row in _prisma_migrations, so a process killed midway
 * leaves nothing half done, and processes that start together take turns.
 */
export async function migrate(
  target: MigrationTarget,
  directory = path.resolve("prisma/migrations"),
): Promise<string[]> {
  const migrations = await readMigrations(directory);
  const pending = await inTransaction(target, (transaction) => findPending(transaction, migrations));
  const applied: string[] = [];
  for (const migration of pending) {
    const upToHere = migrations.slice(0, migrations.indexOf(migration) + 1);
    applied.push(...(await inTransaction(target, (transaction) => apply(transaction, directory, upToHere))));
  }
  return applied;
}

async function inTransaction<T>(
  target: MigrationTarget,
  work: (transaction: MigrationTransaction) => Promise<T>,
): Promise<T> {
  const transaction = await target.begin();
  try {
    const result = await work(transaction);
    await transaction.commit();
    return result;
  } catch (error) {
    await transaction.rollback().catch(() => undefined);
    throw error;
  }
}

async function apply(
  transaction: MigrationTransaction,
  directory: string,
  migrations: MigrationFile[],
): Promise<string[]> {
  await transaction.executeScript(`SELECT pg_advisory_xact_lock(${ADVISORY_LOCK})`);
  const { migrationList, NO_FILTERS, openSchemaEngine } = await import("./schema-engine");
  let cause: unknown;
  const remembered = Object.assign(Object.create(transaction) as MigrationTransaction, {
    executeScript: (script: string) =>
      transaction.executeScript(script).catch((error: unknown) => {
        cause = error;
        throw error;
      }),
  });
  const engine = await openSchemaEngine(onTransaction(remembered));
  try {
    const list = migrationList(directory, migrations);
    return (await engine.applyMigrations({ migrationsList: list, filters: NO_FILTERS })).appliedMigrationNames;
  } catch (error) {
    throw new Error(`The migration ${migrations.at(-1)?.name} cannot be applied: ${reason(cause ?? error)}`, {
      cause: cause ?? error,
    });
  } finally {
    engine.free();
  }
}

function reason(error: unknown): string {
  if (isDriverAdapterError(error)) return error.cause.originalMessage ?? error.message;
  return error instanceof Error ? error.message : String(error);
}

function onTransaction(transaction: MigrationTransaction): SqlMigrationAwareDriverAdapterFactory {
  const { provider, adapterName } = transaction;
  const adapter = {
    provider,
    adapterName,
    queryRaw: transaction.queryRaw.bind(transaction),
    executeRaw: transaction.executeRaw.bind(transaction),
    executeScript: transaction.executeScript.bind(transaction),
    startTransaction: () => Promise.reject(new Error("Migrations run in one transaction.")),
    dispose: () => Promise.resolve(),
  };
  return {
    provider,
    adapterName,
    connect: () => Promise.resolve(adapter),
    connectToShadowDb: () => Promise.reject(new Error("Migrations are applied without a shadow database.")),
  };
}

/** Compares by name and checksum, without the engine: a start on an existing store costs one query. */
async function findPending(transaction: MigrationTransaction, migrations: MigrationFile[]): Promise<MigrationFile[]> {
  const known = await transaction.queryRaw(statement("SELECT to_regclass('_prisma_migrations') IS NOT NULL"));
  if (known.rows[0]?.[0] !== true) return migrations;
  const { rows } = await transaction.queryRaw(
    statement(
      "SELECT migration_name, checksum FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL",
    ),
  );
  const applied = new Map(rows.map(([name, checksum]) => [String(name), String(checksum)]));
  const names = new Set(migrations.map(({ name }) => name));
  const foreign = [...applied.keys()].filter((name) => !names.has(name));
  if (foreign.length > 0) {
    throw new Error(
      `This database has migrations this version does not know (${foreign.join(", ")}): start the version that made them, or a newer one.`,
    );
  }
  for (const { name, checksum } of migrations) {
    if (applied.has(name) && applied.get(name) !== checksum) {
      throw new Error(`The migration ${name} was changed after it was applied to this database.`);
    }
  }
  return migrations.filter(({ name }) => !applied.has(name));
}

const statement = (sql: string) => ({ sql, args: [], argTypes: [] });
