import { expect, test } from "vitest";
import { foundWith } from "@/lib/testing/lease-world";
import { CredentialCache } from "./cache";
import { Lease, type LeaseStore } from "./lease";

const HOUR = 3_600_000;
const FOUND = foundWith("a key", 1);

/** A database that keeps invalidations for an hour, and a process whose clock stands still while it is suspended. */
function makeWorld() {
  let time = 0;
  let log: { seq: bigint; target: string; at: number }[] = [];
  let seq = 0n;
  const store: LeaseStore = {
    renew: () => Promise.resolve(new Date(time)),
    confirm: () => Promise.resolve(),
    invalidationsAfter: (after) => Promise.resolve(log.filter((one) => one.seq > after)),
    lastSeq: () => Promise.resolve(seq),
    release: () => Promise.resolve(),
  };
  const cache = new CredentialCache();
  const lease = new Lease(store, cache, () => ({ monotonic: 0, wall: time }));
  return {
    cache,
    lease,
    store,
    pass(ms: number) {
      time += ms;
      log = log.filter(({ at }) => at > time - HOUR);
    },
    change(target: string) {
      log.push({ seq: (seq += 1n), target, at: time });
    },
  };
}

test.each(["hint", "renew"] as const)(
  "a process that slept past what is kept of the changes remembers nothing from before, though a %s comes first",
  async (first) => {
    const { cache, lease, pass, change } = makeWorld();
    await lease.renew();
    cache.beginLoad()("value", FOUND);
    change("a key");
    pass(2 * HOUR);
    await lease[first]();
    await lease.renew();
    expect([lease.isUsable(), cache.get("value")]).toEqual([true, undefined]);
  },
);

test("a process that sleeps while it renews its lease remembers nothing from before either", async () => {
  const { cache, lease, store, pass, change } = makeWorld();
  await lease.renew();
  cache.beginLoad()("value", FOUND);
  change("a key");
  const grant = store.renew;
  store.renew = (applied) => {
    pass(2 * HOUR);
    store.renew = grant;
    return grant(applied);
  };
  await lease.renew();
  await lease.renew();
  expect([lease.isUsable(), cache.get("value")]).toEqual([true, undefined]);
});
