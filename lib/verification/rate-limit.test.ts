import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { freePort } from "@/e2e/fixtures/process";
import { buildProgram, startProgram } from "@/lib/testing/program";
import { hasRedis, startRedis } from "@/lib/testing/redis";
import { countRequest } from "./rate-limit";

interface Count {
  isShared: boolean;
  accepted: number;
  /** How many the process counted by itself. */
  alone: number;
}

test("without Redis a process counts by itself, and says what is left and when it starts anew", async () => {
  const limit = { requests: 2, seconds: 60 };
  const count = () => countRequest("56-1-alone", limit);
  expect(await count()).toEqual({ ...limit, remaining: 1, resetSeconds: 60, isExceeded: false });
  expect(await count()).toMatchObject({ remaining: 0, isExceeded: false });
  expect(await count()).toMatchObject({ remaining: 0, isExceeded: true });
  expect(await countRequest("56-1-alone", { ...limit, requests: 3 })).toMatchObject({ remaining: 2 });
});

test("several requests count at once, also where they exceed the limit together", async () => {
  const limit = { requests: 10, seconds: 60 };
  expect(await countRequest("56-1-several", limit, 9)).toMatchObject({ remaining: 1, isExceeded: false });
  expect(await countRequest("56-1-several", limit, 2)).toMatchObject({ remaining: 0, isExceeded: true });
});

test("a process keeps a thousand distinct limits, those that were counted against last", async () => {
  const count = (requests: number) => countRequest("56-1-limits", { requests, seconds: 60 });
  for (let requests = 2; requests <= 1_001; requests += 1) await count(requests);
  expect(await count(2)).toMatchObject({ remaining: 0 });
  await count(1_002);
  expect(await count(2)).toMatchObject({ isExceeded: true });
  expect(await count(3)).toMatchObject({ remaining: 2 });
});

describe.skipIf(!hasRedis)("with Redis", () => {
  let program: string;
  beforeAll(async () => {
    program = await buildProgram("count-requests");
  });

  async function redis() {
    const server = await startRedis(await freePort());
    onTestFinished(server.kill);
    return server;
  }

  /** A process that counts requests against 100 an hour. */
  function counter(url: string) {
    const child = startProgram(program, url);
    const count = async (name: string, requests: number) => {
      child.tell(`${name} ${requests}`);
      return JSON.parse((await child.nextLine()) ?? "") as Count;
    };
    /** Waits until the process counts in Redis, or until it does not. */
    const until = (isShared: boolean) =>
      expect.poll(async () => (await count("nobody", 0)).isShared, { timeout: 10_000 }).toBe(isShared);
    return { count, until };
  }

  test("two processes share one limit, to the request", async () => {
    const { url } = await redis();
    const [one, other] = [counter(url), counter(url)];
    await Promise.all([one.until(true), other.until(true)]);
    const [a, b] = await Promise.all([one.count("key", 80), other.count("key", 80)]);
    expect(a.accepted + b.accepted).toBe(100);
    expect([a.alone, b.alone]).toEqual([0, 0]);
    expect((await one.count("another", 5)).accepted).toBe(5);
  });

  test("while Redis is frozen each process counts by itself, with the same limit, and shares again when it answers", async () => {
    const server = await redis();
    const [one, other] = [counter(server.url), counter(server.url)];
    await Promise.all([one.until(true), other.until(true)]);
    server.freeze();
    // The first of these wait on the frozen server: they are answered when its connection is given up.
    const [a, b] = await Promise.all([one.count("key", 110), other.count("key", 110)]);
    expect([a, b]).toEqual([
      { isShared: false, accepted: 100, alone: 110 },
      { isShared: false, accepted: 100, alone: 110 },
    ]);
    server.thaw();
    await Promise.all([one.until(true), other.until(true)]);
    expect((await one.count("later", 60)).accepted + (await other.count("later", 60)).accepted).toBe(100);
  });

  test("a Redis that is killed is done without and shared again once it is back", async () => {
    const server = await redis();
    const process = counter(server.url);
    await process.until(true);
    expect((await process.count("key", 1)).alone).toBe(0);
    await server.kill();
    expect(await process.count("key", 110)).toEqual({ isShared: false, accepted: 100, alone: 110 });
    await server.startAgain();
    await process.until(true);
    expect(await process.count("later", 110)).toEqual({ isShared: true, accepted: 100, alone: 0 });
  });

  test("a process starts without Redis and shares as soon as there is one", async () => {
    const port = await freePort();
    const process = counter(`redis://127.0.0.1:${port}`);
    expect(await process.count("key", 1)).toEqual({ isShared: false, accepted: 1, alone: 1 });
    const server = await startRedis(port);
    onTestFinished(server.kill);
    await process.until(true);
  });
});
