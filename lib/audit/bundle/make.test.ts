import { beforeAll, describe, expect, test } from "vitest";
import { exportBundle } from "@/lib/audit/commands";
import { sealBatch } from "@/lib/audit/seal";
import { ExportBundle } from "@/lib/audit/integrity-schema";
import { listKeys } from "@/lib/audit/signing-key";
import { newestCheckpoint } from "@/lib/audit/checkpoints";
import { db } from "@/lib/kernel/db";
import { writeEvent } from "@/lib/kernel/events";
import { mintSecret } from "@/lib/kernel/secrets";
import { pythonVerdicts, unzip, verdictOf } from "@/lib/testing/bundles";
import { codeOf, foundOrganization, type TestOrganization } from "@/lib/testing/organization";

let acme: TestOrganization;
let pinned: string[];
let note: string;

const EVENTS = 300;
const KEY = "56-19a00000000-bcdfghjk";

const exported = async (query: Record<string, string> = {}) => {
  const { fileName: name, parts } = await exportBundle(acme.owner, ExportBundle.parse(query));
  return { name, zip: await new Response(parts).blob() };
};

beforeAll(async () => {
  acme = await foundOrganization();
  await db().$transaction(async (tx) => {
    for (let at = 0; at < EVENTS; at++) {
      const target = { id: KEY, name: `Key ${at}` };
      const entry =
        at % 3 === 0 ? ({ action: "key.disabled", target } as const) : ({ action: "key.enabled", target } as const);
      await writeEvent(tx, acme.owner, entry);
    }
  });
  await sealBatch();
  pinned = (await listKeys()).map(({ vkey }) => vkey);
  note = (await newestCheckpoint(db(), acme.id))?.note as string;
});

describe("a bundle of the database", () => {
  test("has the whole trail, and both verifiers believe it", async () => {
    const { name, zip } = await exported();
    expect(name).toMatch(/^latchkey-[a-p]{16}-0-300-\d{4}-\d\d-\d\d\.zip$/);
    const texts = await unzip(zip);
    expect([...texts.keys()]).toEqual([
      "events.jsonl",
      "proof.json",
      "checkpoint",
      "keys",
      "README.txt",
      "verify.py",
      "manifest",
    ]);
    expect(texts.get("events.jsonl")?.split("\n")).toHaveLength(EVENTS + 1);
    const trust = { pinned, outside: [note] };
    expect(await verdictOf(zip, trust)).toEqual([]);
    expect(await pythonVerdicts([zip], trust)).toEqual([[]]);
  });

  test("of a range or a filter has those events alone, proved by the same checkpoint", async () => {
    const range = await exported({ fromSeq: "100", toSeq: "117" });
    const filtered = await exported({ action: "key.disabled", toSeq: "290" });
    const none = await exported({ action: "key.revoked" });
    expect((await unzip(range.zip)).get("events.jsonl")?.split("\n")).toHaveLength(18);
    expect((await unzip(filtered.zip)).get("events.jsonl")?.split("\n")).toHaveLength(98);
    expect((await unzip(filtered.zip)).get("manifest")).toContain(
      '\nevents 97\ncomplete false\nrange 0 290\nfilter {"action":["key.disabled"]}\n',
    );
    const zips = [range.zip, filtered.zip, none.zip];
    for (const zip of zips) expect(await verdictOf(zip, { pinned })).toEqual([]);
    expect(await pythonVerdicts(zips, { pinned })).toEqual([[], [], []]);
  });

  test("is recorded before it is read", async () => {
    await exportBundle(acme.owner, ExportBundle.parse({ fromSeq: "5", toSeq: "9" }));
    const newest = (await acme.events()).at(-1);
    expect([newest?.action, newest?.after]).toEqual([
      "trail.exported",
      { format: "bundle", events: 4, range: "5–9", filter: null },
    ]);
  });

  test("shows no credential that was searched for, glued to other text or not, on the trail or in the bundle", async () => {
    const { value } = mintSecret("api_key");
    const { zip } = await exported({ q: `x${value}_9` });
    expect((await acme.events()).at(-1)?.after).toMatchObject({ events: 0, filter: { q: "x[secret]_9" } });
    expect((await unzip(zip)).get("manifest")).toContain('filter {"q":"x[secret]_9"}');
  });

  test("is refused for a range that the log does not have", async () => {
    for (const query of [{ toSeq: "301" }, { fromSeq: "301" }, { fromSeq: "9", toSeq: "8" }]) {
      expect(await codeOf(exportBundle(acme.owner, ExportBundle.parse(query)))).toBe("invalid_input");
    }
  });

  test("is none of those who may not read the trail, and never has another organization's events", async () => {
    const developer = await acme.as("Developer");
    expect(await codeOf(exportBundle(developer, {}))).toBe("forbidden");
    expect((await acme.events()).at(-1)).toMatchObject({
      action: "trail.exported",
      outcome: "denied",
      actorId: developer.principal.id,
      targetId: acme.id,
    });
    const globex = await foundOrganization();
    expect(await codeOf(exportBundle(globex.owner, {}))).toBe("busy");
  });
});
