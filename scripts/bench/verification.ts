import { setTimeout as delay } from "node:timers/promises";
import { median, milliseconds, perSecond, times, whole } from "./figures";
import type { Load, Request } from "./load";
import { tokenOf } from "./population";
import { measure } from "./processes";
import { type Figure, inTurns, type Row } from "./rows";
import type { Populated, World } from "./world";

const TARGET = 0.6;

export const introspect: Row = {
  name: "introspect",
  async measure(world) {
    const populated = await world.populated("small");
    return { figures: await againstBare(world, "introspect, warm", introspection(populated, tokenOf(1))) };
  },
};

export const check: Row = {
  name: "check",
  measure: async (world) => ({ figures: await againstBare(world, "forward check, warm", forwardCheck(tokenOf(1))) }),
};

/** What is no credential is refused by its checksum, before anything is looked up. */
export const invalid: Row = {
  name: "invalid",
  async measure(world) {
    const populated = await world.populated("small");
    const [inquiry, check] = [introspection(populated, MISTYPED), forwardCheck(MISTYPED)];
    const bad = "bad checksum";
    return {
      figures: [
        ...(await againstBare(world, `${bad}, introspect (200, inactive)`, inquiry)),
        ...(await againstBare(world, `${bad}, forward check (401 with its reason, logged)`, check, 401)),
        await queriesFor(populated, { requests: [inquiry] }, { requests: [check], status: 401 }),
      ],
    };
  },
};

const MISTYPED = tokenOf(1).replace(/.$/, (last) => (last === "0" ? "1" : "0"));

const COUNTED = 20_000;
const SETTLED_MS = 11_000;
const TRANSACTIONS = `
  select xact_commit + xact_rollback as count from pg_stat_database where datname = current_database()`;

/** Counted by the database, over all that it is asked: less what a server that nobody asks does in as long. */
async function queriesFor(
  { database, server }: Populated,
  ...asked: Pick<Load, "requests" | "status">[]
): Promise<Figure> {
  const count = async () => {
    // The database hears of what a connection did at the latest ten seconds after it fell idle.
    await delay(SETTLED_MS);
    return Number((await database.query<{ count: string }>(TRANSACTIONS)).rows[0]?.count);
  };
  const load = { url: server.origin, connections: 32, end: { requests: COUNTED } };
  const before = await count();
  const began = performance.now();
  for (const each of asked) await measure({ ...load, ...each });
  const elapsed = performance.now() - began;
  const busy = (await count()) - before;
  await delay(elapsed);
  const atRest = (await count()) - before - busy;
  const each = (busy - atRest) / COUNTED / asked.length;
  return {
    figure: `database transactions during ${whole(COUNTED * asked.length)} of both`,
    ours: whole(busy),
    reference: `as long at rest: ${whole(atRest)}`,
    ratio: `${Math.max(0, each).toFixed(3)} a request`,
    target: "0 a request",
    isMet: each < 0.0005,
  };
}

/** Asks about the token as the holder of the caller's key. */
export const introspection = ({ caller }: Populated, token: string): Request => ({
  method: "POST",
  path: "/oauth/introspect",
  headers: { authorization: `apikey ${caller}`, "content-type": "application/x-www-form-urlencoded" },
  // With the hint that clients of OAuth send: the shortest form there is would only measure a shortcut for it.
  body: `token=${token}&token_type_hint=access_token`,
});

const forwardCheck = (token: string): Request => ({
  method: "GET",
  path: "/auth/check",
  headers: { authorization: `bearer ${token}` },
});

/** The rate, and the time that 99 of 100 answers keep below. */
async function againstBare(world: World, figure: string, request: Request, status?: number): Promise<Figure[]> {
  const { rounds, end, connections } = world;
  const asked: Load = {
    url: (await world.populated("small")).server.origin,
    connections,
    requests: [request],
    end,
    status,
  };
  const bare: Load = { ...asked, url: (await world.bare()).origin, status: 200 };
  for (const load of [bare, asked]) await measure(load);
  const [references, own] = await inTurns(
    rounds,
    () => measure(bare),
    () => measure(asked),
  );
  const rates = [own, references].map((all) => median(all.map((one) => one.perSecond))) as [number, number];
  const tails = [own, references].map((all) => median(all.map((one) => one.p99))) as [number, number];
  return [
    {
      figure,
      ours: perSecond(rates[0]),
      reference: `bare node:http: ${perSecond(rates[1])}`,
      ratio: times(rates[0] / rates[1]),
      target: `≥ ${times(TARGET)}`,
      isMet: rates[0] >= TARGET * rates[1],
    },
    {
      figure: `its p99 at ${connections} connections`,
      ours: milliseconds(tails[0]),
      reference: `bare node:http: ${milliseconds(tails[1])}`,
      ratio: times(tails[0] / tails[1]),
      target: `≤ ${times(2)}`,
      isMet: tails[0] <= 2 * tails[1],
    },
  ];
}
