import { describe, expect, test } from "vitest";
import { bundleFile, bundleSource, logOfSize, recordOf, seedOf, vkeyOfSeed } from "@/lib/testing/audit-log";
import { bothVerdicts, runPython, type Texts, type Trust, unzip, withSums, zip } from "@/lib/testing/bundles";
import { verifyBundle } from "./bundle";
import { linesOfReport } from "./print";
import { openBundle } from "./zip";

const PINNED: Trust = { pinned: [vkeyOfSeed(seedOf(1))] };

const bothOf = async (texts: Texts) => bothVerdicts(await zip(texts), PINNED);
const genuine = async () => unzip(await bundleFile(bundleSource(logOfSize(12))));

describe("a bundle made to exhaust whoever verifies it", () => {
  test("is read no further than its manifest says", async () => {
    const texts = (await genuine()).set("events.jsonl", "\n".repeat(300_000));
    for (const verdict of await bothOf(texts)) {
      expect(verdict).toHaveLength(13);
      expect(verdict.at(-1)).toBe("events.jsonl line 13: is not among the events of the manifest");
    }
  });

  test("is read no further than a thousand failures, however many events a manifest of its own counts", async () => {
    const texts = (await genuine()).set("events.jsonl", "\n".repeat(300_000));
    const manifest = (texts.get("manifest") as string).replace("events 12", "events 300000").replace("true", "false");
    for (const verdict of await bothOf(withSums(texts.set("manifest", manifest), seedOf(1)))) {
      expect(verdict).toHaveLength(1001);
      expect(verdict.at(-1)).toMatch(/this failure and those after it are not listed$/);
    }
  });

  test("has no line without an end", async () => {
    const texts = (await genuine()).set("events.jsonl", "x".repeat(5_000_000));
    for (const verdict of await bothOf(texts)) {
      expect(verdict).toEqual(["events.jsonl: has a line of more than 4194304 bytes"]);
    }
  });

  test("has a proof that is read when its sum is right, and it is no larger than so many events need", async () => {
    const swapped = (await genuine()).set("proof.json", "[".repeat(2_000_000));
    for (const verdict of await bothOf(swapped)) {
      expect(verdict).toEqual(["proof.json: does not have the sum that the manifest names"]);
    }
    for (const verdict of await bothOf(withSums(swapped, seedOf(1)))) {
      expect(verdict).toEqual(["proof.json: is larger than 2080 bytes"]);
    }
  });

  test("has no more files than can soon be compared", async () => {
    const texts = await genuine();
    for (let at = 0; at < 100; at++) texts.set(`extra ${at}`, "");
    for (const verdict of await bothOf(texts)) expect(verdict).toEqual(["bundle: has more than 100 files"]);
  });
});

describe("what a bundle names itself", () => {
  const ESCAPES = "\u001b[2J\u202e\u0007\u009b, VERIFIED";

  async function printed(bundle: Blob): Promise<string[]> {
    const report = await verifyBundle(await openBundle(bundle));
    const ours = linesOfReport("bundle.zip", report).join("\n");
    return [ours, await runPython([bundle], {}, [])];
  }

  test.each([
    ["a file", async () => zip((await genuine()).set(`README\n${ESCAPES}`, "")), /["']README\\+n/],
    [
      "its log",
      () => bundleFile(bundleSource({ ...logOfSize(3), origin: "latchkey/x\u009b2J\u202e, VERIFIED" })),
      /log {7}["']latchkey\/x\\+(u\{9b\}|x9b)2J/,
    ],
  ])("as %s, moves no cursor and passes for no word of the verifier", async (_, make, shown) => {
    for (const output of await printed(await make())) {
      expect(output).toMatch(shown);
      expect(output.replaceAll("\n", "")).not.toMatch(/\p{C}/u);
      expect(output).not.toMatch(/^, VERIFIED/m);
    }
  });
});

describe("both verifiers agree", () => {
  const withRecord = (change: Record<string, unknown>) =>
    bundleFile(bundleSource({ records: [...logOfSize(3).records, recordOf(3, change)] }));

  test("that DEL is text, in an event and in what the events were chosen by", async () => {
    const source = bundleSource({ records: [recordOf(0, { reason: "a\u007fb" })] }, [[0, 1]], {
      filter: { search: "a\u007fb" },
    });
    expect(await bothVerdicts(await bundleFile(source), PINNED)).toEqual([[], []]);
  });

  test("that true is no version", async () => {
    for (const verdict of await bothVerdicts(await withRecord({ v: true }), PINNED)) {
      expect(verdict).toEqual(["events.jsonl line 4 (seq 3): is no record of version 1"]);
    }
  });

  test.each([
    ["a number may be written in two ways", '"size":12', '"size":1.2e1', []],
    ["true is no number", '"size":12', '"size":true', ["proof.json: has a member of the wrong kind"]],
    ["a bound must be a number", "[[3,5]]", "[[3,true]]", ["proof.json: has a range that is no pair of numbers"]],
    [
      "a list of one text is no text",
      /"hashes":\[("[^"]+")/,
      '"hashes":[[$1]',
      ["proof.json: has a hash that is no text"],
    ],
  ])("that in a proof %s", async (_, from, to, expected) => {
    const texts = await unzip(await bundleFile(bundleSource(logOfSize(12), [[3, 5]])));
    texts.set("proof.json", (texts.get("proof.json") as string).replace(from, to));
    expect(await bothOf(withSums(texts, seedOf(1)))).toEqual([expected, expected]);
  });

  test("that no control character is in a note", async () => {
    const source = bundleSource({ ...logOfSize(3), origin: "latchkey/x\u0007" });
    for (const verdict of await bothVerdicts(await bundleFile(source), PINNED)) {
      expect(verdict.join()).toMatch(/^manifest: .*holds control characters/);
    }
  });
});
