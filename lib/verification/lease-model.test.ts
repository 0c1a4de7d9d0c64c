import { setImmediate } from "node:timers/promises";
import fc from "fast-check";
import { expect, test } from "vitest";
import { LeaseWorld, type Parts, type SimulatedProcess } from "@/lib/testing/lease-world";
import { CredentialCache } from "./cache";
import type { Found } from "./found";
import { Lease, type LeaseStore } from "./lease";

const ROUNDS = Number(process.env.DRILL_ROUNDS ?? 400);
const CREDENTIALS = ["a", "b"];
const SOUND: Parts = { lease: Lease, cache: CredentialCache, store: (store) => store, waits: true };

const WEIGHTS = {
  warm: 4,
  serve: 4,
  renew: 2,
  hint: 1,
  execute: 3,
  deliver: 3,
  load: 3,
  revoke: 2,
  poll: 3,
  pass: 4,
  lose: 1,
  freeze: 1,
  suspend: 1,
  wake: 2,
  crash: 1,
};
type Deed = keyof typeof WEIGHTS;

const Step = fc.record({
  deed: fc.oneof(
    ...Object.entries(WEIGHTS).map(([deed, weight]) => ({ weight, arbitrary: fc.constant(deed as Deed) })),
  ),
  who: fc.nat(2),
  which: fc.nat(3),
  ms: fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(1, 20, 400, 1_000) },
    { weight: 2, arbitrary: fc.constantFrom(2_400, 2_600, 3_100) },
    { weight: 1, arbitrary: fc.constant(2_400_000) },
  ),
});
type Step = typeof Step extends fc.Arbitrary<infer T> ? T : never;

/** What the schedule leads to: checks from memory, and how many of them accepted what had been revoked before. */
async function run(parts: Parts, steps: Step[]): Promise<LeaseWorld> {
  const world = new LeaseWorld(3, parts);
  let time = 0;
  for (const { deed, who, which, ms } of steps) {
    const process = world.process(who);
    const credential = CREDENTIALS[which % CREDENTIALS.length] as string;
    switch (deed) {
      case "renew":
      case "hint":
        process.begin(deed);
        break;
      case "execute":
      case "deliver":
        process[deed](which);
        break;
      case "warm":
        process.begin("renew");
        await serve(process);
        world.load(process, credential);
        await serve(process);
        break;
      case "serve":
        await serve(process);
        break;
      case "load":
        world.load(process, credential);
        break;
      case "revoke":
        world.revoke(credential);
        break;
      case "poll":
        world.poll();
        break;
      case "pass":
        time += ms;
        world.pass(ms);
        break;
      case "lose":
        process.lose();
        break;
      case "freeze":
      case "suspend":
        process.stop(time, deed === "suspend");
        break;
      case "wake":
        process.wake(time);
        break;
      case "crash":
        world.crash(who);
        break;
    }
    await setImmediate();
    // Whatever happens, nobody who asks now is told of what was revoked before.
    for (const one of [0, 1, 2]) for (const target of CREDENTIALS) world.check(world.process(one), target);
  }
  return world;
}

/** The database and the network do what they are asked for. */
async function serve(process: SimulatedProcess): Promise<void> {
  for (let i = 0; i < 6; i += 1) {
    process.execute(0);
    process.deliver(0);
    await setImmediate();
  }
}

const schedules = fc.array(Step, { minLength: 20, maxLength: 120 });

const first = (deed: Deed, more: Partial<Step> = {}): Step => ({ deed, who: 0, which: 0, ms: 1, ...more });

/** A process that nobody waits for any more reads, then somebody revokes, then it is granted a new lease. */
const RENEWED_LATE = [
  ...[first("warm"), first("revoke", { which: 1 }), first("poll"), first("pass", { ms: 3_100 }), first("poll")],
  ...[first("renew"), first("execute"), first("deliver"), first("revoke"), first("poll"), first("serve")],
];

/** What was read before a change arrives after the change was applied and the revocation has returned. */
const OVERTAKEN = [
  ...[first("warm"), first("load"), first("execute"), first("revoke"), first("hint"), first("execute")],
  ...[first("deliver", { which: 1 }), first("execute"), first("deliver", { which: 1 }), first("poll")],
  first("deliver"),
];

/** A schedule after which the parts accept what had been revoked; undefined when none was found. */
async function staleIn(parts: Parts, rounds: number) {
  const outcome = await fc.check(
    fc.asyncProperty(schedules, async (steps) => (await run(parts, steps)).stale === 0),
    { numRuns: rounds, endOnFailure: true, examples: [[RENEWED_LATE], [OVERTAKEN]] },
  );
  return outcome.failed ? outcome.counterexample : undefined;
}

test("no schedule of loads, changes, renewals, losses, stops and crashes lets a process accept what was revoked", async () => {
  expect(await staleIn(SOUND, ROUNDS)).toBeUndefined();
}, 3_600_000);

test("the schedules do answer from memory", async () => {
  const worlds = await Promise.all(fc.sample(schedules, 60).map((steps) => run(SOUND, steps)));
  expect(worlds.filter(({ answeredFromMemory }) => answeredFromMemory > 0).length).toBeGreaterThan(5);
}, 60_000);

class Trusting extends Lease {
  override isUsable = () => true;
}
class Careless extends CredentialCache {
  override beginLoad() {
    return (key: string, found: Found) => super.beginLoad()(key, found);
  }
}
/** Reads what was committed before it is granted anything, and takes it for all that was committed before. */
const hasty = (store: LeaseStore): LeaseStore => {
  let read = Promise.resolve<Awaited<ReturnType<LeaseStore["invalidationsAfter"]>>>([]);
  return {
    ...store,
    renew: (applied) => (read = store.invalidationsAfter(applied)).then(() => store.renew(applied)),
    invalidationsAfter: () => read,
  };
};

test.each([
  ["a lease that is never over", { ...SOUND, lease: Trusting }],
  ["a cache that takes in what a change has overtaken", { ...SOUND, cache: Careless }],
  ["a grant before which nothing is read after it", { ...SOUND, store: hasty }],
  ["a revocation that waits for nobody", { ...SOUND, waits: false }],
])(
  "%s is found out",
  async (_, parts) => {
    expect(await staleIn(parts, 5_000)).toBeDefined();
  },
  120_000,
);
