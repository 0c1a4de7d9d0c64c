import { describe, expect, test } from "vitest";
import { signNote } from "@/lib/audit/note";
import {
  bundleFile,
  bundleSource,
  checkpointOf,
  logOfSize,
  recordOf,
  seedOf,
  vkeyOfSeed,
} from "@/lib/testing/audit-log";
import {
  bothVerdicts,
  pythonVerdicts,
  type Texts,
  type Trust,
  unzip,
  verdictOf,
  withSums,
  zip,
} from "@/lib/testing/bundles";

const PINNED: Trust = { pinned: [vkeyOfSeed(seedOf(1))] };

/** Each row breaks a bundle of twelve events in one way; all sums and signatures that can be mended are. */
const BREAKS: [what: string, change: (texts: Texts) => Texts, named: RegExp][] = [
  ["a file more", (texts) => texts.set("extra.txt", "more"), /^extra\.txt: is not named/],
  ["a file less", (texts) => (texts.delete("README.txt"), texts), /^README\.txt: is missing/],
  ["no checkpoint", (texts) => (texts.delete("checkpoint"), texts), /^checkpoint: is missing/],
  ["a changed README", (texts) => texts.set("README.txt", "Trust me.\n"), /^README\.txt: does not have the sum/],
  ["no sense in the manifest", (texts) => texts.set("manifest", "nonsense"), /^manifest: /],
  ["no key", (texts) => texts.set("keys", "\n"), /^keys: /],
];

