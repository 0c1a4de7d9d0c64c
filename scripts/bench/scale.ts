import { readFileSync } from "node:fs";
import { median, perSecond, times, whole } from "./figures";
import { tokenOf } from "./population";
import { measure, startReference } from "./processes";
import { type Figure, inTurns, type Row } from "./rows";
import { shuffled } from "./shuffled";
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
        memoryOf(large, "with what is in use"),
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
    const perRound = Math.min(20_000, Math.floor(unseen.length / 3 / rounds));
    const nextTokens = () => unseen.splice(0, perRound).map(tokenOf);
    const raw = await startReference("bench-lookup", large.server.databaseUrl);
    const ask = async (url: string) => {
      const requests = nextTokens().map((token) => introspection(large, token));
      return (await measure({ url, connections, requests, end: { requests: requests.length } })).perSecond;
    };
    const [references, own] = await inTurns(
      rounds,
      async () => [await lookUpAll(raw.origin, nextTokens(), connections), await ask(raw.origin)] as const,
      () => ask(large.server.origin),
    );
    raw.stop();
    const [ours, theirs] = [median(own), median(references.map(([alone]) => alone))];
    const overHttp = median(references.map(([, over]) => over));
    return {
      figures: [
        {
          figure: "introspect, cold: each credential for the first time",
          ours: perSecond(ours),
          reference: `a prepared look-up by digest with pg: ${perSecond(theirs)} (over HTTP ${perSecond(overHttp)})`,
          ratio: times(ours / theirs),
          target: `≥ ${times(0.5)}`,
          isMet: ours >= 0.5 * theirs,
        },
        memoryOf(large, "with what was cold"),
      ],
    };
  },
};

/** How many a second the reference finds by itself, so many at a time. */
async function lookUpAll(origin: string, tokens: string[], parallel: number): Promise<number> {
  const answer = await fetch(origin, { method: "PUT", body: JSON.stringify({ tokens, parallel }) });
  return (await answer.json()) as number;
}

/** Of the process that holds the most, since it was started. */
function memoryOf({ server }: Populated, when: string): Figure {
  const megabytes = residentMegabytes(server.pid);
  return {
    figure: `memory of that process at its highest, ${when}`,
    ours: `${whole(megabytes)} MB`,
    target: `≤ ${MAX_MEGABYTES} MB`,
    isMet: megabytes <= MAX_MEGABYTES,
  };
}

const workingSet = ({ count }: Populated) =>
  shuffled(count).slice(0, Math.min(WORKING_SET, count <= 1_000 ? count : count / 2));

/** Linux only; elsewhere not a number. */
function residentMegabytes(pid: number): number {
  try {
    return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024;
  } catch {
    return NaN;
  }
}
