import { setTimeout as delay } from "node:timers/promises";
import { type Answer, type ApiClient, signInByHttp } from "../fixtures/api-client";
import { auditVerify } from "../fixtures/program";
import { startServer } from "../fixtures/start-server";
import { expect, test } from "../fixtures/server";

const ROUNDS = Number(process.env.DRILL_ROUNDS ?? 3);
const WRITERS = 6;

interface Acknowledged {
  requestId: string;
  action: string;
  targetId: string;
}

test(`killed ${ROUNDS} times under mixed writes, the server keeps every change it acknowledged and its event`, async () => {
  test.setTimeout(120_000 + ROUNDS * 30_000);
  const server = await startServer({ seeded: true, settings: { LOG_LEVEL: "error" } });
  const acknowledged: Acknowledged[] = [];
  try {
    for (let round = 0; round < ROUNDS; round++) {
      const client = await signInByHttp(server.origin, server.seed.acme.people.owner);
      const app = await client.call<{ ZUID: string }>("POST", "/v1/apps", { name: `Round ${round}` });
      expect(app.status).toBe(201);
      acknowledged.push({ requestId: app.requestId, action: "app.registered", targetId: app.data.ZUID });

      const end = new AbortController();
      const writers = Array.from({ length: WRITERS }, (_, writer) =>
        writeUntil(end.signal, client, app.data.ZUID, `writer ${writer}`, acknowledged),
      );
      const enough = acknowledged.length + 10 + ((round * 7) % 20);
      while (acknowledged.length < enough) await delay(2);
      await server.stop("SIGKILL");
      end.abort();
      await Promise.all(writers);
      await server.restart();
    }

    const reader = await signInByHttp(server.origin, server.seed.acme.people.owner);
    const events = await readAll<RecordedEvent>(reader, "/v1/audit-events?outcome=allowed&");
    requireEachRecordedOnce(acknowledged, events);
    requireChangesEqualEvents(await countChanges(reader), events);
    await server.stop();
    expect(await auditVerify(server, [])).toMatchObject({ code: 0, stdout: expect.stringContaining(": VERIFIED\n") });
    console.log(`${ROUNDS} kills, ${acknowledged.length} acknowledged changes, 0 lost`);
  } finally {
    await server.dispose();
  }
});

test("what the test above relies on finds a lost event, a doubled one, and a change of which nothing tells", () => {
  const acknowledged = ["app.registered", "key.generated", "key.generated"].map((action, n) => ({
    requestId: `r${n}`,
    action,
    targetId: `t${n}`,
  }));
  const events = acknowledged.map(({ requestId, action, targetId }) => ({
    requestId,
    action,
    target: { ZUID: targetId },
  }));
  const changes = { "app.registered": 1, "key.generated": 2, "key.revoked": 0 };
  requireEachRecordedOnce(acknowledged, events);
  requireChangesEqualEvents(changes, events);
  for (const wrong of [events.slice(0, -1), [...events, ...events.slice(-1)]]) {
    expect(() => requireEachRecordedOnce(acknowledged, wrong)).toThrow();
    expect(() => requireChangesEqualEvents(changes, wrong)).toThrow();
  }
  expect(() => requireChangesEqualEvents({ ...changes, "key.revoked": 1 }, events)).toThrow();
});

/** Generates, renames, rotates, finishes and revokes keys until the server dies under it. */
async function writeUntil(
  signal: AbortSignal,
  client: ApiClient,
  app: string,
  writer: string,
  acknowledged: Acknowledged[],
) {
  for (let turn = 0; !signal.aborted; turn++) {
    const key = await tryCall(client, "POST", `/v1/apps/${app}/keys`, { name: `${writer} turn ${turn}` });
    if (!key) return;
    const place = `/v1/keys/${key.data.ZUID}`;
    const steps: [action: string, method: string, path: string, body: object][] = [
      ["key.generated", "", "", {}],
      ["key.updated", "PATCH", place, { description: `touched by ${writer}` }],
      ["key.rotated", "POST", `${place}/rotations`, { overlapHours: 1 }],
      ["key.rotation_finished", "PATCH", `${place}/rotations/current`, { overlapHours: 0 }],
      ["key.revoked", "DELETE", place, { reason: "drill" }],
    ];
    for (const [action, method, path, body] of steps.slice(0, 1 + (turn % steps.length))) {
      const answer = method === "" ? key : await tryCall(client, method, path, body);
      if (!answer) return;
      expect(answer.status, `${action} ${JSON.stringify(answer.body)}`).toBeLessThan(300);
      acknowledged.push({ requestId: answer.requestId, action, targetId: key.data.ZUID });
    }
  }
}

/** Undefined once the server is gone: what it did not answer, it did not acknowledge. */
const tryCall = (client: ApiClient, method: string, path: string, body: object) =>
  client.call<{ ZUID: string }>(method, path, body).catch(() => undefined);

interface RecordedEvent {
  requestId: string;
  action: string;
  target: { ZUID: string | null };
}

function requireEachRecordedOnce(acknowledged: readonly Acknowledged[], events: readonly RecordedEvent[]) {
  for (const { requestId, action, targetId } of acknowledged) {
    const told = events.filter((event) => event.requestId === requestId);
    expect(told.map((event) => [event.action, event.target.ZUID])).toEqual([[action, targetId]]);
  }
}

interface KeyFacts {
  revokedAt: string | null;
  description: string;
  versions: { endsAt: string | null }[];
}

/** Every change that the records themselves show, acknowledged or not. */
async function countChanges(client: ApiClient) {
  const apps = await readAll<{ ZUID: string }>(client, "/v1/apps?");
  const keys: KeyFacts[] = [];
  for (const { ZUID } of apps) keys.push(...(await readAll<KeyFacts>(client, `/v1/apps/${ZUID}/keys?`)));
  return {
    "app.registered": apps.length,
    "key.generated": keys.length,
    "key.updated": keys.filter((key) => key.description !== "").length,
    "key.rotated": keys.filter((key) => key.versions.length > 1).length,
    "key.revoked": keys.filter((key) => key.revokedAt !== null).length,
  };
}

function requireChangesEqualEvents(changes: Record<string, number>, events: readonly RecordedEvent[]) {
  for (const [action, count] of Object.entries(changes))
    expect([action, events.filter((event) => event.action === action).length]).toEqual([action, count]);
}

async function readAll<R>(client: ApiClient, path: string): Promise<R[]> {
  const rows: R[] = [];
  for (let cursor: string | null = ""; cursor !== null;) {
    const page: Answer<R[]> = await client.call("GET", `${path}limit=100${cursor && `&cursor=${cursor}`}`);
    rows.push(...page.data);
    cursor = (page.body._meta as { nextCursor: string | null }).nextCursor;
  }
  return rows;
}
