import { randomBytes } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { Client } from "pg";
import { signInByHttp } from "@/e2e/fixtures/api-client";
import { median, milliseconds, perSecond, times, whole } from "./figures";
import type { Request } from "./load";
import { measure } from "./processes";
import { inTurns, type Row } from "./rows";
import type { Populated } from "./world";

const AUDITED_PER_SECOND = 500;
const SEALING_LAG_SECONDS = 2;
const SUSTAINED_SECONDS = 30;
const BACKLOG_MS = 60_000;
/** More than can be answered: a name that is sent again is refused. */
const [MOST_PER_ROUND, MOST_SUSTAINED] = [20_000, 100_000];

/** One caller that issues one token after the other, against the same rows written by hand. */
export const issue: Row = {
  name: "issue",
  async measure(world) {
    const { rounds, seconds, end } = world;
    const populated = await world.populated("small");
    const { instanceId, roleIds } = populated.organization;
    const requests = await posts(populated, "/v1/tokens", { roleZUID: roleIds.publisher, instanceZUID: instanceId });
    const load = { url: populated.server.origin, connections: 1, end };
    await measure({ ...load, requests: requests() });
    const [references, own] = await inTurns(
      rounds,
      () => insertTokens(populated, seconds),
      async () => (await measure({ ...load, requests: requests() })).perSecond,
    );
    const [ours, theirs] = [median(own), median(references)];
    return {
      figures: [
        {
          figure: "issue an access token, one after the other",
          ours: `${perSecond(ours)} (${milliseconds(1000 / ours)})`,
          reference: `the transaction of its inserts with pg: ${perSecond(theirs)} (${milliseconds(1000 / theirs)})`,
          ratio: times(ours / theirs),
          target: `≥ ${times(0.5)}`,
          isMet: ours >= 0.5 * theirs,
        },
      ],
    };
  },
};

/** Apps registered from many connections: each is a change with its event, in one transaction. */
export const audited: Row = {
  name: "audited",
  async measure(world) {
    const { isShort, end, connections } = world;
    const populated = await world.populated("small");
    const requests = await posts(populated, "/v1/apps", {});
    const load = { url: populated.server.origin, connections };
    await measure({ ...load, requests: requests(), end });
    const sustained = {
      ...load,
      requests: requests(MOST_SUSTAINED),
      end: isShort ? end : { seconds: SUSTAINED_SECONDS },
    };
    let ended = 0;
    const measured = measure(sustained).finally(() => (ended = performance.now()));
    const wait = await longestWait(populated, measured);
    const sealedAfter = performance.now() - ended;
    const { perSecond: rate, answers } = await measured;
    return {
      figures: [
        {
          figure: `audited writes for ${whole(answers / rate)} s from ${connections} connections, one process`,
          ours: `${perSecond(rate)} (${whole(answers)} in all)`,
          target: `≥ ${perSecond(AUDITED_PER_SECOND)}`,
          isMet: rate >= AUDITED_PER_SECOND,
        },
        {
          figure: "the longest that an event then waited until its log had it",
          ours: `${milliseconds(1000 * wait)} (the last ${milliseconds(sealedAfter)} after the load)`,
          target: `≤ ${milliseconds(1000 * SEALING_LAG_SECONDS)}`,
          isMet: wait <= SEALING_LAG_SECONDS,
        },
      ],
    };
  },
};

/**
 * How long the oldest unsealed event had waited at most, in seconds, looked at ten times a second during the work and
 * until nothing waits any more: a backlog is no less late for being left over. Throws when it does not shrink to nothing.
 */
async function longestWait({ server }: Populated, work: Promise<unknown>): Promise<number> {
  const client = new Client({ connectionString: server.databaseUrl });
  await client.connect();
  let ended = Infinity;
  const end = () => (ended = performance.now());
  work.then(end, end);
  let longest = 0;
  for (let waits: number | null = 0; waits !== null || ended === Infinity;) {
    const { rows } = await client.query<{ seconds: number | null }>(OLDEST_UNSEALED);
    waits = rows[0]?.seconds ?? null;
    longest = Math.max(longest, waits ?? 0);
    if (performance.now() - ended > BACKLOG_MS) throw new Error("What the load wrote is not sealed a minute after it.");
    await delay(100);
  }
  await client.end();
  return longest;
}

const OLDEST_UNSEALED =
  "select extract(epoch from clock_timestamp() - min(since))::float8 as seconds from audit_pending";

/** Requests of the owner's session that create things, each time with names nobody has taken. */
async function posts(
  { server, organization }: Populated,
  path: string,
  input: object,
): Promise<(most?: number) => Request[]> {
  const owner = await signInByHttp(server.origin, organization.people.owner);
  const headers = { ...owner.headers(), "content-type": "application/json" };
  let made = 0;
  const post = (): Request => {
    made += 1;
    return { method: "POST", path, headers, body: JSON.stringify({ name: `Bench ${made}`, ...input }) };
  };
  return (most = MOST_PER_ROUND) => Array.from({ length: most }, post);
}

/** What issuing writes, without anything that decides it: transactions per second on one connection. */
async function insertTokens({ server, organization }: Populated, seconds: number): Promise<number> {
  const client = new Client({ connectionString: server.databaseUrl });
  await client.connect();
  const { id, instanceId, roleIds, people } = organization;
  const began = performance.now();
  const elapsed = () => (performance.now() - began) / 1000;
  let count = 0;
  for (; elapsed() < seconds; count += 1) {
    const [token, owner] = [`55-raw-${randomBytes(8).toString("hex")}`, people.owner.id];
    await client.query("begin");
    await client.query({ ...CREDENTIAL, values: [token, id, instanceId, roleIds.publisher, owner] });
    await client.query({ ...VERSION, values: [token, randomBytes(32), owner] });
    await client.query({ ...EVENT, values: [`15-${token}`, id, owner, token] });
    await client.query("commit");
  }
  const rate = count / elapsed();
  await client.end();
  return rate;
}

const CREDENTIAL = {
  name: "credential",
  text: `insert into credential (id, organization_id, kind, instance_id, role_id, name, expires_at, created_by_id, created_by_name, updated_at)
    values ($1, $2, 'access_token', $3, $4, $1, now() + interval '90 days', $5, 'Owner', now())`,
};
const VERSION = {
  name: "version",
  text: `insert into credential_version (credential_id, number, digest, hint, created_by_id, created_by_name)
    values ($1, 1, $2, 'lkt_…', $3, 'Owner')`,
};
const EVENT = {
  name: "event",
  text: `insert into audit_event (id, organization_id, actor_type, actor_id, actor_name, action, verb, target_type, target_id,
      target_name, outcome, request_id, ip, user_agent, after)
    values ($1, $2, 'user', $3, 'Owner', 'token.issued', 1, 'token', $4, $4, 'allowed', $1, '127.0.0.1', 'bench', '{"name": "Raw"}')`,
};
