import { readFileSync } from "node:fs";
import pg from "pg";
import { digestOf } from "@/lib/kernel/secrets";
import { median, perSecond, times, whole } from "./figures";
import { tokenOf } from "./population";
import { measure } from "./processes";
import { inTurns, type Row } from "./rows";
import { introspection } from "./verification";
import type { Populated } from "./world";

const WORKING_SET = 50_000;
const MAX_MEGABYTES = 400;

/** A thousand times the credentials, fifty times as many of them in use. */
export const population: Row = {
  name: "population",
  async measure(world) {
    const { rounds, end, connections } = world;
    const [small, large] = [await world.populated("small"), await world.populated("large")];
    const loads = [small, large].map((populated) => ({
      url: populated.server.origin,
      connections,
      requests: workingSet(populated).map((number) => introspection(populated, tokenOf(number))),
      end,
    }));
    const [few, many] = loads as [(typeof loads)[0], (typeof loads)[0]];
    for (const load of loads) await measure({ ...load, end: { requests: load.requests.length } });
    const [references, own] = await inTurns(
      rounds,
      () => measure(few),
      () => measure(many),
    );
    const [ours, theirs] = [own, references].map((all) => median(all.map((one) => one.perSecond))) as [number, number];
    const megabytes = residentMegabytes(large.server.pid);
    return {
      figures: [
        {
          figure: `introspect among ${whole(large.count)} credentials, ${whole(many.requests.length)} of them at random`,
          ours: perSecond(ours),
          reference: `among ${whole(small.count)}: ${perSecond(theirs)}`,
          ratio: times(ours / theirs),
          target: `≥ ${times(0.9)}`,
          isMet: ours >= 0.9 * theirs,
        },
        {
          figure: "memory of that process at its highest",
          ours: `${whole(megabytes)} MB`,
          target: `≤ ${MAX_MEGABYTES} MB`,
          isMet: megabytes <= MAX_MEGABYTES,
        },
      ],
    };
  },
};

/** Every credential is asked about for the first time, so that none is in memory. */
export const cold: Row = {
  name: "cold",
  async measure(world) {
    const { rounds, connections } = world;
    const large = await world.populated("large");
    const unseen = shuffled(large.count).slice(workingSet(large).length);
    const perRound = Math.min(20_000, Math.floor(unseen.length / 2 / (rounds + 1)));
    const nextTokens = () => unseen.splice(0, perRound).map(tokenOf);
    const pool = new pg.Pool({ connectionString: large.server.databaseUrl, max: 20 });
    const raw = () => lookUp(pool, nextTokens(), connections);
    const asked = async () => {
      const requests = nextTokens().map((token) => introspection(large, token));
      return (await measure({ url: large.server.origin, connections, requests, end: { requests: requests.length } }))
        .perSecond;
    };
    const [references, own] = await inTurns(rounds, raw, asked);
    await pool.end();
    const [ours, theirs] = [median(own), median(references)];
    return {
      figures: [
        {
          figure: "introspect, cold: each credential for the first time",
          ours: perSecond(ours),
          reference: `a prepared look-up by digest with pg: ${perSecond(theirs)}`,
          ratio: times(ours / theirs),
          target: `≥ ${times(0.5)}`,
          isMet: ours >= 0.5 * theirs,
        },
      ],
    };
  },
};

/** Look-ups per second over the pool, so many at a time. */
async function lookUp(pool: pg.Pool, tokens: string[], parallel: number): Promise<number> {
  const digests = tokens.map((token) => Buffer.from(digestOf(token)));
  const began = performance.now();
  let next = 0;
  const work = async () => {
    for (let digest = digests[next++]; digest; digest = digests[next++]) {
      const { rows } = await pool.query({ name: "by-digest", text: BY_DIGEST, values: [digest] });
      if (rows.length !== 1) throw new Error("A credential of the population was not found.");
    }
  };
  await Promise.all(Array.from({ length: parallel }, work));
  return (tokens.length / (performance.now() - began)) * 1000;
}

const BY_DIGEST = `
  select c.*, v.number, v.ends_at from credential_version v join credential c on c.id = v.credential_id
  where v.digest = $1`;

const workingSet = ({ count }: Populated) =>
  shuffled(count).slice(0, Math.min(WORKING_SET, count <= 1_000 ? count : count / 2));

/** The numbers of the population in an order that is always the same and looks like none. */
function shuffled(count: number): number[] {
  const numbers = Array.from({ length: count }, (_, index) => index + 1);
  let state = 1;
  for (let last = count - 1; last > 0; last -= 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const other = state % (last + 1);
    [numbers[last], numbers[other]] = [numbers[other] as number, numbers[last] as number];
  }
  return numbers;
}

/** Linux only; elsewhere not a number. */
function residentMegabytes(pid: number): number {
  try {
    return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024;
  } catch {
    return NaN;
  }
}
