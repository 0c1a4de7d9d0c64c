import { describe, expect, test } from "vitest";
import { toBase64 } from "@/lib/audit/base64";
import { inclusionRanges } from "@/lib/audit/merkle";
import { checkpointOf, recordOf, rootOf, seedOf, vkeyOfSeed } from "@/lib/testing/audit-log";
import { proveEvent } from "./seen";

const LOG = "10-19a00000000-bcdfghjk";
const ASKED = { event: "15-19a00000003-bcdfghjk", log: LOG };
const KEYS = [{ vkey: vkeyOfSeed(seedOf(1)), endorsement: null }];
const whole = Array.from({ length: 20 }, (_, seq) => recordOf(seq));
const forged = [recordOf(0, { action: "key.revoked" }), ...whole.slice(1)];

const proofOf = (records: readonly string[], origin = `latchkey/${LOG}`) => ({
  record: records[3] as string,
  seq: 3,
  hashes: inclusionRanges(3, records.length).map(([from, to]) => toBase64(rootOf(records.slice(from, to)))),
  checkpoint: checkpointOf({ records, origin }),
  keys: KEYS,
});
const memoryOf = (records: readonly string[], origin = `latchkey/${LOG}`) => ({
  vkey: vkeyOfSeed(seedOf(1)),
  checkpoint: checkpointOf({ records, origin }),
});

describe("the proof of an event", () => {
  test("is believed by who remembers nothing, or an earlier checkpoint of the same log", () => {
    for (const memory of [undefined, memoryOf(whole.slice(0, 9)), memoryOf(whole)]) {
      const { checkpoint, isRenamed } = proveEvent(ASKED, proofOf(whole), memory);
      expect([checkpoint.size, isRenamed]).toEqual([20, false]);
    }
  });

  test("warns who remembers the log under another name, though the same key has signed it", () => {
    expect(proveEvent(ASKED, proofOf(forged, `latchkey/${LOG}/2`), memoryOf(whole)).isRenamed).toBe(true);
    expect(proveEvent(ASKED, proofOf(whole), memoryOf(whole, `latchkey/${LOG}/2`)).isRenamed).toBe(true);
  });

  test("is refused when it is of another event or of another log, whichever log the server says it is of", () => {
    const other = "10-29a00000000-bcdfghjk";
    expect(() => proveEvent({ ...ASKED, event: "15-x" }, proofOf(whole))).toThrow("of another event");
    expect(() => proveEvent({ ...ASKED, log: other }, proofOf(whole))).toThrow("of another log");
    expect(() => proveEvent(ASKED, proofOf(whole, `latchkey/${other}`))).toThrow("of another log");
    const records = whole.map((_, seq) => recordOf(seq, { log: other }));
    expect(() => proveEvent(ASKED, proofOf(records))).toThrow("of another log");
  });

  test("is refused to who has seen a longer log, or another one of this size", () => {
    expect(() => proveEvent(ASKED, proofOf(whole.slice(0, 9)), memoryOf(whole))).toThrow("has seen a longer log");
    expect(() => proveEvent(ASKED, proofOf(forged), memoryOf(whole))).toThrow("it was rewritten");
  });
});
