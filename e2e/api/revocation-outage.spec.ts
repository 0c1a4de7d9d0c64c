import { setTimeout as delay } from "node:timers/promises";
import { expect } from "playwright/test";
import { ask, pick } from "./revocation-ask";
import { around, type Drill, FAULTS, isShared, keyWay, PAIRS, test } from "./revocation-drill";
import { startTrusting, whileCutOff } from "./revocation-faults";
import { endAll, printTally, Tally, warm, warmOneOfEach } from "./revocation-run";

/** A lease, and the little that a check takes. */
const LEASE_IS_OVER_MS = 3_000;

test.use({ isProxied: true });
// What was accepted once too often may be refused the second time.
test.describe.configure({ retries: 0, mode: "default", timeout: 240_000 + PAIRS * 100 });
test.skip(!isShared, "the embedded store lives in the server's own process");

test("a server that is cut off from PostgreSQL accepts nothing that was ended meanwhile", async ({ drill }) => {
  const tally = new Tally();
  for (let fault = 0; fault < FAULTS; fault++) {
    const warmed = await warmOneOfEach(drill, drill.ways);
    const alone = pick(drill.members);
    await whileCutOff([alone], () => Promise.all(endAll(warmed, around(drill, alone), tally)));
  }
  printTally(`${FAULTS} × one server without PostgreSQL until all was ended`, tally);
  expect(tally.pairs).toBeGreaterThan(0);
  expect(tally.unavailable).toBeGreaterThan(0);
  expect([tally.stale, tally.silent]).toEqual([[], 0]);
});

test("while PostgreSQL pauses nobody is let in once the leases are over, and afterwards all goes on", async ({
  drill,
}) => {
  const tally = new Tally();
  for (let fault = 0; fault < FAULTS; fault++) {
    const warmed = await warmOneOfEach(drill, drill.ways);
    const witness = drill.acme.asking((await drill.acme.newKey()).key);
    await warm(drill.origins, { asked: [witness] });
    const endings = endAll(warmed, { ...drill, through: drill.origins }, tally);
    await Promise.race(endings);
    const answers = await whileCutOff(drill.members, async () => {
      await delay(LEASE_IS_OVER_MS);
      return Promise.all(drill.origins.map((origin) => ask(origin, witness)));
    });
    expect(answers).toEqual(["unavailable", "unavailable", "unavailable"]);
    await Promise.all(endings);
    await expect
      .poll(() => Promise.all(drill.origins.map((origin) => ask(origin, witness))), { timeout: 15_000 })
      .toEqual(["accepted", "accepted", "accepted"]);
  }
  printTally(`${FAULTS} × PostgreSQL away`, tally);
  expect(tally.pairs).toBeGreaterThan(0);
  expect([tally.stale, tally.silent]).toEqual([[], 0]);
});

test("the drill finds out a server that answers from memory without a lease", async ({ drill }) => {
  const [first] = drill.members as [Drill["members"][0]];
  const trusting = await startTrusting(first);
  try {
    const pair = { ...drill, origins: [first.origin, trusting.origin] };
    const tally = new Tally();
    const warmed = await warmOneOfEach(pair, keyWay(drill));
    await whileCutOff([trusting], () => Promise.all(endAll(warmed, { ...pair, through: [first.origin] }, tally)));
    printTally("control: memory without a lease", tally);
    expect(tally.stale).toEqual(["API key revoked"]);
  } finally {
    await trusting.dispose();
  }
});
