import { type Demo, demoOf, kindOf } from "./demo";
import { milliseconds, percentile, whole } from "./figures";
import type { Figure, Row } from "./rows";
import { scriptBytes } from "./scripts";

const P95_MS = 100;
const SCRIPT_KB = 180;

/** Every page of the console on the demo organization: until its last byte is there, and the script it loads. */
export const pages: Row = {
  name: "pages",
  async measure(world) {
    const demo = await demoOf(world);
    const paths = demo.paths.all;
    const times = new Map<string, number[]>();
    for (const path of paths) times.set(path, await timesOf(demo, path, world.isShort ? 2 : 40));
    const bytes = world.isShort ? undefined : await scriptBytes(demo);
    const rows = paths.map((path) => ({
      path: kindOf(path),
      p50: percentile(times.get(path) ?? [], 50),
      p95: percentile(times.get(path) ?? [], 95),
      kilobytes: (bytes?.get(path) ?? NaN) / 1000,
    }));
    const details = [
      "\n## Pages\n",
      "| page | p50 | p95 | script |",
      "| --- | --- | --- | --- |",
      ...rows.map(
        ({ path, p50, p95, kilobytes }) =>
          `| \`${path}\` | ${milliseconds(p50)} | ${milliseconds(p95)} | ${whole(kilobytes)} kB |`,
      ),
    ].join("\n");
    const slowest = rows.reduce((one, other) => (other.p95 > one.p95 ? other : one));
    const figures: Figure[] = [
      {
        figure: `console pages, demo data: p95 of the slowest (\`${slowest.path}\`)`,
        ours: milliseconds(slowest.p95),
        target: `≤ ${P95_MS} ms`,
        isMet: slowest.p95 <= P95_MS,
      },
    ];
    if (bytes) {
      const heaviest = rows.reduce((one, other) => (other.kilobytes > one.kilobytes ? other : one));
      figures.push({
        figure: `compressed script of the heaviest (\`${heaviest.path}\`)`,
        ours: `${whole(heaviest.kilobytes)} kB`,
        target: `≤ ${SCRIPT_KB} kB`,
        isMet: heaviest.kilobytes <= SCRIPT_KB,
      });
    }
    return { figures, details };
  },
};

async function timesOf({ origin, cookieFor }: Demo, path: string, count: number): Promise<number[]> {
  const headers = { cookie: cookieFor(path) };
  const times: number[] = [];
  for (let request = -2; request < count; request += 1) {
    const began = performance.now();
    const answer = await fetch(origin + path, { headers, redirect: "manual" });
    await answer.arrayBuffer();
    if (answer.status !== 200) throw new Error(`GET ${path}: ${answer.status}`);
    // The first ones load what the page needs.
    if (request >= 0) times.push(performance.now() - began);
  }
  return times;
}
