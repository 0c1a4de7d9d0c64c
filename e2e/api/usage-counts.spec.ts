import { signInByHttp } from "../fixtures/api-client";
import { type Peer, startPeer } from "../fixtures/peer";
import { changeRows } from "../fixtures/rows";
import { expect, test } from "../fixtures/server";
import { type Server, startServer } from "../fixtures/start-server";

const SETTINGS = { LOG_LEVEL: "error" };
const CHECKS = Number(process.env.DRILL_ROUNDS ?? 2_000);
const CALLERS = 16;

/** An embedded store has one. */
const PROCESSES = process.env.DATABASE_URL ? 3 : 1;

let made = 0;

const SPREAD = PROCESSES > 1 ? `spread over ${PROCESSES} processes` : "of one process";
test(`${CHECKS} checks ${SPREAD} are all counted after a graceful stop`, async () => {
  test.setTimeout(120_000 + CHECKS * 20);
  const server = await startServer({ seeded: true, settings: SETTINGS });
  const others: Peer[] = [];
  try {
    while (others.length < PROCESSES - 1) others.push(await startPeer(server, SETTINGS));
    const [asking, asked] = [await newKey(server), await newKey(server)];
    const body = JSON.stringify({ credential: asked.key, permission: "content:read" });
    const headers = { authorization: `apikey ${asking.key}`, "content-type": "application/json" };
    const origins = [server, ...others].map(({ origin }) => origin);
    let sent = 0;
    const call = async () => {
      while (sent < CHECKS) {
        const origin = origins[sent++ % origins.length];
        const answer = await fetch(`${origin}/v1/verify`, { method: "POST", headers, body });
        const told = await answer.text();
        if (!told.includes('"VALID"')) throw new Error(`A check was answered ${answer.status} ${told}`);
      }
    };
    await Promise.all(Array.from({ length: CALLERS }, call));
    await Promise.all([server.stop(), ...others.map((other) => other.stop())]);

    const [sums] = await changeRows(
      server,
      `select (select sum(count)::int from usage_count
          where credential_id = '${asked.id}' and outcome = 'VALID' and permission = 'content:read') as counted,
        (select sum(allowed)::int from usage_caller where credential_id = '${asked.id}') as called`,
    );
    expect(sums).toEqual({ counted: CHECKS, called: CHECKS });
    console.log(`${CHECKS} checks over ${origins.length} processes, ${String(sums?.counted)} counted`);
  } finally {
    for (const other of others) await other.stop();
    await server.dispose();
  }
});

async function newKey({ origin, seed }: Server): Promise<{ id: string; key: string }> {
  const owner = await signInByHttp(origin, seed.acme.people.owner);
  const app = await owner.call<{ ZUID: string }>("POST", "/v1/apps", { name: `App ${++made}` });
  const path = `/v1/apps/${app.data.ZUID}/keys`;
  const { data } = await owner.call<{ ZUID: string; key: string }>("POST", path, { name: "Counted" });
  return { id: data.ZUID, key: data.key };
}
