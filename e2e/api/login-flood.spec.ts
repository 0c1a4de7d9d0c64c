import { performance } from "node:perf_hooks";
import { setTimeout as delay } from "node:timers/promises";
import { PASSWORD } from "../fixtures/accounts";
import { isAnswered, keptConnections, mixedRequests, statusOf } from "../fixtures/mixed-load";
import { sender } from "./send";
import { expect, test } from "../fixtures/server";

test.skip(process.env.DRILL_ROUNDS === undefined, "it is a drill: it wants a machine to itself");

const IS_DRILL = process.env.DRILL_ROUNDS !== undefined;
const SECONDS = Number(process.env.DRILL_ROUNDS ?? 4);
const LOGINS_AT_ONCE = 200;
const CHECK_EVERY_MS = 10;
/** Whoever checks every request keeps connections open: Node accepts one new connection per turn of its loop, floods or not. */
const CONNECTIONS = 100;
const P99_MS = 250;

/** Behind a proxy each login can come from a network of its own: only the hashing holds them up. */
test.use({ settings: { TRUSTED_PROXIES: "127.0.0.1" } });

test("a flood of logins keeps no check from its answer, and who is turned away is told when to come again", async ({
  server,
}) => {
  test.setTimeout((SECONDS + 120) * 1_000);
  const { send } = sender(server.origin);
  const [check] = await mixedRequests(server);
  const people = Object.values(server.seed.acme.people).filter(({ email }) => !email.startsWith("leaver"));
  const end = Date.now() + SECONDS * 1_000;
  const logins = new Map<number, number>();
  const untold: string[] = [];
  let network = 0;

  /** Every other one has the right password; the rest are accounts that nobody has. */
  async function logIn(i: number): Promise<void> {
    network++;
    const from = { "x-forwarded-for": `10.${(network >> 16) & 255}.${(network >> 8) & 255}.${network & 255}` };
    const email = i % 2 ? people[i % people.length]?.email : `stranger${network}@acme.example`;
    const { status, headers } = await send(from, "POST", "/auth/login", { email, password: PASSWORD });
    logins.set(status, (logins.get(status) ?? 0) + 1);
    if ((status === 429 || status === 503) && !Number(headers.get("retry-after"))) untold.push(String(status));
  }
  async function flood(): Promise<void> {
    while (Date.now() < end) await Promise.all(Array.from({ length: LOGINS_AT_ONCE }, (_, i) => logIn(i)));
  }

  const times: number[] = [];
  const failures: string[] = [];
  const agent = keptConnections(CONNECTIONS);
  async function checkOnce(): Promise<void> {
    const began = performance.now();
    const status = await statusOf(server.origin, check as NonNullable<typeof check>, agent).catch(String);
    times.push(performance.now() - began);
    if (!isAnswered(check as NonNullable<typeof check>, status)) failures.push(String(status));
  }
  /** As many a second as planned, however long each takes. */
  async function verifyAllAlong(): Promise<void> {
    const began = Date.now();
    const asked: Promise<void>[] = [];
    while (Date.now() < end) {
      while (asked.length * CHECK_EVERY_MS < Date.now() - began) asked.push(checkOnce());
      await delay(CHECK_EVERY_MS);
    }
    await Promise.all(asked);
  }

  await Promise.all(Array.from({ length: CONNECTIONS }, checkOnce));
  times.length = 0;
  await Promise.all([verifyAllAlong(), flood()]);
  agent.destroy();
  times.sort((a, b) => a - b);
  const percentile = (share: number) => times[Math.ceil(times.length * share) - 1] ?? NaN;
  const [p50, p99] = [percentile(0.5), percentile(0.99)];
  const told = [...logins].map(([status, count]) => `${count} × ${status}`).join(", ");
  console.log(`${times.length} checks, p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms; logins ${told}`);

  expect(failures).toEqual([]);
  expect(untold).toEqual([]);
  for (const status of logins.keys()) expect([200, 401, 429, 503]).toContain(status);
  expect(logins.get(503) ?? 0).toBeGreaterThan(0);
  if (IS_DRILL) expect(p99).toBeLessThanOrEqual(P99_MS);
});
