import "server-only";
import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { PGlite } from "@electric-sql/pglite";
import { PrismaPg } from "@prisma/adapter-pg";
import type { SqlDriverAdapterFactory } from "@prisma/driver-adapter-utils";
import { provideDb, type Tx } from "@/lib/kernel/db";
import { DAY } from "@/lib/kernel/clock";
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
  /**
   * One transaction without limits of time: a look at a single moment that changes nothing, or a change of much. On
   * an embedded store everybody else waits for it.
   */
  longTransaction<T>(purpose: "snapshot" | "write", work: (tx: Tx) => Promise<T>): Promise<T>;
  /** A connection of its own that hears the notifications of this channel. */
  openSide(channel: string, events: SideEvents): Promise<SideConnection>;
  /** Transactions on a connection of its own, for work that takes longer than any request may. */
  openSlow(): Promise<MigrationTarget & { close(): Promise<void> }>;
  close(): Promise<void>;
}

const PING_MS = 2_000;
const CLOSE_MS = 3_000;

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
    await checkServer(pool, onWarning);
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
    longTransaction: longOnPostgres(url),
    openSlow: () => connectForMigration(url),
  });
}

/** What a store holds as it is, without bringing it up to date. Throws when there is none, or a process has it. */
export async function openAsItIs(
  env: Pick<Env, "dataDir" | "databaseUrl">,
): Promise<Pick<Store, "longTransaction" | "close">> {
  if (env.databaseUrl) {
    const pool = openPool(env.databaseUrl, () => undefined);
    await checkServer(pool, () => undefined).finally(() => pool.end());
    return { longTransaction: longOnPostgres(env.databaseUrl), close: () => Promise.resolve() };
  }
  const directory = path.join(env.dataDir, "store");
  if (!existsSync(directory)) throw new Error(`There is no store in ${env.dataDir}. Set DATA_DIR or DATABASE_URL.`);
  const lock = await lockDataDirectory(env.dataDir);
  return embeddedStore(await PGlite.create(directory), () => lock.release());
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
    longTransaction: (purpose, work) => inOne(client, purpose, work),
    openSlow: () => Promise.resolve({ begin: () => begin(pglite), close: () => Promise.resolve() }),
  });
}

/** On a connection of its own: those of the pool give up after seconds. */
const longOnPostgres =
  (url: string): Store["longTransaction"] =>
  (purpose, work) => {
    const unhurried = createClient(new PrismaPg({ connectionString: url, max: 1 }), NO_LIMITS);
    return inOne(unhurried, purpose, work).finally(() => unhurried.$disconnect());
  };

const NO_LIMITS = { maxWait: 60_000, timeout: DAY };

/** The moment that is looked at is that of the first query; an embedded store has no two transactions at a time. */
const inOne = <T>(client: PrismaClient, purpose: "snapshot" | "write", work: (tx: Tx) => Promise<T>) =>
  client.$transaction(
    async (tx) => {
      if (purpose === "snapshot") await tx.$executeRawUnsafe("set transaction read only");
      return work(tx);
    },
    { ...NO_LIMITS, ...(purpose === "snapshot" && { isolationLevel: "RepeatableRead" }) },
  );

const createClient = (adapter: SqlDriverAdapterFactory, transactionOptions: { maxWait: number; timeout: number }) =>
  new PrismaClient({ adapter, transactionOptions, errorFormat: "minimal" });

function storeOf(
  kind: Store["kind"],
  client: PrismaClient,
  close: () => Promise<void>,
  own: Pick<Store, "openSide" | "longTransaction" | "openSlow">,
): Store {
  // However many ask, one statement does: an answer that comes after the question is one to it. One that somebody has
  // waited for in vain is not waited for by the next.
  let asked: Promise<unknown> | undefined;
  return {
    kind,
    client,
    ...own,
    ping: async (timeoutMs = PING_MS) => {
      const late = delay(timeoutMs, undefined, { ref: false }).then(() => {
        throw new AppError("store_unavailable", `The store did not answer within ${timeoutMs} ms.`);
      });
      const answer = (asked ??= client.$queryRaw`SELECT 1`.then());
      await Promise.race([answer, late]).finally(() => {
        if (asked === answer) asked = undefined;
      });
    },
    close: async () => {
      await client.$disconnect();
      await close();
    },
  };
}
