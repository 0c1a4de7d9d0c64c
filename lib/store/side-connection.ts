import "server-only";
import type { PGlite } from "@electric-sql/pglite";
import pg from "pg";

const CONNECT_MS = 2_000;
const ANSWER_MS = 2_000;

/**
 * A connection beside the pool, for what must go on while every other one is taken. It ends by itself when it
 * fails and is opened anew by the next query.
 */
export interface SideConnection {
  query<R>(text: string, values?: unknown[]): Promise<R[]>;
  close(): Promise<void>;
}

export interface SideEvents {
  /** The connection is there, for the first time or in place of one that failed: before its first query. */
  onOpen: () => void;
  onNotify: () => void;
}

/** To PostgreSQL: hears the channel's notifications while it is up. */
export function postgresSideConnection(url: string, channel: string, events: SideEvents): SideConnection {
  let current: Promise<pg.Client> | undefined;

  const drop = (opening: Promise<pg.Client>) => {
    if (current === opening) current = undefined;
    void opening.then((client) => client.end()).catch(() => undefined);
  };
  const open = () => {
    const opening = connect(url, channel, events);
    opening.then(
      (client) => client.on("end", () => drop(opening)),
      () => undefined,
    );
    return opening;
  };
  return {
    async query<R>(text: string, values: unknown[] = []): Promise<R[]> {
      const used = (current ??= open());
      try {
        return (await (await used).query(text, values)).rows as R[];
      } catch (error) {
        drop(used);
        throw error;
      }
    },
    async close() {
      const last = current;
      current = undefined;
      await last?.then((client) => client.end()).catch(() => undefined);
    },
  };
}

async function connect(url: string, channel: string, { onOpen, onNotify }: SideEvents): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: url,
    // By this name it is found among the connections of the pool.
    application_name: channel,
    connectionTimeoutMillis: CONNECT_MS,
    query_timeout: ANSWER_MS,
    keepAlive: true,
  });
  // The query that fails tells of it; without a listener it would end the process.
  client.on("error", () => undefined);
  client.on("notification", onNotify);
  await client.connect();
  await client.query(`SET TIME ZONE 'UTC'; SET statement_timeout = ${ANSWER_MS}; LISTEN ${channel}`);
  onOpen();
  return client;
}

/** Within the embedded store, whose one connection serves everybody in turn. */
export async function embeddedSideConnection(
  pglite: PGlite,
  channel: string,
  { onOpen, onNotify }: SideEvents,
): Promise<SideConnection> {
  onOpen();
  const unlisten = await pglite.listen(channel, onNotify);
  return {
    query: async <R>(text: string, values: unknown[] = []) => (await pglite.query<R>(text, values)).rows,
    close: () => unlisten(),
  };
}
