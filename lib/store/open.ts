import "server-only";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { PGlite } from "@electric-sql/pglite";
import { PrismaPg } from "@prisma/adapter-pg";
import type { SqlDriverAdapterFactory } from "@prisma/driver-adapter-utils";
import { provideDb } from "@/lib/kernel/db";
import type { Env } from "@/lib/kernel/env";
import { AppError } from "@/lib/kernel/errors";
import { PrismaClient } from "@/prisma/generated/client";
import { lockDataDirectory } from "./data-directory-lock";
import { begin, EmbeddedAdapter } from "./embedded";
import { migrate } from "./migrate";
import type { MigrationTarget } from "./migration-transaction";
import { checkServer, connectForMigration, type OnWarning, openPool } from "./postgres";
import { statementNames } from "./prepared";
import {
  embeddedSideConnection,
  postgresSideConnection,
  type SideConnection,
  type SideEvents,
} from "./side-connection";

export interface Store {
  kind: "embedded" | "postgres";
  client: PrismaClient;
  /** Resolves when the store answers a query; rejects when it does not within the time. */
  ping(timeoutMs?: number): Promise<void>;
  /** A connection of its own that hears the notifications of this channel. */
  openSide(channel: string, events: SideEvents): Promise<SideConnection>;
  /** Transactions on a connection of its own, for work that takes longer than any request may. */
  openSlow(): Promise<MigrationTarget & { close(): Promise<void> }>;
  close(): Promise<void>;
}

const PING_MS = 2_000;
const CLOSE_MS = 3_000;
const UNREACHABLE = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "ETIMEDOUT", "EHOSTUNREACH", "ENETUNREACH"]);

/**
 * Opens the store the settings name, PostgreSQL by its URL or else the embedded one in the data
 * directory, brings it to the last migration and provides it to db().
 */
export async function openStore(env: Pick<Env, "dataDir" | "databaseUrl">, onWarning: OnWarning): Promise<Store> {
  const store = env.databaseUrl ? await openPostgres(env.databaseUrl, onWarning) : await openEmbedded(env.dataDir);
  provideDb(store.client);
  return store;
}

/** A store on PostgreSQL, migrated. */
export async function openPostgres(url: string, onWarning: OnWarning): Promise<Store> {
  const pool = openPool(url, onWarning);
  const close = () => Promise.race([pool.end(), delay(CLOSE_MS, undefined, { ref: false })]);
  try {
    await checkServer(pool, onWarning).catch((cause: NodeJS.ErrnoException) => {
      if (!UNREACHABLE.has(cause.code ?? "")) throw cause;
      const detail = `${cause.message}: PostgreSQL cannot be reached. Is it running, and is DATABASE_URL right?`;
      throw new Error(detail, { cause });
    });
    const target = await connectForMigration(url);
    await migrate(target).finally(() => target.close());
  } catch (error) {
    await close();
    throw error;
  }
  // Waiting for a free connection and then for BEGIN stays below five seconds.
  const client = createClient(new PrismaPg(pool, { statementNameGenerator: statementNames() }), {
    maxWait: 4_500,
    timeout: 5_000,
  });
  return storeOf("postgres", client, close, {
    openSide: (channel, events) => Promise.resolve(postgresSideConnection(url, channel, events)),
    openSlow: () => connectForMigration(url),
  });
}

async function openEmbedded(dataDir: string): Promise<Store> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 }).catch((cause: Error) => {
    throw new Error(`DATA_DIR is ${dataDir}, which cannot be used as a directory: ${cause.message}`, { cause });
  });
  const lock = await lockDataDirectory(dataDir);
  let pglite: PGlite | undefined;
  try {
    const opened = (pglite = await PGlite.create(path.join(dataDir, "store")));
    await migrate({ begin: () => begin(opened) });
    return embeddedStore(opened, () => lock.release());
  } catch (error) {
    await pglite?.close();
    await lock.release();
    throw error;
  }
}

/** A store on an embedded PostgreSQL that is open and migrated. */
export function embeddedStore(pglite: PGlite, onClosed: () => Promise<void> = () => Promise.resolve()): Store {
  // One transaction at a time: a burst has to wait its turn, which takes long before it takes forever.
  const client = createClient(new EmbeddedAdapter(pglite), { maxWait: 15_000, timeout: 5_000 });
  return storeOf("embedded", client, () => pglite.close().finally(onClosed), {
    openSide: (channel, events) => embeddedSideConnection(pglite, channel, events),
    openSlow: () => Promise.resolve({ begin: () => begin(pglite), close: () => Promise.resolve() }),
  });
}

const createClient = (adapter: SqlDriverAdapterFactory, transactionOptions: { maxWait: number; timeout: number }) =>
  new PrismaClient({ adapter, transactionOptions, errorFormat: "minimal" });

function storeOf(
  kind: Store["kind"],
  client: PrismaClient,
  close: () => Promise<void>,
  open: Pick<Store, "openSide" | "openSlow">,
): Store {
  return {
    kind,
    client,
    ...open,
    ping: async (timeoutMs = PING_MS) => {
      const late = delay(timeoutMs, undefined, { ref: false }).then(() => {
        throw new AppError("store_unavailable", `The store did not answer within ${timeoutMs} ms.`);
      });
      await Promise.race([client.$queryRaw`SELECT 1`, late]);
    },
    close: async () => {
      await client.$disconnect();
      await close();
    },
  };
}
