import { describe, expect, test } from "vitest";
import {
  bundleFile,
  bundleSource,
  checkpointOf,
  logOfSize,
  recordOf,
  seedOf,
  vkeyOfSeed,
} from "@/lib/testing/audit-log";
import { bothVerdicts, type Trust } from "@/lib/testing/bundles";

const SECOND = "latchkey/10-19a00000000-bcdfghjk/2";
const THIRD = "latchkey/10-19a00000000-bcdfghjk/3";
const whole = logOfSize(20).records;
const begin = (size: number) => ({ records: whole.slice(0, size) });
/** The first events of the log, and others after them. */
const branch = (kept: number, size: number) => [
  ...whole.slice(0, kept),
  ...Array.from({ length: size - kept }, (_, at) => recordOf(kept + at, { action: "key.revoked" })),
];

const bundleOf = (records: readonly string[], origin?: string) =>
  bundleFile(bundleSource({ records, ...(origin && { origin }) }));
const verdicts = async (bundle: Blob, outside: readonly string[], more: Trust = {}) => {
  const [ours, python] = await bothVerdicts(bundle, { pinned: [vkeyOfSeed(seedOf(1))], outside, ...more });
  expect(python).toEqual(ours);
  return ours;
};

/** What the sinks were told: of the first epoch, and of what came after the sealer was made to begin a second one. */
const FIRST = [5, 12, 20].map((size) => checkpointOf(begin(size)));
const UNACCEPTED = "the log was rewritten, or lost events in a restore that was not accepted";

describe("a log that goes on in another epoch", () => {
  test("is not believed when what was signed before contradicts it, though its own key has signed it", async () => {
    const forged = branch(0, 20);
    const outside = [...FIRST, checkpointOf({ records: forged, origin: SECOND })];
    expect(await verdicts(await bundleOf(forged, SECOND), outside)).toEqual([
      `outside checkpoints: that of size 5 in epoch 1 has another root: ${UNACCEPTED}`,
      `outside checkpoints: that of size 12 in epoch 1 has another root: ${UNACCEPTED}`,
      `outside checkpoints: that of size 20 in epoch 1 has another root: ${UNACCEPTED}`,
    ]);
  });

  test("is not believed when it is shorter than what was signed before", async () => {
    const outside = [...FIRST, checkpointOf({ ...begin(12), origin: SECOND })];
    expect(await verdicts(await bundleOf(whole.slice(0, 12), SECOND), outside)).toEqual([
      `outside checkpoints: that of size 20 in epoch 1 is of a longer log: ${UNACCEPTED}`,
    ]);
  });

  test("is not believed when its bundle lacks the events to compare with what was signed before", async () => {
    const source = bundleSource({ records: branch(0, 20), origin: SECOND }, [[6, 20]], {
      isComplete: true,
      from: 6,
      filter: {},
    });
    const outside = [...FIRST.slice(0, 2), checkpointOf({ records: branch(0, 20), origin: SECOND })];
    expect(await verdicts(await bundleFile(source), outside)).toEqual([
      `outside checkpoints: some of another epoch need events that are not in this bundle: ${UNACCEPTED}`,
    ]);
  });

  test("is believed when the restore is accepted, by what was signed up to it", async () => {
    const kept = branch(12, 18);
    const outside = [...FIRST, checkpointOf({ records: kept, origin: SECOND })];
    const bundle = await bundleOf(kept, SECOND);
    expect(await verdicts(bundle, outside)).toHaveLength(1);
    expect(await verdicts(bundle, outside, { restored: ["2:12"], isNewest: true })).toEqual([]);
  });

  test("is not believed when it was rewritten before the place that the accepted restore began from", async () => {
    const outside = [...FIRST, checkpointOf({ records: branch(4, 18), origin: SECOND })];
    expect(await verdicts(await bundleOf(branch(4, 18), SECOND), outside, { restored: ["2:12"] })).toEqual([
      "outside checkpoints: that of size 5 in epoch 1 has another root: the log was rewritten",
      "outside checkpoints: that of size 12 in epoch 1 has another root: the log was rewritten",
    ]);
  });

  test("is not believed in a third epoch because the restore to the second was accepted", async () => {
    const second = branch(12, 18);
    const outside = [
      ...FIRST,
      checkpointOf({ records: second, origin: SECOND }),
      checkpointOf({ ...begin(14), origin: THIRD }),
    ];
    const bundle = await bundleOf(whole.slice(0, 14), THIRD);
    expect(await verdicts(bundle, outside, { restored: ["2:12"] })).toEqual([
      `outside checkpoints: that of size 18 in epoch 2 is of a longer log: ${UNACCEPTED}`,
    ]);
    expect(await verdicts(bundle, outside, { restored: ["2:12", "3:12"] })).toEqual([]);
  });

  test("leaves an older bundle believable, but not as the newest there is", async () => {
    const outside = [...FIRST, checkpointOf({ records: branch(12, 18), origin: SECOND })];
    const bundle = await bundleOf(whole);
    expect(await verdicts(bundle, outside)).toHaveLength(1);
    expect(await verdicts(bundle, outside, { restored: ["2:12"] })).toEqual([]);
    const lateRestore = [...FIRST, checkpointOf({ ...begin(20), origin: SECOND })];
    expect(await verdicts(bundle, lateRestore, { isNewest: true })).toEqual([
      "outside checkpoints: some are of a later epoch: the log goes on under another name",
    ]);
  });

  test.each(["latchkey/10-19a00000000-bcdfghjk/1", "latchkey/10-19a00000000-bcdfghjk/-1", "latchkey/x/y", "trail/x"])(
    "has no other name than those a server gives (%s)",
    async (origin) => {
      expect(await verdicts(await bundleOf(whole, origin), FIRST)).toEqual(["manifest: names no log"]);
    },
  );
});

test.each(["1:5", "2", "2:", "2:-1", "02:5", "2:9007199254740993"])("%s is no restore to accept", async (restored) => {
  const bundle = await bundleOf(whole);
  await expect(bothVerdicts(bundle, { restored: [restored] })).rejects.toThrow("is no restore");
});
