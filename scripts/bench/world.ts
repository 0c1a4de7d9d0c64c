import { pathToFileURL } from "node:url";
import { Client } from "pg";
import type { SeededOrganization } from "@/e2e/fixtures/accounts";
import { type ApiClient, signInByHttp } from "@/e2e/fixtures/api-client";
import { type Server, startServer } from "@/e2e/fixtures/start-server";
import makeTemplate from "@/e2e/fixtures/template";
import type { Load } from "./load";
import { pin, startReference } from "./processes";
import { populate } from "./population";

/** A server on a database of its own that holds so many access tokens. */
export interface Populated {
  server: Server;
  database: Client;
  organization: SeededOrganization;
  /** An API key of an app: who asks about other credentials. */
  caller: string;
  count: number;
}

/** How long and how often to measure, and the processes that are measured: started when a row first needs them. */
export interface World {
  isShort: boolean;
  rounds: number;
  seconds: number;
  /** How long a load goes on: for those seconds, or, where only that it works is asked, for a few requests. */
  end: Load["end"];
  connections: number;
  bare(): Promise<{ origin: string }>;
  populated(size: "small" | "large"): Promise<Populated>;
  /** What several rows need: begun by the first of them that asks. */
  once<T>(name: string, begin: () => Promise<T>): Promise<T>;
  /** Run when the benchmark ends, last first. */
  onEnd(work: () => unknown): void;
}

const SECONDS = 3;

/** Needs DATABASE_URL: every server has a database of its own there, dropped at the end. */
export async function makeWorld(isShort: boolean): Promise<World & { close(): Promise<void> }> {
  const ends: (() => unknown)[] = [];
  const onEnd = (work: () => unknown) => void ends.push(work);
  onEnd(await makeTemplate());
  const sizes = { small: 1_000, large: isShort ? 5_000 : 1_000_000 };

  async function start(size: keyof typeof sizes): Promise<Populated> {
    const server = await startServer({ seeded: true, settings: profiled() });
    onEnd(() => server.dispose());
    const database = new Client({ connectionString: server.databaseUrl });
    await database.connect();
    onEnd(() => database.end());
    const organization = server.seed.acme;
    await populate(database, organization, sizes[size]);
    const owner = await signInByHttp(server.origin, organization.people.owner);
    const caller = await newKey(owner);
    pin(server.pid, "answers");
    return { server, database, organization, caller, count: sizes[size] };
  }

  const started = new Map<string, Promise<unknown>>();
  const once = <T>(name: string, begin: () => Promise<T>) => {
    if (!started.has(name)) started.set(name, begin());
    return started.get(name) as Promise<T>;
  };

  return {
    isShort,
    rounds: isShort ? 1 : 5,
    seconds: isShort ? 0.2 : SECONDS,
    end: isShort ? { requests: 64 } : { seconds: SECONDS },
    connections: 32,
    onEnd,
    once,
    bare: () =>
      once("bare", async () => {
        const bare = await startReference("bench-bare");
        onEnd(bare.stop);
        return bare;
      }),
    populated: (size) => once(size, () => start(size)),
    async close() {
      for (const work of ends.reverse()) await work();
    },
  };
}

/** The data of an answer that must have succeeded. */
export async function done<T = { ZUID: string }>(by: ApiClient, method: string, path: string, input?: unknown) {
  const { status, data, body } = await by.call<T>(method, path, input);
  if (status >= 300) throw new Error(`${method} ${path}: ${status} ${JSON.stringify(body)}`);
  return data;
}

async function newKey(owner: ApiClient): Promise<string> {
  const { ZUID } = await done(owner, "POST", "/v1/apps", { name: "Asks" });
  const { key } = await done<{ key: string }>(owner, "POST", `/v1/apps/${ZUID}/keys`, { name: "Asks" });
  return key;
}

/** `BENCH_PROFILE=<folder>` has the servers write there what they spent their time on. */
function profiled(): Record<string, string> {
  const folder = process.env.BENCH_PROFILE;
  return folder
    ? { BENCH_PROFILE: folder, NODE_OPTIONS: `--import=${pathToFileURL("scripts/bench/profile.mjs").href}` }
    : {};
}
