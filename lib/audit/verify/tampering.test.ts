import { randomInt } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { exportBundle } from "@/lib/audit/commands";
import { newestCheckpoint } from "@/lib/audit/checkpoints";
import { signNote } from "@/lib/audit/note";
import { sealBatch } from "@/lib/audit/seal";
import { listKeys, signingKey } from "@/lib/audit/signing-key";
import { db } from "@/lib/kernel/db";
import { env } from "@/lib/kernel/env";
import { writeEvent } from "@/lib/kernel/events";
import { bothVerdicts, pythonVerdicts, type Trust, unzip, type Verdict, verdictOf } from "@/lib/testing/bundles";
import { foundOrganization, type TestOrganization } from "@/lib/testing/organization";
import { ATTACKERS, chainOf, isChain, KINDS, type Kind, linesOf, type Loot, tamper } from "@/lib/testing/tamper";

/** `npm run drill:tampering` takes 200 places. A bundle from PostgreSQL is the same bundle: one place shows that. */
const PLACES = Number(process.env.DRILL_ROUNDS ?? (env().databaseUrl ? 1 : 4));
const EVENTS = 250;
/** So many events from one checkpoint to the next. Python takes 14 ms for the signature of each, in every bundle. */
const BATCH = 25;

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
  const outside: string[] = [];
  for (let at = 0; at < EVENTS; at += BATCH) outside.push(await happen(BATCH));
  bundle = await new Response((await exportBundle(acme.owner, {})).parts).blob();
  const { seed } = await db().$transaction(signingKey);
  const pinned = (await listKeys()).map((key) => key.vkey);
  const [vkey = ""] = pinned;
  loot = {
    texts: await unzip(bundle),
    olderCheckpoints: outside.slice(0, -1),
    origin: `latchkey/${acme.id}`,
    vkey,
    serverSigns: (body) => signNote(body, seed),
  };
  trust = { pinned, outside, isNewest: true };
});

test("the untouched bundle is believed by both verifiers", async () => {
  expect(await verdictOf(bundle, trust)).toEqual([]);
  expect(await pythonVerdicts([bundle], trust)).toEqual([[]]);
});

const verdictsOf = async (forged: readonly Blob[]) =>
  [await Promise.all(forged.map((each) => verdictOf(each, trust))), await pythonVerdicts(forged, trust)] as const;

/** The sinks, too, were told of what was signed in the new epoch. */
async function verdictsWhenTold(forged: readonly Blob[]) {
  const [ours, python]: [Verdict[], Verdict[]] = [[], []];
  for (const each of forged) {
    const outside = [...(trust.outside ?? []), (await unzip(each)).get("checkpoint") as string];
    const both = await bothVerdicts(each, { ...trust, outside });
    ours.push(both[0]);
    python.push(both[1]);
  }
  return [ours, python] as const;
}

test.each(Object.keys(KINDS) as Kind[])(
  "%s: found by both verifiers at every place, whether the file or the database is in the wrong hands",
  async (kind) => {
    for (const attacker of ATTACKERS) {
      const places = Array.from({ length: PLACES }, () => randomInt(EVENTS));
      const forged = await Promise.all(places.map((at) => tamper(kind, attacker, at, loot)));
      const missed = (verdicts: (readonly string[])[]) => places.filter((_, i) => verdicts[i]?.length === 0);
      const [ours, python] =
        kind === "rewrite in another epoch" ? await verdictsWhenTold(forged) : await verdictsOf(forged);
      expect([attacker, missed(ours)]).toEqual([attacker, []]);
      expect([attacker, missed(python)]).toEqual([attacker, []]);
    }
  },
  60_000 + PLACES * 3_000,
);

describe("who rewrites everything", () => {
  const byKey = () => ({ pinned: trust.pinned ?? [] });
  const byCheckpoints = () => ({ pinned: [], outside: trust.outside ?? [] });
  const forgedBy = (attacker: (typeof ATTACKERS)[number]) =>
    tamper("rewrite everything", attacker, randomInt(EVENTS), loot);

  test.each(["the file", "the file, mending it"] as const)(
    "of %s is found by the noted key alone, and by the outside checkpoints alone",
    async (attacker) => {
      const forged = await forgedBy(attacker);
      for (const known of [byKey(), byCheckpoints()])
        for (const verdict of await bothVerdicts(forged, known)) expect(verdict).not.toEqual([]);
    },
  );

  test("of the file is believed by who knows neither: the bundle vouches for itself, and warns of that", async () => {
    expect(await bothVerdicts(await forgedBy("the file"), {})).toEqual([[], []]);
  });

  test("of the database is found by the outside checkpoints alone, and never by the server's key", async () => {
    const forged = await forgedBy("the database");
    for (const verdict of await bothVerdicts(forged, byCheckpoints())) expect(verdict).not.toEqual([]);
    expect(await bothVerdicts(forged, byKey())).toEqual([[], []]);
  });
});

test("a chain of hashes without checkpoints misses the missing tail and the rewritten trail", () => {
  const lines = linesOf(loot.texts);
  const at = randomInt(1, EVENTS);
  expect(isChain(chainOf(lines).with(at, { line: "forged", hash: "forged" }))).toBe(false);
  expect(isChain(chainOf(lines).slice(0, at))).toBe(true);
  expect(isChain(chainOf(KINDS["rewrite everything"](lines, at)))).toBe(true);
});
