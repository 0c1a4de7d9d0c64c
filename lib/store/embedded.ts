import "server-only";
import { setImmediate as yieldToRequests } from "node:timers/promises";
import type { PGlite, Transaction as Connection } from "@electric-sql/pglite";
import { DriverAdapterError, type SqlQueryable, type Transaction } from "@prisma/driver-adapter-utils";
import pLimit from "p-limit";
import { PrismaPGlite } from "pglite-prisma-adapter";
import type { MigrationTransaction } from "./migration-transaction";

/**
 * Prisma on the one connection of an embedded PostgreSQL: every query waits for the running transaction. They wait here
 * and not in PGlite, which begins the next of them the moment one has ended.
 */
export class EmbeddedAdapter extends PrismaPGlite {
  readonly #pglite: PGlite;
  readonly #oneByOne = oneByOne();

  constructor(pglite: PGlite) {
    super(pglite);
    this.#pglite = pglite;
  }

  override async connect() {
    const adapter = afterRequests(await super.connect(), this.#oneByOne);
    // The isolation level is not needed: on one connection transactions run one after the other.
    adapter.startTransaction = () => begin(this.#pglite, this.#oneByOne);
    // The package does not wait for its script and loses its errors.
    adapter.executeScript = async (script) => void (await this.#pglite.exec(script));
    return adapter;
  }
}

type Run = <T>(work: () => Promise<T>) => Promise<T>;
const run: Run = (work) => work();

/** More would not be served before whoever sent them has gone. */
const WAITING_AT_MOST = 1_000;

/** As a server says that it takes no more connections. */
const FULL = {
  kind: "postgres",
  code: "53300",
  originalCode: "53300",
  severity: "ERROR",
  message: "too much waits for the embedded store",
  detail: undefined,
  column: undefined,
  hint: undefined,
} as const;

function oneByOne(): Run {
  const limit = pLimit(1);
  return async (work) => {
    if (limit.pendingCount >= WAITING_AT_MOST) throw new DriverAdapterError(FULL);
    return limit(work);
  };
}

/**
 * A statement of the embedded store keeps this process busy until it is done: a crowd of them would be served before
 * any request is even read. So each begins after the requests that have come meanwhile.
 */
function afterRequests<Q extends SqlQueryable>(queryable: Q, inTurn = run): Q {
  const { queryRaw, executeRaw } = queryable;
  queryable.queryRaw = (query) =>
    inTurn(async () => {
      await yieldToRequests();
      return queryRaw.call(queryable, query);
    });
  queryable.executeRaw = (query) =>
    inTurn(async () => {
      await yieldToRequests();
      return executeRaw.call(queryable, query);
    });
  return queryable;
}

/**
 * Starts a transaction once the running ones have ended. The package's own one takes a failed COMMIT
 * for a good one and leaves the failure of a ROLLBACK unhandled.
 */
export function begin(pglite: PGlite, inTurn = run): Promise<Transaction & MigrationTransaction> {
  return new Promise((resolve, reject) => {
    const outcome: Promise<void> = inTurn(() =>
      pglite.transaction(
        (connection) =>
          new Promise<void>((end, fail) => {
            prismaTransaction(connection, { end, fail, outcome: () => outcome }).then(resolve, fail);
          }),
      ),
    );
    outcome.catch(reject);
  });
}

interface Ending {
  /** Has PGlite commit, unless it was rolled back. */
  end: () => void;
  fail: (reason: unknown) => void;
  outcome: () => Promise<void>;
}

async function prismaTransaction(connection: Connection, { end, fail, outcome }: Ending) {
  // The adapter asks no more of its client than query(), which a PGlite transaction has too.
  const queryable = afterRequests(await new PrismaPGlite(connection as unknown as PGlite).connect());
  return Object.assign(queryable, {
    options: { usePhantomQuery: true },
    executeScript: async (script: string) => void (await connection.exec(script)),
    commit: () => {
      end();
      return outcome();
    },
    rollback: async () => {
      await connection.rollback().then(end, fail);
      await outcome();
    },
  });
}
