import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Range } from "@/lib/audit/merkle";
import { bundleFile, bundleSource, checkpointOf, logOfSize, seedOf, vkeyOfSeed } from "@/lib/testing/audit-log";
import { splitNotes } from "./outside";
import { bothReports, bothVerdicts, pythonVerdicts, type Trust, verdictOf } from "@/lib/testing/bundles";

const PINNED: Trust = { pinned: [vkeyOfSeed(seedOf(1))] };

/** Some leaves of a log as ranges that do not touch. */
const someRanges = (size: number) =>
  fc.subarray(Array.from({ length: size }, (_, seq) => seq)).map((indexes) => {
    const ranges: [number, number][] = [];
    for (const index of indexes) {
      const last = ranges.at(-1);
      if (last?.[1] === index) last[1]++;
      else ranges.push([index, index + 1]);
    }
    return ranges as Range[];
  });

describe("an untouched bundle is believed by both verifiers", () => {
  test("of a whole log, whatever its size", async () => {
    const sizes = [0, 1, 2, 3, 7, 8, 9, 31, 32, 33, 100];
    const bundles = await Promise.all(sizes.map((size) => bundleFile(bundleSource(logOfSize(size)))));
    for (const bundle of bundles) expect(await verdictOf(bundle, PINNED)).toEqual([]);
    expect(await pythonVerdicts(bundles, PINNED)).toEqual(sizes.map(() => []));
  });

  test("of any set of its events", async () => {
    const bundles: Blob[] = [];
    const chosen = fc.nat(70).chain((size) => fc.tuple(fc.constant(size), someRanges(size)));
    await fc.assert(
      fc.asyncProperty(chosen, async ([size, ranges]) => {
        const bundle = await bundleFile(bundleSource(logOfSize(size), ranges));
        bundles.push(bundle);
        expect(await verdictOf(bundle, PINNED)).toEqual([]);
      }),
      { numRuns: 30 },
    );
    expect(await pythonVerdicts(bundles, PINNED)).toEqual(bundles.map(() => []));
  });

  test("of a range, which is complete without the beginning, and both say that the beginning is elsewhere", async () => {
    const range: Partial<Parameters<typeof bundleSource>[2]> = { isComplete: true, from: 5, to: 11, filter: {} };
    const reports = await bothReports(await bundleFile(bundleSource(logOfSize(20), [[5, 11]], range)), PINNED);
    for (const { failures, warnings } of reports) {
      expect(failures).toEqual([]);
      expect(warnings).toEqual([expect.stringMatching(/the events before 5 are not in this bundle/i)]);
    }
  });

  test("by the third key, for who trusts the first or the second", async () => {
    const seeds = [seedOf(1), seedOf(2), seedOf(3)];
    const bundle = await bundleFile(bundleSource({ records: logOfSize(9).records, seeds }));
    for (const seed of seeds) {
      expect(await bothVerdicts(bundle, { pinned: [vkeyOfSeed(seed)] })).toEqual([[], []]);
    }
  });

  test("when checkpoints from outside agree with it, also older ones and one that is newer", async () => {
    const [early, now, later] = [5, 12, 15].map((size) => checkpointOf(logOfSize(size)));
    const trust = { ...PINNED, outside: [early, now, later] as string[] };
    const bundle = await bundleFile(bundleSource(logOfSize(12)));
    expect(await bothVerdicts(bundle, trust)).toEqual([[], []]);
    expect(await bothVerdicts(bundle, { ...trust, isNewest: true })).toEqual([
      ["outside checkpoints: 1 are of a longer log: the tail is missing"],
      ["outside checkpoints: 1 are of a longer log: the tail is missing"],
    ]);
  });

  test("when the outside file has what a crash left half-written, before the same note in full", async () => {
    const [early, now] = [5, 12].map((size) => checkpointOf(logOfSize(size))) as [string, string];
    const cuts = [10, early.indexOf("\n\n") + 1, early.indexOf("— ") + 30, early.length - 2];
    const outside = [...cuts.map((end) => `${early.slice(0, end)}\n`), early, now];
    expect(splitNotes(outside.map((note) => `${note}\n`).join(""))).toEqual([early, now]);
    expect(await bothVerdicts(await bundleFile(bundleSource(logOfSize(12))), { ...PINNED, outside })).toEqual([[], []]);
  });
});
