import { median, milliseconds, perSecond, times, whole } from "./figures";
import type { Load } from "./load";
import { tokenOf } from "./population";
import { measure } from "./processes";
import { type Figure, inTurns, type Row } from "./rows";
import type { Populated, World } from "./world";

const TARGET = 0.6;

/** How each is asked about one credential. */
const ASKED = {
  introspect: { path: "/oauth/introspect", place: "form" },
  check: { path: "/healthz", place: "header" },
} as const;

export const introspect: Row = {
  name: "introspect",
  measure: (world) => againstBare(world, "introspect", "introspect, warm", [tokenOf(1)]),
};

export const check: Row = {
  name: "check",
  measure: (world) => againstBare(world, "check", "forward check, warm", [tokenOf(1)]),
};

/** What is no credential is refused by its checksum, before anything is looked up. */
export const invalid: Row = {
  name: "invalid",
  async measure(world) {
    const { database } = await world.populated("small");
    const lookUps = async () => {
      const { rows } = await database.query<{ scans: string }>(LOOK_UPS);
      return Number(rows[0]?.scans);
    };
    const mistyped = `${tokenOf(1).slice(0, -1)}!`.replace("!", tokenOf(1).endsWith("0") ? "1" : "0");
    const before = await lookUps();
    const figures = await againstBare(world, "introspect", "invalid credential (bad checksum)", [mistyped]);
    const found = (await lookUps()) - before;
    const queries: Figure = {
      figure: "invalid credential: look-ups in the database",
      ours: whole(found),
      reference: "",
      ratio: "",
      target: "0",
      isMet: found === 0,
    };
    return [...figures.slice(0, 1), queries];
  },
};

// Counted by the database itself, which hears of it from a connection that has been idle for a second.
const LOOK_UPS = `
  select pg_sleep(1.5), idx_scan as scans from pg_stat_user_indexes
  where indexrelname = 'credential_version_digest_key'`;

/** The load of 32 connections that all ask about these credentials. */
export function loadOn({ server, caller }: Populated, endpoint: keyof typeof ASKED, tokens: string[]) {
  const { path, place } = ASKED[endpoint];
  const headers: Record<string, string> = endpoint === "introspect" ? { authorization: `apikey ${caller}` } : {};
  return { url: server.origin + path, headers, tokens, place };
}

async function againstBare(
  world: World,
  endpoint: keyof typeof ASKED,
  figure: string,
  tokens: string[],
): Promise<Figure[]> {
  const { rounds, seconds, connections } = world;
  const asked = { ...loadOn(await world.populated("small"), endpoint, tokens), connections };
  const bare: Omit<Load, "end"> = { ...asked, url: (await world.bare()).origin };
  for (const load of [bare, asked]) await measure({ ...load, end: { seconds } });
  const end = { seconds };
  const [references, own] = await inTurns(
    rounds,
    () => measure({ ...bare, end }),
    () => measure({ ...asked, end }),
  );
  const [theirs, ours] = [references, own].map((all) => ({
    rate: median(all.map((one) => one.perSecond)),
    p99: median(all.map((one) => one.p99)),
  })) as [{ rate: number; p99: number }, { rate: number; p99: number }];
  return [
    {
      figure,
      ours: perSecond(ours.rate),
      reference: `${perSecond(theirs.rate)} bare node:http`,
      ratio: times(ours.rate / theirs.rate),
      target: `≥ ${times(TARGET)}`,
      isMet: ours.rate >= TARGET * theirs.rate,
    },
    {
      figure: `${figure}: p99`,
      ours: milliseconds(ours.p99),
      reference: `${milliseconds(theirs.p99)} bare node:http`,
      ratio: times(ours.p99 / theirs.p99),
      target: "≤ 2 ×",
      isMet: ours.p99 <= 2 * theirs.p99,
    },
  ];
}