describe("a bundle is not believed, and the place is named,", () => {
  test.each(BREAKS)("with %s", async (_, change, named) => {
    const texts = await unzip(await bundleFile(bundleSource(logOfSize(12))));
    const [ours, python] = await bothVerdicts(await zip(change(texts)), PINNED);
    expect(ours.join("\n")).toMatch(named);
    expect(python.join("\n")).toMatch(named);
  });

  /** Signed by the log's own key, so that only the rule that is broken can tell. */
  const SIGNED: [what: string, file: string, change: (text: string) => string, named: RegExp][] = [
    [
      "a line that is not canonical",
      "events.jsonl",
      (text) => text.replace('"v":1}', '"v": 1}'),
      /line 1 \(seq 0\): is not in canonical form/,
    ],
    [
      "a member twice",
      "events.jsonl",
      (text) => text.replace('{"action"', '{"action":"x","action"'),
      /line 1 \(seq 0\): is not in canonical form/,
    ],
    [
      "a line of another log",
      "events.jsonl",
      (text) => text.replace('"log":"10-19a', '"log":"10-29a'),
      /line 1 \(seq 0\): belongs to the log ["']10-29a/,
    ],
    [
      "a line of another place",
      "events.jsonl",
      (text) => text.replace('"seq":3,', '"seq":4,'),
      /line 4 \(seq 3\): has the sequence number 4/,
    ],
    ["no end of the last line", "events.jsonl", (text) => text.slice(0, -1), /line 12.*: has no end/],
    ["a byte order mark", "events.jsonl", (text) => `\ufeff${text}`, /line 1 \(seq 0\): is not JSON/],
    [
      "a line too many",
      "events.jsonl",
      (text) => text + text.slice(text.lastIndexOf("\n", text.length - 2) + 1),
      /line 13: is not among the events/,
    ],
    [
      "a hash too many",
      "proof.json",
      (text) => text.replace('"hashes":[', `"hashes":["${btoa("x".repeat(32))}"`),
      /proof\.json: has hashes left over/,
    ],
    ["a hash that is short", "proof.json", (text) => text.replace('"hashes":[', '"hashes":["eHh4"'), /proof\.json: /],
    [
      "overlapping ranges",
      "proof.json",
      (text) => text.replace("[[0,12]]", "[[0,7],[6,12]]"),
      /proof\.json: has a range that does not follow/,
    ],
    [
      "ranges that touch",
      "proof.json",
      (text) => text.replace("[[0,12]]", "[[0,7],[7,12]]"),
      /proof\.json: has a range that does not follow/,
    ],
    ["events left out", "proof.json", (text) => text.replace("[[0,12]]", "[[0,11]]"), /proof\.json: leaves out events/],
    [
      "another size in the proof",
      "proof.json",
      (text) => text.replace('"size":12', '"size":13'),
      /proof\.json: is of another size/,
    ],
    [
      "another origin in the manifest",
      "manifest",
      (text) => text.replace("latchkey/10", "latchkey/11"),
      /checkpoint: is of another log/,
    ],
    [
      "another size in the manifest",
      "manifest",
      (text) => text.replace("size 12", "size 13"),
      /checkpoint: is of another log or size/,
    ],
    [
      "a filter in what is complete",
      "manifest",
      (text) => text.replace("filter {}", 'filter {"action":"x"}'),
      /manifest: calls itself complete and is not/,
    ],
    [
      "a range outside the log",
      "manifest",
      (text) => text.replace("range 0 12", "range 0 13"),
      /manifest: names a range that is not in the log/,
    ],
    [
      "more events than there are",
      "manifest",
      (text) => text.replace("events 12", "events 013"),
      /manifest: 013|manifest: '013'/,
    ],
  ];
  test.each(SIGNED)("with %s, whoever signed it", async (_, file, change, named) => {
    const texts = await unzip(await bundleFile(bundleSource(logOfSize(12))));
    texts.set(file, change(texts.get(file) as string));
    const [ours, python] = await bothVerdicts(await zip(withSums(texts, seedOf(1))), PINNED);
    expect(ours.join("\n")).toMatch(named);
    expect(python.join("\n")).toMatch(named);
  });

  test("when another key has signed it, and its own keys say nothing for it", async () => {
    const bundle = await bundleFile(bundleSource({ records: logOfSize(12).records, seeds: [seedOf(9)] }));
    for (const verdict of await bothVerdicts(bundle, PINNED))
      expect(verdict.join()).toMatch(/^manifest: .*trusted key/);
  });

  test("when the key before did not endorse the one that signed it", async () => {
    const forged = bundleSource({ records: logOfSize(12).records, seeds: [seedOf(1), seedOf(9)] });
    const keys = forged.keys.replace(/\n\n— .*\n$/, signNote("x\n", seedOf(9)).slice(1));
    const bundle = await bundleFile({ ...forged, keys });
    for (const verdict of await bothVerdicts(bundle, PINNED)) expect(verdict.join()).toMatch(/^keys: /);
  });

  test("when a checkpoint from outside has another root, or none is of this log", async () => {
    const bundle = await bundleFile(bundleSource(logOfSize(12)));
    const rewritten = checkpointOf({
      records: [recordOf(0, { action: "key.revoked" }), ...logOfSize(5).records.slice(1)],
    });
    const other = checkpointOf({ ...logOfSize(5), origin: "latchkey/other" });
    for (const verdict of await bothVerdicts(bundle, { ...PINNED, outside: [rewritten] })) {
      expect(verdict).toEqual(["outside checkpoints: that of size 5 has another root: the log was rewritten"]);
    }
    for (const verdict of await bothVerdicts(bundle, { ...PINNED, outside: [other] })) {
      expect(verdict.join()).toMatch(/nothing was compared$/);
    }
  });

  test("with a file twice, of which readers could take either", async () => {
    const texts = await unzip(await bundleFile(bundleSource(logOfSize(12))));
    const named = await zip([...texts, ["README.tyt", "Trust me.\n"]]);
    const bytes = Buffer.from(await named.arrayBuffer());
    const twice = new Blob([Buffer.from(bytes.toString("latin1").replaceAll("README.tyt", "README.txt"), "latin1")]);
    const [ours, python] = await bothVerdicts(twice, PINNED);
    expect(ours.join()).toMatch(/^bundle: /);
    expect(python).toEqual(["README.txt: is in the bundle twice"]);
  });

  test("when its zip is cut off anywhere", async () => {
    const whole = await bundleFile(bundleSource(logOfSize(12)));
    const cuts = Array.from({ length: 20 }, (_, at) => whole.slice(0, Math.floor((whole.size * at) / 20)));
    for (const cut of cuts) expect(await verdictOf(cut, PINNED)).not.toEqual([]);
    for (const verdict of await pythonVerdicts(cuts, PINNED)) expect(verdict).not.toEqual([]);
  });
});
