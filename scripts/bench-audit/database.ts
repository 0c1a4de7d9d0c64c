import { setTimeout as delay } from "node:timers/promises";
import { Client } from "pg";

export type Say = (line: string) => void;

const LOOK_EVERY_MS = 10_000;

export const administer = (server: string, sql: string) => run(server, sql);

export async function run<T = unknown>(url: string, sql: string): Promise<T[]> {
  const client = await connect(url);
  try {
    return ((await client.query(sql)).rows ?? []) as T[];
  } finally {
    await client.end();
  }
}

export async function connect(url: string): Promise<Client> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  // What is under way fails by itself when the database is dropped.
  client.on("error", () => undefined);
  await client.connect();
  return client;
}

export async function gigabytesOf(server: string, name: string): Promise<number> {
  const [row] = await run<{ bytes: string }>(server, `select pg_database_size('${name}') as bytes`);
  return Number(row?.bytes) / 1e9;
}

/**
 * Fills a database, says meanwhile how large it has become and after how long, and answers how many seconds it took.
 * Drops it when that fails, and throws when it becomes larger than it may.
 */
export async function fillWithin(
  { server, name, atMost }: { server: string; name: string; atMost: number },
  say: Say,
  fill: () => Promise<unknown>,
): Promise<number> {
  const began = performance.now();
  const elapsed = () => (performance.now() - began) / 1000;
  const end = new AbortController();
  const watch = async () => {
    for (;;) {
      await delay(LOOK_EVERY_MS, undefined, { signal: end.signal });
      const gigabytes = await gigabytesOf(server, name);
      say(`${gigabytes.toFixed(1)} GB after ${elapsed().toFixed(0)} s`);
      if (gigabytes > atMost) {
        throw new Error(
          `The database has ${gigabytes.toFixed(1)} GB and is not complete: it may have ${atMost}. It is dropped. ` +
            "Ask for fewer --events, or set --max-gigabytes.",
        );
      }
    }
  };
  try {
    await Promise.race([fill(), watch()]);
    return elapsed();
  } catch (error) {
    await administer(server, `drop database if exists ${name} with (force)`);
    throw error;
  } finally {
    end.abort();
  }
}
