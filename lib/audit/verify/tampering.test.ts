import { randomInt } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { exportBundle } from "@/lib/audit/commands";
import { newestCheckpoint } from "@/lib/audit/checkpoints";
import { signNote } from "@/lib/audit/note";
import { sealBatch } from "@/lib/audit/seal";
import { listKeys, signingKey } from "@/lib/audit/signing-key";
import { db } from "@/lib/kernel/db";
import { writeEvent } from "@/lib/kernel/events";
import { pythonVerdicts, type Trust, unzip, verdictOf } from "@/lib/testing/bundles";
import { foundOrganization, type TestOrganization } from "@/lib/testing/organization";
import { ATTACKERS, chainOf, isChain, KINDS, type Kind, linesOf, type Loot, tamper } from "@/lib/testing/tamper";

/** `npm run drill:tampering` takes 200 places. */
const PLACES = Number(process.env.DRILL_ROUNDS ?? 4);
const EVENTS = 250;

let acme: TestOrganization;
let bundle: Blob;
let loot: Loot;
let trust: Trust;

async function happen(count: number): Promise<string> {
  await db().$transaction(async (tx) => {
    for (let at = 0; at < count; at++) {
      const target = { id: "56-19a00000000-bcdfghjk", name: `Key ${at}` };
      await writeEvent(tx, acme.owner, { action: "key.generated", target, after: { name: `Key ${at}` } });
    }
  });
  await sealBatch();
  return (await newestCheckpoint(db(), acme.id))?.note as string;
}

/** Of a real trail: the checkpoints that its sink has, the key that was noted down, and a bundle of all of it. */
beforeAll(async () => {
  acme = await foundOrganization();
  const outside = [await happen(EVENTS - 100), await happen(50), await happen(50)];
  bundle = await new Response((await exportBundle(acme.owner, {})).parts).blob();
  const { seed } = await db().$transaction(signingKey);
  loot = {
    texts: await unzip(bundle),
    olderCheckpoint: outside[0] as string,
    origin: `latchkey/${acme.id}`,
    serverSigns: (body) => signNote(body, seed),
  };
  trust = { pinned: (await listKeys()).map(({ vkey }) => vkey), outside, isNewest: true };
});

test("the untouched bundle is believed by both verifiers", async () => {
  expect(await verdictOf(bundle, trust)).toEqual([]);
  expect(await pythonVerdicts([bundle], trust)).toEqual([[]]);
});

test.each(Object.keys(KINDS) as Kind[])(
  "%s: found by both verifiers at every place, whether the file or the database is in the wrong hands",
  async (kind) => {
    for (const attacker of ATTACKERS) {
      const places = Array.from({ length: PLACES }, () => randomInt(EVENTS));
      const forged = await Promise.all(places.map((at) => tamper(kind, attacker, at, loot)));
      const missed = (verdicts: (readonly string[])[]) => places.filter((_, i) => verdicts[i]?.length === 0);
      const ours = await Promise.all(forged.map((each) => verdictOf(each, trust)));
      expect([attacker, missed(ours)]).toEqual([attacker, []]);
      expect([attacker, missed(await pythonVerdicts(forged, trust))]).toEqual([attacker, []]);
    }
  },
  60_000 + PLACES * 3_000,
);

test("who rewrites everything is found by the noted key alone, and by the outside checkpoints alone", async () => {
  const forged = await tamper("rewrite everything", "the file", randomInt(EVENTS), loot);
  for (const { pinned, outside } of [
    { ...trust, outside: undefined },
    { ...trust, pinned: [] },
  ]) {
    expect(await verdictOf(forged, { pinned, outside })).not.toEqual([]);
    expect((await pythonVerdicts([forged], { pinned, outside }))[0]).not.toEqual([]);
  }
  // With neither, the bundle vouches for itself: it warns of that, and nothing more can be known.
  expect(await verdictOf(forged)).toEqual([]);
});

test("a chain of hashes without checkpoints misses the missing tail and the rewritten trail", () => {
  const lines = linesOf(loot.texts);
  const at = randomInt(1, EVENTS);
  expect(isChain(chainOf(lines).with(at, { line: "forged", hash: "forged" }))).toBe(false);
  expect(isChain(chainOf(lines).slice(0, at))).toBe(true);
  expect(isChain(chainOf(KINDS["rewrite everything"](lines, at)))).toBe(true);
});
