import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { toBase64 } from "@/lib/audit/base64";
import { type Checkpoint, parseCheckpoint } from "@/lib/audit/checkpoint";
import { consistencyRanges, inclusionRanges, type Range } from "@/lib/audit/merkle";
import { noteKey, publicKeyOf } from "@/lib/audit/note";
import { checkpointOf, recordOf, rootOf, seedOf } from "@/lib/testing/audit-log";
import { requireConsistency, verifyEvent } from "./event";

const records = Array.from({ length: 70 }, (_, seq) => recordOf(seq));
const forged = [recordOf(0, { action: "key.revoked" }), ...records.slice(1)];
const TRUSTED = [noteKey(publicKeyOf(seedOf(1)))];

const hashesOf = (ranges: readonly Range[], of = records) => ranges.map(([from, to]) => rootOf(of.slice(from, to)));
const proofOf = (seq: number, size: number) => ({
  record: records[seq] as string,
  seq,
  hashes: hashesOf(inclusionRanges(seq, size)).map(toBase64),
  checkpoint: checkpointOf({ records: records.slice(0, size) }),
});
const stated = (size: number, of = records): Checkpoint => ({
  ...parseCheckpoint(checkpointOf({ records: of.slice(0, size) })),
});

const place = fc.integer({ min: 1, max: 70 }).chain((size) => fc.tuple(fc.nat(size - 1), fc.constant(size)));

describe("the proof of an event", () => {
  test("is accepted for the event at its place, in a log of any size", () => {
    fc.assert(
      fc.property(place, ([seq, size]) => {
        expect(verifyEvent(proofOf(seq, size), TRUSTED).size).toBe(size);
      }),
    );
  });

  test("is refused for any other text, place, hash, size or key", () => {
    fc.assert(
      fc.property(place, fc.nat(), ([seq, size], chance) => {
        const proof = proofOf(seq, size);
        const refused = (change: Partial<typeof proof>, trusted = TRUSTED) =>
          expect(() => verifyEvent({ ...proof, ...change }, trusted)).toThrow();
        refused({ record: proof.record.replace("key.generated", "key.revoked") });
        refused({ seq: size });
        refused({ seq: seq - size });
        if (size > 1) refused({ seq: (seq + 1 + (chance % (size - 1))) % size });
        refused({ hashes: [...proof.hashes, toBase64(rootOf(records))] });
        if (proof.hashes.length > 0) refused({ hashes: proof.hashes.slice(1) });
        refused({ checkpoint: proof.checkpoint.replace(`\n${size}\n`, `\n${size + 1}\n`) });
        refused({}, [noteKey(publicKeyOf(seedOf(2)))]);
      }),
    );
  });
});

describe("two checkpoints of one log", () => {
  test("agree when the later log begins with the earlier one", () => {
    fc.assert(
      fc.property(place, ([before, after]) => {
        const proof = before > 0 ? hashesOf(consistencyRanges(before, after)) : [];
        expect(() => requireConsistency(stated(before), stated(after), proof)).not.toThrow();
      }),
    );
  });

  test("do not agree when the log was rewritten, whatever is offered as proof", () => {
    fc.assert(
      fc.property(place, ([seq, after]) => {
        const before = seq + 1;
        for (const of of [records, forged]) {
          const proof = hashesOf(consistencyRanges(before, after), of);
          expect(() => requireConsistency(stated(before, forged), stated(after), proof)).toThrow("it was rewritten");
        }
      }),
    );
  });

  test("do not agree when the log has become shorter, or is another one", () => {
    expect(() => requireConsistency(stated(9), stated(8), [])).toThrow("its end is missing");
    const other = { ...stated(9), origin: "latchkey/other" };
    expect(() => requireConsistency(stated(9), other, [])).toThrow("different logs");
  });
});
