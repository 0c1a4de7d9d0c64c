import { signInByHttp } from "../fixtures/api-client";
import { startPeer } from "../fixtures/peer";
import { changeRows } from "../fixtures/rows";
import { expect, test } from "../fixtures/server";
import { type Server, startServer } from "../fixtures/start-server";

const SETTINGS = { LOG_LEVEL: "error" };
const CHECKS = Number(process.env.DRILL_ROUNDS ?? 2_000);
const CALLERS = 16;

test(`${CHECKS} checks spread over the processes of a deployment are all counted after a graceful stop`, async () => {
  test.setTimeout(120_000 + CHECKS * 20);
  const server = await startServer({ seeded: true, settings: SETTINGS });
  // An embedded store has one process.
  const others = server.databaseUrl ? [await startPeer(server, SETTINGS), await startPeer(server, SETTINGS)] : [];
  try {
    const key = await newKey(server);
    const origins = [server, ...others].map(({ origin }) => origin);
    let sent = 0;
    const call = async () => {
      while (sent < CHECKS) {
        const origin = origins[sent++ % origins.length];
        const answer = await fetch(`${origin}/v1/token`, { headers: { authorization: `apikey ${key}` } });
        expect(answer.status).toBe(200);
        await answer.arrayBuffer();
      }
    };
    await Promise.all(Array.from({ length: CALLERS }, call));
    await Promise.all([server.stop(), ...others.map((other) => other.stop())]);

    const [counted] = await changeRows(
      server,
      "select sum(count)::int as sum from usage_count where outcome = 'VALID'",
    );
    const [called] = await changeRows(server, "select sum(allowed)::int as sum from usage_caller");
    expect([counted?.sum, called?.sum]).toEqual([CHECKS, CHECKS]);
    console.log(`${CHECKS} checks over ${origins.length} processes, ${String(counted?.sum)} counted`);
  } finally {
    for (const other of others) await other.stop();
    await server.dispose();
  }
});

async function newKey({ origin, seed }: Server): Promise<string> {
  const owner = await signInByHttp(origin, seed.acme.people.owner);
  const app = await owner.call<{ ZUID: string }>("POST", "/v1/apps", { name: "Counted" });
  const key = await owner.call<{ key: string }>("POST", `/v1/apps/${app.data.ZUID}/keys`, { name: "Counted" });
  return key.data.key;
}
