import { setTimeout as delay } from "node:timers/promises";
import { isAnswered, keptConnections, mixedRequests, statusOf } from "../fixtures/mixed-load";
import { expect, test } from "../fixtures/server";
import type { Server } from "../fixtures/start-server";
import { loginMaker } from "./logins";
import { fresh } from "./objects";
import { pick } from "./revocation-ask";
import { bearer } from "./revocation-world";
import { type Caller, sender } from "./send";

test.skip(process.env.DRILL_ROUNDS === undefined, "it is a drill: it wants a machine to itself");

const SECONDS = Number(process.env.DRILL_ROUNDS ?? 20);
/** Shorter, a slope says how long a heap takes to fill and not whether it leaks. */
const LONG_SECONDS = 1200;
const CONNECTIONS = 4;
const PAUSE_MS = 20;
const SAMPLE_MS = 1_000;
const MB = 1024 * 1024;
const TOKENS = 300;
const EXCHANGE_MS = 1_000;
/** With one a second, well within the time for which a sign-in is fresh enough to issue tokens. */
const TOKENS_PER_SIGN_IN = 600;

interface Sample {
  seconds: number;
  mb: number;
}

test(`in ${SECONDS} s of mixed requests nothing fails, and in half an hour memory does not grow`, async ({
  server,
}) => {
  test.setTimeout((SECONDS + 120) * 1_000);
  const requests = await mixedRequests(server);
  const tokens = await tokensInTurn(server);
  const agent = keptConnections(CONNECTIONS);
  const end = Date.now() + SECONDS * 1_000;
  const failures: string[] = [];
  let answered = 0;

  async function work(first: number): Promise<void> {
    for (let turn = first; Date.now() < end; turn++) {
      const next = requests[turn % requests.length] as (typeof requests)[number];
      const asked =
        next.path === "/v1/verify" ? { ...next, body: JSON.stringify({ credential: pick(tokens.values) }) } : next;
      const status = await statusOf(server.origin, asked, agent).catch((error: Error) => error.message);
      if (isAnswered(asked, status)) answered++;
      else failures.push(`${asked.method} ${asked.path}: ${status}`);
      await delay(PAUSE_MS);
    }
  }
  async function exchange(): Promise<void> {
    for (; Date.now() < end; await delay(EXCHANGE_MS))
      await tokens.exchange().catch((error: Error) => failures.push(error.message));
  }
  async function watch(): Promise<Sample[]> {
    const samples: Sample[] = [];
    for (const began = Date.now(); Date.now() < end; await delay(SAMPLE_MS)) {
      const text = await (await fetch(`${server.origin}/metrics`)).text();
      const bytes = Number(/^latchkey_process_resident_memory_bytes (\d+)/m.exec(text)?.[1]);
      samples.push({ seconds: (Date.now() - began) / 1_000, mb: bytes / MB });
    }
    return samples;
  }

  const [samples] = await Promise.all([
    watch(),
    exchange(),
    ...Array.from({ length: CONNECTIONS }, (_, i) => work(i * 4)),
  ]);
  agent.destroy();

  // The heap and the caches fill first.
  const settled = samples.filter(({ seconds }) => seconds > SECONDS / 3);
  const growth = slope(settled) * 600;
  const last = samples.at(-1)?.mb.toFixed(0);
  console.log(
    `${answered} requests in ${SECONDS} s, ${failures.length} failed; ${last} MB at the end, ${growth.toFixed(1)} MB per 10 min`,
  );
  expect(failures).toEqual([]);
  expect(answered).toBeGreaterThan(0);
  if (SECONDS >= LONG_SECONDS) expect(growth).toBeLessThan(5);
});

/** Many tokens in use, of which the oldest gives way to a new one again and again: what is remembered of them changes. */
async function tokensInTurn({ origin, seed: { acme } }: Pick<Server, "origin" | "seed">) {
  const { done, send } = sender(origin);
  const { logIn } = loginMaker({ done, send });
  const values: string[] = [];
  let owner: Caller = {};
  let made = 0;

  async function exchange(): Promise<void> {
    if (made % TOKENS_PER_SIGN_IN === 0) owner = await logIn(acme.people.owner);
    const place = { roleZUID: acme.roleIds.publisher, instanceZUID: acme.instanceId };
    const { token = "" } = await done(owner, "POST", "/v1/tokens", { name: fresh("Soaked"), ...place });
    const oldest = values[made % TOKENS];
    values[made++ % TOKENS] = token;
    if (oldest) await done(bearer(oldest), "DELETE", "/v1/token");
  }
  while (made < TOKENS) await exchange();
  return { values, exchange };
}

/** Megabytes per second, by least squares. */
function slope(samples: Sample[]): number {
  const mean = (value: (sample: Sample) => number) => samples.reduce((sum, s) => sum + value(s), 0) / samples.length;
  const [x, y] = [mean((s) => s.seconds), mean((s) => s.mb)];
  const covariance = mean((s) => (s.seconds - x) * (s.mb - y));
  return covariance / mean((s) => (s.seconds - x) ** 2);
}
