import { readFile, rm, writeFile } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import { Client } from "pg";
import { type Member, startMember } from "../fixtures/cluster";
import { pick } from "./revocation-ask";

/** While the work is done, for this long, the process stands still. */
export async function whileStopped<T>({ pid }: Member, ms: number, work: () => Promise<T>): Promise<T> {
  process.kill(pid, "SIGSTOP");
  const goesOn = delay(ms).then(() => process.kill(pid, "SIGCONT"));
  return work().finally(() => goesOn);
}

/** While the work is done, one of the processes after the other stands still for this long, any of them at any time. */
export async function whileTheyStop<T>(
  members: readonly Member[],
  ms: number,
  work: () => Promise<T>,
): Promise<{ result: T; stops: number }> {
  const over = new AbortController();
  const stopping = (async () => {
    // The first one early, so that a short run has one too.
    for (let stops = 0, pause = 1_000; ; stops++, pause = 10_000 + Math.random() * 10_000) {
      await delay(pause, undefined, over).catch(() => undefined);
      if (over.signal.aborted) return stops;
      await whileStopped(pick(members), ms, () => Promise.resolve());
    }
  })();
  const result = await work().finally(() => over.abort());
  return { result, stops: await stopping };
}

/** While the work is done, nothing passes between these servers and PostgreSQL. */
export async function whileCutOff<T>(members: readonly Member[], work: () => Promise<T>): Promise<T> {
  for (const { proxy } of members) proxy?.freeze();
  return work().finally(() => members.forEach(({ proxy }) => proxy?.thaw()));
}

/** While the work is done, the connections that hear of changes and renew the leases are ended again and again. */
export async function whileDeaf<T>(member: Member, work: () => Promise<T>): Promise<{ result: T; ended: number }> {
  return withDatabase(member, async (client) => {
    let ended = 0;
    let isOver = false;
    const ending = (async () => {
      while (!isOver) {
        const { rowCount } = await client.query(
          `select pg_terminate_backend(pid) from pg_stat_activity
           where datname = current_database() and application_name = 'latchkey_invalidation'`,
        );
        ended += rowCount ?? 0;
        await delay(200 + Math.random() * 1_500);
      }
    })();
    const result = await work().finally(() => (isOver = true));
    await ending;
    return { result, ended };
  });
}

/** While the work is done, whoever revokes sees no lease to wait for, and nobody hears of changes. */
export async function whileNobodyWaits<T>(member: Member, work: () => Promise<T>): Promise<T> {
  return withDatabase(member, async (client) => {
    const { rows } = await client.query<{ now: string }>(`select pg_get_functiondef('invalidate'::regproc) as now`);
    const [{ now: heard } = { now: "" }] = rows;
    const unheard = heard.replace(/PERFORM pg_notify\(.*\);/, "");
    if (unheard === heard) throw new Error("The triggers notify nobody.");
    await client.query(`${unheard};
      create function hide_lease() returns trigger language plpgsql as
        'begin new.lease_expires_at := clock_timestamp() - interval ''2 minutes''; return new; end';
      create trigger hide_lease before insert or update on verifier for each row execute function hide_lease();
      update verifier set applied_seq = applied_seq`);
    return work().finally(() =>
      client.query(`${heard}; drop trigger hide_lease on verifier; drop function hide_lease`),
    );
  });
}

async function withDatabase<T>({ databaseUrl }: Member, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  return work(client).finally(() => client.end());
}

const TRUSTING = "dist/trusting-server.mjs";
const LEASE_CHECK = "elapsed < LEASE_MS - MARGIN_MS";

/** One more server, which answers from memory whether it has a lease or not. */
export async function startTrusting(first: Member): Promise<Member> {
  const parts = (await readFile("dist/server.mjs", "utf8")).split(LEASE_CHECK);
  if (parts.length !== 2) throw new Error(`The lease is checked in ${parts.length - 1} places.`);
  await writeFile(TRUSTING, parts.join("true"));
  return startMember({ isProxied: true, program: TRUSTING }, first).finally(() => rm(TRUSTING));
}
