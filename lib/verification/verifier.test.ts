import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { startVerifier, verifier } from "./verifier";

let database: ReturnType<typeof makeDatabase>;
let stop: () => Promise<void>;
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance", "Date"] });
  stop = await startVerifier((database = makeDatabase()));
});
afterEach(async () => {
  await stop();
  vi.useRealTimers();
});

/** A database that can go away, and the one connection to it, which is a new one afterwards. */
function makeDatabase() {
  let isAway = false;
  let isNew = false;
  let failed = 0;
  const openSide = (_channel: string, { onOpen }: { onOpen: () => void }) => {
    async function query<R>(text: string): Promise<R[]> {
      if (isAway) {
        failed += 1;
        throw new Error("Connection terminated");
      }
      if (isNew) onOpen();
      isNew = false;
      return (text.startsWith("select seq") ? [] : [{ now: new Date(), seq: "0" }]) as R[];
    }
    return Promise.resolve({ query, close: () => Promise.resolve() });
  };
  return { openSide, failed: () => failed, goAway: () => (isAway = isNew = true), comeBack: () => (isAway = false) };
}

const isUsable = () => verifier()?.lease.isUsable();

test("once its connection was replaced a process answers from memory again in moments", async () => {
  expect(isUsable()).toBe(true);
  database.goAway();
  await vi.advanceTimersByTimeAsync(1_000);
  database.comeBack();
  await vi.advanceTimersByTimeAsync(75);
  expect(isUsable()).toBe(false);
  await vi.advanceTimersByTimeAsync(75);
  expect(isUsable()).toBe(true);
});

test("a database that stays away is asked once a second", async () => {
  database.goAway();
  await vi.advanceTimersByTimeAsync(2_000);
  const before = database.failed();
  await vi.advanceTimersByTimeAsync(3_000);
  expect(database.failed() - before).toBe(3);
});
