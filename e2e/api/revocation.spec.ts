import { expect } from "playwright/test";
import { around, FAULT_MS, FAULTS, isShared, keyWay, PAIRS, test } from "./revocation-drill";
import { pick } from "./revocation-ask";
import { whileDeaf, whileNobodyWaits, whileStopped, whileTheyStop } from "./revocation-faults";
import { endAll, printTally, runRounds, Tally, warmOneOfEach } from "./revocation-run";

// What was accepted once too often may be refused the second time.
test.describe.configure({ retries: 0, mode: "default", timeout: 240_000 + PAIRS * 400 });

test(`of ${PAIRS} credentials that were ended no server accepts one in a check that begins afterwards`, async ({
  drill,
}) => {
  const tally = new Tally();
  await runRounds(drill, drill.ways, PAIRS, tally);
  printTally("undisturbed", tally);
  expect([tally.stale, tally.silent]).toEqual([[], 0]);
});

test.describe("on PostgreSQL", () => {
  test.skip(!isShared, "the embedded store has one server");

  test("nor when the connections are cut that tell of changes and renew leases", async ({ drill }) => {
    const tally = new Tally();
    const { ended } = await whileDeaf(pick(drill.members), () => runRounds(drill, drill.ways, PAIRS / 5, tally));
    printTally(`${ended} connections cut`, tally);
    expect(ended).toBeGreaterThan(0);
    expect([tally.stale, tally.silent]).toEqual([[], 0]);
  });

  test("nor does a server that stood still meanwhile, the moment it goes on", async ({ drill }) => {
    const tally = new Tally();
    for (let fault = 0; fault < FAULTS; fault++) {
      const warmed = await warmOneOfEach(drill, drill.ways);
      const stopped = pick(drill.members);
      await whileStopped(stopped, FAULT_MS, () => Promise.all(endAll(warmed, around(drill, stopped), tally)));
    }
    printTally(`${FAULTS} × SIGSTOP for ${FAULT_MS / 1_000} s`, tally);
    expect(tally.pairs).toBeGreaterThan(0);
    expect(tally.stale).toEqual([]);
  });

  test("nor while one server after the other stands still, any of them at any time", async ({ drill }) => {
    const tally = new Tally();
    const rounds = () => runRounds(drill, drill.ways, PAIRS / 5, tally);
    const { stops } = await whileTheyStop(drill.members, FAULT_MS, rounds);
    printTally(`${stops} × SIGSTOP for ${FAULT_MS / 1_000} s in between`, tally);
    expect(stops).toBeGreaterThan(0);
    expect(tally.stale).toEqual([]);
  });

  test("the drill finds out a revocation that waits for nobody", async ({ drill }) => {
    const tally = new Tally();
    await whileNobodyWaits(pick(drill.members), () => runRounds(drill, keyWay(drill), 20, tally));
    printTally("control: nobody is waited for", tally);
    expect(tally.stale.length).toBeGreaterThan(0);
  });
});
