import type { Client } from "pg";
import { setUp } from "@/lib/setup/commands";
import { openPostgres } from "@/lib/store/open";
import { provideDb } from "@/lib/kernel/db";
import { administer, connect, fillWithin, run, type Say } from "./database";
import { EVENTS } from "./events-sql";

const PER_STATEMENT = 50_000;
const CONNECTIONS = 2;
const SEGMENT = 16_384;

/** Who may sign in to a server that is pointed at the database. */
export const OWNER = { email: "owner@bench.example", password: "a bench is no place for secrets" };

/** What may be made where, and what it is called there. */
export interface Wanted {
  server: string;
  events: number;
  maxGigabytes: number;
}

export interface Trail {
  url: string;
  /** The large one. */
  organizationId: string;
  /** How long it took to make; undefined where it was there. */
  seconds: number | undefined;
}

/** The database with so many events, made when there is none of that size yet. */
export async function seeded({ server, events, maxGigabytes }: Wanted, say: Say): Promise<Trail> {
  const name = databaseName(events);
  const { href: url } = Object.assign(new URL(server), { pathname: `/${name}` });
  const known = await found(url, events);
  if (known) return { url, organizationId: known, seconds: undefined };
  await administer(server, `drop database if exists ${name} with (force)`);
  await administer(server, `create database ${name}`);
  const organizationId = await foundOrganization(url);
  const seconds = await fillWithin({ server, name, atMost: maxGigabytes }, say, async () => {
    await timed(say, `${events} events inserted`, () => insert(url, organizationId, events));
    await timed(say, "keys and indexes built", () => restoreIndexes(url));
    await timed(say, "trail index built", () => indexSegments(url));
    await timed(say, "vacuumed and analyzed", () => run(url, "vacuum analyze"));
    await run(url, `comment on database ${name} is '${organizationId}'`);
  });
  return { url, organizationId, seconds };
}

export const databaseName = (events: number) => `latchkey_bench_audit_${events}`;

/** The organization stands on the database once everything is in it. */
async function found(url: string, events: number): Promise<string | undefined> {
  const sql = `select shobj_description(oid, 'pg_database') as id from pg_database where datname = '${databaseName(events)}'`;
  const server = new URL(url);
  server.pathname = "/postgres";
  const [row] = await run<{ id: string | null }>(server.href, sql);
  return row?.id ?? undefined;
}

async function foundOrganization(url: string): Promise<string> {
  const store = await openPostgres(url, () => undefined);
  provideDb(store.client);
  const origin = { requestId: "bench", ip: "127.0.0.1", userAgent: "bench" };
  const { organizationZUID } = await setUp(origin, {
    accountName: "bench",
    organization: "Bench",
    instance: "Main",
    firstName: "Olive",
    lastName: "Bench",
    ...OWNER,
  });
  await store.close();
  return organizationZUID;
}

/** Without triggers and indexes, which are there again afterwards; the events are in no log of the sealer. */
async function insert(url: string, organizationId: string, events: number): Promise<void> {
  await run(url, `alter table audit_event disable trigger audit_event_awaits_log; ${await dropIndexes(url)}`);
  const [{ from } = { from: 0 }] = await run<{ from: number }>(
    url,
    "select max(position)::int as from from audit_event",
  );
  let done = 0;
  const worker = async () => {
    const client = await connectLoosely(url);
    while (done < events) {
      const first = done;
      done += PER_STATEMENT;
      await client.query(EVENTS, [first, Math.min(done, events), organizationId, events, from]);
    }
    await client.end();
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, worker));
  await run(url, "select setval('audit_event_position_seq', (select max(position) from audit_event))");
  await run(url, "alter table audit_event enable trigger audit_event_awaits_log");
}

const KEPT = "bench_dropped_index";

/** The statement that drops the indexes, after what makes them was kept in the database. */
async function dropIndexes(url: string): Promise<string> {
  await run(
    url,
    `create table ${KEPT} as select pg_get_indexdef(indexrelid) as made, indexrelid::regclass::text as name
     from pg_index where indrelid = 'audit_event'::regclass and not indisprimary and not indisunique`,
  );
  const rows = await run<{ name: string }>(url, `select name from ${KEPT}`);
  return rows.map(({ name }) => `drop index ${name}`).join("; ");
}

async function restoreIndexes(url: string): Promise<void> {
  const rows = await run<{ made: string }>(url, `select made from ${KEPT}`);
  for (const { made } of rows) await run(url, `set maintenance_work_mem = '1GB'; ${made}`);
  await run(url, `drop table ${KEPT}`);
}

async function indexSegments(url: string): Promise<void> {
  const [{ n } = { n: 0 }] = await run<{ n: number }>(
    url,
    `select (max(position) / ${SEGMENT})::int as n from audit_event`,
  );
  const client = await connectLoosely(url);
  for (let segment = 0; segment < n; segment += 1) {
    await client.query("select audit_index_segment($1)", [segment]);
    await client.query("update audit_index set segments = $1", [segment + 1]);
    if (segment % 50 === 0) await client.query("vacuum audit_term");
  }
  await client.end();
}

async function connectLoosely(url: string): Promise<Client> {
  const client = await connect(url);
  await client.query("set synchronous_commit = off; set work_mem = '64MB'");
  return client;
}

async function timed(say: Say, what: string, work: () => Promise<unknown>): Promise<void> {
  const began = performance.now();
  await work();
  say(`${what} in ${((performance.now() - began) / 1000).toFixed(1)} s`);
}
