import { connect } from "node:net";
import { isAnswered, keptConnections, mixedRequests, statusOf } from "../fixtures/mixed-load";
import { expect, test } from "../fixtures/server";
import { startServer } from "../fixtures/start-server";
import { request } from "./raw-http";

const ROUNDS = Number(process.env.DRILL_ROUNDS ?? 2);
// Few enough that a busy machine still answers all of them by itself.
const CONNECTIONS = 4;

test(`told to stop under load ${ROUNDS} times, the server answers every request it has taken and ends in time`, async () => {
  test.setTimeout(120_000 + ROUNDS * 60_000);
  const server = await startServer({ seeded: true, settings: {} });
  let answered = 0;
  try {
    const requests = await mixedRequests(server);
    for (let round = 0; round < ROUNDS; round++) {
      const agent = keptConnections(CONNECTIONS);
      const failures: string[] = [];
      let inRound = 0;
      const work = async (first: number): Promise<void> => {
        for (let turn = first; ; turn++) {
          const asked = requests[turn % requests.length] as (typeof requests)[number];
          const status = await statusOf(server.origin, asked, agent).catch((error: Error) => error.message);
          if (status === "refused") return;
          if (isAnswered(asked, status)) inRound++;
          else failures.push(`${asked.method} ${asked.path}: ${status}`);
          if (failures.length > 10) return;
        }
      };
      const workers = Array.from({ length: CONNECTIONS }, (_, i) => work(i));
      await expect.poll(() => inRound, { timeout: 60_000 }).toBeGreaterThan(2 * CONNECTIONS);
      // The server itself gives up after ten seconds, and then ends with 1.
      expect(await server.stop()).toBe(0);
      await Promise.all(workers);
      agent.destroy();
      expect(failures).toEqual([]);
      answered += inRound;
      await server.restart();
    }
    console.log(`${ROUNDS} stops, ${answered} requests answered, 0 failed`);
  } finally {
    await server.dispose();
  }
});

test("a client that never ends its request does not keep the server from stopping", async () => {
  const server = await startServer({ seeded: false, settings: {} });
  const socket = connect(server.port, "127.0.0.1").on("error", () => undefined);
  try {
    const head = request(server.port, "POST /v1/apps", "Content-Type: application/json", "Content-Length: 100");
    await new Promise<void>((sent) => socket.write(`${head}{`, () => sent()));
    expect((await fetch(`${server.origin}/healthz`)).status).toBe(200);
    expect(await server.stop()).toBe(0);
  } finally {
    socket.destroy();
    await server.dispose();
  }
});
