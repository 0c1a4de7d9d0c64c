import { inspect, parseArgs } from "node:util";
import { Client } from "pg";
import type { Ctx } from "@/lib/kernel/ctx";
import { provideDb } from "@/lib/kernel/db";
import { systemCtx } from "@/lib/kernel/system-ctx";
import { openPostgres } from "@/lib/store/open";
import { factsOf } from "../bench/machine";
import { whole } from "../bench/figures";
import { combinations } from "./combinations";
import { administer, gigabytesOf } from "./database";
import { exported } from "./export";
import { timed, type Timed } from "./measure";
import { fileLine, lineOf, tables, writeReport } from "./report";
import { databaseName, seeded } from "./seed";

const LOCAL = "postgres://postgres@127.0.0.1:5432/postgres";
const OPTIONS = {
  events: { type: "string", default: "10000000" },
  "max-gigabytes": { type: "string", default: "20" },
  times: { type: "string", default: "20" },
  only: { type: "string" },
  drop: { type: "boolean" },
} as const;

const say = (line: string) => void process.stdout.write(`${line}\n`);

async function main(): Promise<void> {
  const { values } = parseArgs({ options: OPTIONS });
  const [events, times] = [Number(values.events), Number(values.times)];
  const server = process.env.DATABASE_URL || LOCAL;
  if (values.drop) {
    await administer(server, `drop database if exists ${databaseName(events)} with (force)`);
    return;
  }
  const facts = await factsOf(server);
  const trail = await seeded({ server, events, maxGigabytes: Number(values["max-gigabytes"]) }, say);
  const { url, organizationId, seconds } = trail;
  const size = `${(await gigabytesOf(server, databaseName(events))).toFixed(1)} GB`;
  facts.push(["database", seconds === undefined ? `${size}, made before` : `${size}, made in ${whole(seconds)} s`]);
  say(facts.at(-1)?.join(": ") ?? "");
  const database = new Client({ connectionString: url });
  await database.connect();
  const sizes = await tables(database);
  const asked = (await combinations(database, organizationId)).filter(({ name }) => name.includes(values.only ?? ""));
  const store = await openPostgres(url, say);
  provideDb(store.client);
  const ctx = readerOf(organizationId);
  const measured: Timed[] = [];
  for (const combination of asked) {
    const isPair = combination.name.includes("∧");
    const one = await timed(ctx, combination, times, isPair ? 2 : 40);
    measured.push(one);
    say(lineOf(one));
  }
  await store.close();
  await database.end();
  if (values.only !== undefined) return;
  const { files, sealed } = await exported(trail, `to=${new Date(Date.now() - 970 * 86_400_000).toISOString()}`);
  files.forEach((file) => say(fileLine(file)));
  await writeReport({ facts, events, sizes, measured, files, sealed });
}

/** Whoever reads the trail: what is measured begins where who it is is known. */
function readerOf(organizationId: string): Ctx {
  const ctx = systemCtx({ requestId: "bench", ip: "127.0.0.1", userAgent: "bench" }, organizationId);
  return { ...ctx, now: new Date(), power: { kind: "key", access: "full", listed: [], resources: [] } };
}

main().then(
  () => process.exit(),
  (error: unknown) => {
    const isPlain = error instanceof Error && error.constructor === Error;
    process.stderr.write(`${isPlain ? error.message : inspect(error)}\n`);
    process.exit(1);
  },
);
