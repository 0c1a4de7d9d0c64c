import { createHash, randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { type ApiClient, signInByHttp } from "../fixtures/api-client";
import { startPeer } from "../fixtures/peer";
import { withStore } from "../fixtures/rows";
import { expect, test } from "../fixtures/server";
import type { Server } from "../fixtures/start-server";

const WRITERS = 16;
/** Changes that are acknowledged before a process is killed, and in all. */
const [HALF, ALL] = [60, 120];

interface Sealed {
  leaves: { seq: number; eventId: string; record: string }[];
  events: string[];
  checkpoints: { size: number; root: string }[];
}

test("16 writers on two processes, one of which is killed, leave a log without gap, without fork, and without loss", async ({
  server,
}) => {
  test.skip(!process.env.DATABASE_URL, "the embedded store takes one process");
  test.setTimeout(240_000);
  const peer = await startPeer(server);
  const { owner } = server.seed.acme.people;
  const clients = await Promise.all([signInByHttp(server.origin, owner), signInByHttp(peer.origin, owner)]);
  const { acknowledged, stop } = startWriters(clients);
  await expect.poll(() => acknowledged.length, { timeout: 60_000 }).toBeGreaterThan(HALF);
  await peer.stop("SIGKILL");
  await expect.poll(() => acknowledged.length, { timeout: 60_000 }).toBeGreaterThan(ALL);
  await stop();

  await expect.poll(() => select(server, "select 1 from audit_pending")).toEqual([]);
  // The process that was killed may have been about to copy some: ten seconds later another may.
  const behind = "select 1 from audit_sink where position < (select max(position) from audit_checkpoint)";
  await expect.poll(() => select(server, behind), { timeout: 20_000 }).toEqual([]);
  await requireNothingLost(server, acknowledged);
});

test("16 writers on one embedded server, which is killed and started again, leave such a log as well", async ({
  server,
}) => {
  test.skip(process.env.DATABASE_URL !== undefined, "of an embedded store");
  test.setTimeout(240_000);
  const client = await signInByHttp(server.origin, server.seed.acme.people.owner);
  const before = startWriters([client]);
  await expect.poll(() => before.acknowledged.length, { timeout: 60_000 }).toBeGreaterThan(HALF);
  await server.stop("SIGKILL");
  await before.stop();
  await server.restart();
  const after = startWriters([client]);
  await expect.poll(() => after.acknowledged.length, { timeout: 60_000 }).toBeGreaterThan(ALL - HALF);
  await after.stop();

  const newest = async () => (await client.call<{ size: number }>("GET", "/v1/audit/checkpoint")).data.size;
  await expect.poll(async () => (await copiedSizes(server)).has(await newest()), { timeout: 20_000 }).toBe(true);
  await server.stop();
  try {
    expect(await select(server, "select 1 from audit_pending")).toEqual([]);
    await requireNothingLost(server, [...before.acknowledged, ...after.acknowledged]);
  } finally {
    await server.restart();
  }
});

test("what the tests above rely on finds a gap, a doubled event, a missing event and a fork", () => {
  const record = (seq: number) => ({ seq, eventId: `e${seq}`, record: `{"seq":${seq}}` });
  const leaves = [0, 1, 2, 3, 4].map(record);
  const at = (size: number) => ({
    size,
    root: rootOf(leaves.slice(0, size).map(leafHash)).toString("base64"),
  });
  const events = leaves.map(({ eventId }) => eventId);
  const good: Sealed = { leaves, events, checkpoints: [at(2), at(5)] };
  requireOneLog(good);
  const without = (seq: number) => leaves.filter((leaf) => leaf.seq !== seq);
  expect(() => requireOneLog({ ...good, leaves: without(2) })).toThrow();
  expect(() => requireOneLog({ ...good, leaves: [...without(3), { ...record(3), eventId: "e1" }] })).toThrow();
  expect(() => requireOneLog({ ...good, events: [...events, "e5"] })).toThrow();
  expect(() => requireOneLog({ ...good, checkpoints: [{ ...at(2), root: at(5).root }, at(5)] })).toThrow();
});

/** Many who register apps by these sessions until they are stopped or their process is gone. */
function startWriters(clients: readonly ApiClient[]) {
  const acknowledged: string[] = [];
  const end = new AbortController();
  const writers = Array.from({ length: WRITERS }, async (_, writer) => {
    const client = clients[writer % clients.length] as ApiClient;
    while (!end.signal.aborted) {
      const answer = await client.call("POST", "/v1/apps", { name: `App ${randomUUID()}` }).catch(() => undefined);
      if (!answer) return;
      expect(answer.status).toBe(201);
      acknowledged.push(answer.requestId);
    }
  });
  const stop = async () => {
    end.abort();
    await Promise.all(writers);
  };
  return { acknowledged, stop };
}

/** One log of all events, the acknowledged ones among them, of which every checkpoint has left the database. */
async function requireNothingLost(server: Server, acknowledged: readonly string[]): Promise<void> {
  const sealed = await readSealed(server);
  requireOneLog(sealed);
  const requests = new Set(sealed.leaves.map(({ record }) => (JSON.parse(record) as { requestId: string }).requestId));
  expect(acknowledged.filter((requestId) => !requests.has(requestId))).toEqual([]);
  const copied = await copiedSizes(server);
  expect(sealed.checkpoints.filter(({ size }) => !copied.has(size))).toEqual([]);
  console.log(
    `${sealed.leaves.length} events in ${sealed.checkpoints.length} checkpoints, ${acknowledged.length} acknowledged`,
  );
}

/** The sizes of the organization's log of which a checkpoint is in the file. */
async function copiedSizes({ dataDir, seed }: Server): Promise<Set<number>> {
  const file = await readFile(path.join(dataDir, "checkpoints.log"), "utf8");
  const notes = file.split("\n\n").filter((text) => text.startsWith(`latchkey/${seed.acme.id}\n`));
  return new Set(notes.map((note) => Number(note.split("\n")[1])));
}

/** Every event once, every place once, and each signed root that of the records below it. */
function requireOneLog({ leaves, events, checkpoints }: Sealed): void {
  expect(leaves.map(({ seq }) => seq).sort((a, b) => a - b)).toEqual(leaves.map((_, i) => i));
  expect(leaves.map(({ eventId }) => eventId).sort()).toEqual([...events].sort());
  const hashes = leaves.sort((a, b) => a.seq - b.seq).map(leafHash);
  for (const { size, root } of checkpoints) expect(rootOf(hashes.slice(0, size)).toString("base64")).toBe(root);
  expect(checkpoints.at(-1)?.size).toBe(leaves.length);
}

const sha256 = (...parts: (Buffer | string)[]) =>
  parts.reduce((hash, part) => hash.update(part), createHash("sha256")).digest();
const leafHash = ({ record }: { record: string }) => sha256("\0", record);

/** RFC 9162, 2.1.1. */
function rootOf(hashes: Buffer[]): Buffer {
  if (hashes.length <= 1) return hashes[0] ?? sha256();
  const k = 2 ** Math.ceil(Math.log2(hashes.length) - 1);
  return sha256("\x01", rootOf(hashes.slice(0, k)), rootOf(hashes.slice(k)));
}

async function readSealed(server: Server): Promise<Sealed> {
  const { id } = server.seed.acme;
  const leaves = await select<Sealed["leaves"][number]>(
    server,
    `select seq::int, event_id as "eventId", record from audit_leaf where log_id = '${id}'`,
  );
  const events = await select<{ id: string }>(server, `select id from audit_event where organization_id = '${id}'`);
  const checkpoints = await select<Sealed["checkpoints"][number]>(
    server,
    `select size::int, encode(root, 'base64') as root from audit_checkpoint where log_id = '${id}' order by size`,
  );
  return { leaves, events: events.map((event) => event.id), checkpoints };
}

const select = <R>(server: Server, sql: string) => withStore(server, (query) => query(sql) as Promise<R[]>);
