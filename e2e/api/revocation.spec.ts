import { setTimeout as delay } from "node:timers/promises";
import { expect } from "playwright/test";
import { ask } from "./revocation-ask";
import { type Drill, isShared, test } from "./revocation-drill";
import { startTrusting, whileCutOff, whileDeaf, whileNobodyWaits, whileStopped } from "./revocation-faults";
import {
  endAndAsk,
  type Ending,
  pick,
  printTally,
  runRounds,
  Tally,
  type Way,
  warm,
  warmOneOfEach,
} from "./revocation-run";

/** Pairs of a credential and what ends it. `npm run drill:revocation` takes 10,000. */
const PAIRS = Number(process.env.DRILL_ROUNDS ?? (isShared ? 150 : 60));
const FAULTS = Math.max(1, Math.round(PAIRS / 2_000));
const FAULT_MS = PAIRS < 1_000 ? 4_000 : 10_000;
/** A lease, and the little that a check takes. */
const LEASE_IS_OVER_MS = 3_000;

// What is accepted once too often would be accepted the second time rightly.
test.describe.configure({ retries: 0, mode: "default", timeout: 240_000 + PAIRS * 400 });

/** Ends each of them through one of these servers while all are asked about it. */
const endAll = (
  warmed: readonly { name: string; ending: Ending }[],
  through: readonly string[],
  { origins }: Drill,
  tally: Tally,
) => warmed.map(({ name, ending }) => endAndAsk(name, ending, { origins, through }, tally));

const others = ({ origins }: Drill, { origin }: { origin: string }) => origins.filter((each) => each !== origin);

test(`of ${PAIRS} credentials that were ended no server accepts one in a check that begins afterwards`, async ({
  drill,
}) => {
  const tally = new Tally();
  await runRounds(drill, drill.ways, PAIRS, tally);
  printTally("undisturbed", tally);
  expect(tally.stale).toEqual([]);
});

test.describe("on PostgreSQL", () => {
  test.skip(!isShared, "the embedded store has one server");

  test("nor when the connections are cut that tell of changes and renew leases", async ({ drill }) => {
    const tally = new Tally();
    const { ended } = await whileDeaf(pick(drill.members), () => runRounds(drill, drill.ways, PAIRS / 5, tally));
    printTally(`${ended} connections cut`, tally);
    expect(ended).toBeGreaterThan(0);
    expect(tally.stale).toEqual([]);
  });

  test("nor does a server that stood still meanwhile, the moment it goes on", async ({ drill }) => {
    const tally = new Tally();
    for (let fault = 0; fault < FAULTS; fault++) {
      const warmed = await warmOneOfEach(drill, drill.ways);
      const stopped = pick(drill.members);
      await whileStopped(stopped, FAULT_MS, () => Promise.all(endAll(warmed, others(drill, stopped), drill, tally)));
    }
    printTally(`${FAULTS} × SIGSTOP for ${FAULT_MS / 1_000} s`, tally);
    expect(tally.pairs).toBeGreaterThan(0);
    expect(tally.stale).toEqual([]);
  });

  test("nor does a server that was cut off from PostgreSQL meanwhile", async ({ drill }) => {
    const tally = new Tally();
    for (let fault = 0; fault < FAULTS; fault++) {
      const warmed = await warmOneOfEach(drill, drill.ways);
      const alone = pick(drill.members);
      await whileCutOff([alone], FAULT_MS, () => Promise.all(endAll(warmed, others(drill, alone), drill, tally)));
    }
    printTally(`${FAULTS} × one server without PostgreSQL for ${FAULT_MS / 1_000} s`, tally);
    expect(tally.pairs).toBeGreaterThan(0);
    expect(tally.unavailable).toBeGreaterThan(0);
    expect(tally.stale).toEqual([]);
  });

  test("while PostgreSQL pauses nobody is let in once the leases are over, and afterwards all goes on", async ({
    drill,
  }) => {
    const tally = new Tally();
    for (let fault = 0; fault < FAULTS; fault++) {
      const warmed = await warmOneOfEach(drill, drill.simpleWays);
      const witness = drill.acme.asking((await drill.acme.newKey()).key);
      await warm(drill.origins, { asked: [witness], end: () => Promise.resolve() });
      const endings = endAll(warmed, drill.origins, drill, tally);
      await Promise.race(endings);
      const answers = await whileCutOff(drill.members, LEASE_IS_OVER_MS + 5_000, async () => {
        await delay(LEASE_IS_OVER_MS);
        return Promise.all(drill.origins.map((origin) => ask(origin, witness)));
      });
      expect(answers).toEqual(["unavailable", "unavailable", "unavailable"]);
      await Promise.all(endings);
      await expect
        .poll(() => Promise.all(drill.origins.map((origin) => ask(origin, witness))), { timeout: 15_000 })
        .toEqual(["accepted", "accepted", "accepted"]);
    }
    printTally(`${FAULTS} × PostgreSQL away for ${LEASE_IS_OVER_MS / 1_000 + 5} s`, tally);
    expect(tally.stale).toEqual([]);
  });

  test("the drill finds out a server that answers from memory without a lease", async ({ drill }) => {
    const [first] = drill.members as [Drill["members"][0]];
    const trusting = await startTrusting(first);
    try {
      const pair = { ...drill, origins: [first.origin, trusting.origin] };
      const tally = new Tally();
      const warmed = await warmOneOfEach(pair, keyOf(drill));
      await whileCutOff([trusting], FAULT_MS, () => Promise.all(endAll(warmed, [first.origin], pair, tally)));
      printTally("control: memory without a lease", tally);
      expect(tally.stale).toEqual(["API key revoked"]);
    } finally {
      await trusting.dispose();
    }
  });

  test("the drill finds out a revocation that waits for nobody", async ({ drill }) => {
    const tally = new Tally();
    await whileNobodyWaits(pick(drill.members), () => runRounds(drill, keyOf(drill), 20, tally));
    printTally("control: nobody is waited for", tally);
    expect(tally.stale.length).toBeGreaterThan(0);
  });
});

const keyOf = ({ ways }: Drill): Record<string, Way> => ({ "API key revoked": ways["API key revoked"] as Way });
