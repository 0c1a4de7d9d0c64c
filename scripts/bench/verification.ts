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
    return { figures: await againstBare(world, "introspect, warm", [introspection(populated, tokenOf(1))]) };
  },
};

export const check: Row = {
  name: "check",
  measure: async (world) => ({ figures: await againstBare(world, "forward check, warm", [forwardCheck(tokenOf(1))]) }),
};

/** What is no credential is refused by its checksum, before anything is looked up. */
export const invalid: Row = {
  name: "invalid",
  async measure(world) {
    const populated = await world.populated("small");
    const lookUps = async () => Number((await populated.database.query<{ scans: string }>(LOOK_UPS)).rows[0]?.scans);
    // The caller's own key is looked up once.
    const once = { url: populated.server.origin, connections: 1, end: { requests: 1 } };
    await measure({ ...once, requests: [introspection(populated, MISTYPED)] });
    const before = await lookUps();
    const [rate] = await againstBare(world, "invalid credential (bad checksum)", [introspection(populated, MISTYPED)]);
    const found = (await lookUps()) - before;
    const queries = { figure: "its look-ups in the database", ours: whole(found), target: "0", isMet: found === 0 };
    return { figures: [rate as Figure, queries] };
  },
};

const MISTYPED = tokenOf(1).replace(/.$/, (last) => (last === "0" ? "1" : "0"));

// Counted by the database itself, which hears of it once a connection has been idle for a second.
const LOOK_UPS = `
  select pg_sleep(1.5), idx_scan as scans from pg_stat_user_indexes
  where indexrelname = 'credential_version_digest_key'`;

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
async function againstBare(world: World, figure: string, requests: Request[]): Promise<Figure[]> {
  const { rounds, end, connections } = world;
  const asked: Load = { url: (await world.populated("small")).server.origin, connections, requests, end };
  const bare: Load = { ...asked, url: (await world.bare()).origin };
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
