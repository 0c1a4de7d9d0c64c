import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { signInByHttp } from "../fixtures/api-client";
import { freePort, type ServerProcess, spawnServer } from "../fixtures/process";
import { changeRows } from "../fixtures/rows";
import { expect, test } from "../fixtures/server";
import { type Server, startServer } from "../fixtures/start-server";

const CHECKS = Number(process.env.DRILL_ROUNDS ?? 2_000);
const CALLERS = 16;

test(`${CHECKS} checks spread over the processes of a deployment are all counted after a graceful stop`, async () => {
  test.setTimeout(120_000 + CHECKS * 20);
  const server = await startServer({ seeded: true, settings: { LOG_LEVEL: "error" } });
  // An embedded store has one process.
  const others = server.databaseUrl ? [await beside(server), await beside(server)] : [];
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
    for (const other of others) await other.dispose();
    await server.dispose();
  }
});

async function newKey({ origin, seed }: Server): Promise<string> {
  const owner = await signInByHttp(origin, seed.acme.people.owner);
  const app = await owner.call<{ ZUID: string }>("POST", "/v1/apps", { name: "Counted" });
  const key = await owner.call<{ key: string }>("POST", `/v1/apps/${app.data.ZUID}/keys`, { name: "Counted" });
  return key.data.key;
}

/** One more process on the server's database. */
async function beside({ databaseUrl }: Server): Promise<ServerProcess & { origin: string; dispose(): Promise<void> }> {
  const dataDir = await mkdtemp(path.join(tmpdir(), "latchkey-e2e-"));
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const env = { PATH: process.env.PATH, NODE_ENV: "production" as const, PORT: String(port), DATA_DIR: dataDir };
  const settings = { ...env, DATABASE_URL: databaseUrl, LOG_LEVEL: "error" };
  const running = await spawnServer(origin, settings, () => undefined);
  const dispose = () => running.stop().finally(() => rm(dataDir, { recursive: true, force: true }));
  return { ...running, origin, dispose };
}
