import "server-only";
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import type { MigrationTarget } from "./migration-transaction";

const CONNECT_MS = 2_000;
const STATEMENT_MS = 2_000;
const ANSWER_MS = 2_500;
const LOCK_MS = 1_900;
const IDLE_IN_TRANSACTION_MS = 10_000;
const MIGRATION_MS = 600_000;
const POOL_SIZE = 20;

// The adapter reads every timestamp as UTC, whatever zone the server is set to. Compiling a statement takes a quarter of a
// second, and none of ours runs so long.
const SESSION_SETTINGS = `SET TIME ZONE 'UTC'; SET jit = off; SET statement_timeout = ${STATEMENT_MS}; SET lock_timeout = ${LOCK_MS};
  SET idle_in_transaction_session_timeout = ${IDLE_IN_TRANSACTION_MS}`;

export type OnWarning = (message: string, cause?: unknown) => void;

/** Connections to PostgreSQL on which nothing waits without end: connecting and then asking fails within 4.5 s. */
export function openPool(url: string, onWarning: OnWarning): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: POOL_SIZE,
    connectionTimeoutMillis: CONNECT_MS,
    query_timeout: ANSWER_MS,
    keepAlive: true,
    verify: (client, done) => void client.query(SESSION_SETTINGS).then(() => done(), done),
  });
  // Reported by the connection itself; without a listener it would end the process.
  pool.on("error", () => undefined);
  pool.on("connect", (client) => {
    client.on("error", (error) => onWarning("A connection to the database was lost.", error));
    dropWhenUnanswered(client);
  });
  return pool;
}

/**
 * A connection whose query was given up may hold an open transaction: reused, it would swallow the
 * writes of the next request. And COMMIT of a failed transaction is answered as if it were fine.
 */
function dropWhenUnanswered(client: pg.PoolClient): void {
  const query = client.query.bind(client) as (...args: unknown[]) => unknown;
  client.query = ((...args: unknown[]) => {
    const answer = query(...args);
    if (!(answer instanceof Promise)) return answer;
    return answer.then(
      (result: pg.QueryResult) => {
        if (result.command === "ROLLBACK" && (args[0] as pg.QueryConfig).text === "COMMIT") {
          throw new Error("The transaction was rolled back: a statement in it had failed.");
        }
        return result;
      },
      (error: Error) => {
        if (error.message === "Query read timeout") void client.end();
        throw error;
      },
    );
  }) as typeof client.query;
}

interface ServerSettings {
  version: number;
  fsync: string;
  full_page_writes: string;
  synchronous_commit: string;
}

const UNREACHABLE = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "ETIMEDOUT", "EHOSTUNREACH", "ENETUNREACH"]);
/** No such database; no such role, or none that may connect from here; a wrong password; no right to connect. */
const REFUSED = new Set(["3D000", "28000", "28P01", "42501"]);

/** For `catch`: says what may be wrong with DATABASE_URL when nobody was let in by it. */
function tellOfConnection(cause: Error & { code?: string }): never {
  const advice = UNREACHABLE.has(cause.code ?? "")
    ? "PostgreSQL cannot be reached. Is it running, and is DATABASE_URL right?"
    : REFUSED.has(cause.code ?? "") &&
      "PostgreSQL refuses the connection. Are the database, the role and the password in DATABASE_URL right?";
  if (!advice) throw cause;
  throw new Error(`${cause.message}: ${advice}`, { cause });
}

/**
 * Refuses a server that cannot be connected to or is too old, and warns about one that may lose acknowledged changes in
 * a crash.
 */
export async function checkServer(pool: pg.Pool, onWarning: OnWarning): Promise<void> {
  const { rows } = await pool
    .query<ServerSettings>(
      `SELECT current_setting('server_version_num')::int AS version, current_setting('fsync') AS fsync,
            current_setting('full_page_writes') AS full_page_writes, current_setting('synchronous_commit') AS synchronous_commit`,
    )
    .catch(tellOfConnection);
  const settings = rows[0] as ServerSettings;
  if (settings.version < 140_000) {
    throw new Error(
      `PostgreSQL 14 or newer is needed; this server is version ${Math.floor(settings.version / 10_000)}.`,
    );
  }
  for (const name of ["fsync", "full_page_writes", "synchronous_commit"] as const) {
    if (settings[name] !== "off") continue;
    onWarning(
      `PostgreSQL runs with ${name} = off: a crash of the server can lose or damage changes that were acknowledged.`,
    );
  }
}

/** A connection of its own for migrations, which may take longer than any request. */
export async function connectForMigration(url: string): Promise<MigrationTarget & { close(): Promise<void> }> {
  const timeouts = { statement_timeout: MIGRATION_MS, query_timeout: MIGRATION_MS };
  const adapter = await new PrismaPg({
    connectionString: url,
    max: 1,
    connectionTimeoutMillis: CONNECT_MS,
    ...timeouts,
  }).connect();
  return {
    close: () => adapter.dispose(),
    async begin() {
      const transaction = await adapter.startTransaction();
      const execute = (sql: string) => transaction.executeRaw({ sql, args: [], argTypes: [] });
      return {
        provider: adapter.provider,
        adapterName: adapter.adapterName,
        queryRaw: (query) => transaction.queryRaw(query),
        executeRaw: (query) => transaction.executeRaw(query),
        executeScript: async (script) => void (await execute(script)),
        commit: () => execute("COMMIT").then(() => transaction.commit()),
        rollback: () =>
          execute("ROLLBACK")
            .then(() => undefined)
            .finally(() => transaction.rollback()),
      };
    },
  };
}
