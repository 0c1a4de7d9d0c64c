import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { Client } from "pg";
import { type ApiClient, signInByHttp } from "../fixtures/api-client";
import { startPeer } from "../fixtures/peer";
import { expect, test } from "../fixtures/server";
import type { Server } from "../fixtures/start-server";

test.skip(!process.env.DATABASE_URL, "the embedded store takes one process");

const WRITERS_PER_PROCESS = 8;
/** Changes that are acknowledged before one process is killed, and in all. */
const [HALF, ALL] = [60, 120];

interface Sealed {
  leaves: { seq: number; eventId: string; record: string }[];
  events: string[];
  checkpoints: { size: number; root: string; note: string }[];
}

test("16 writers on two processes, one of which is killed, leave a log without gap, without fork, and without loss", async ({
  server,
}) => {
  test.setTimeout(240_000);
  const acknowledged: string[] = [];
  const peer = await startPeer(server);
  const { owner } = server.seed.acme.people;
  const [here, there] = await Promise.all([signInByHttp(server.origin, owner), signInByHttp(peer.origin, owner)]);
  const end = new AbortController();
  const writers = [here, there].flatMap((client, i) =>
    Array.from({ length: WRITERS_PER_PROCESS }, (_, writer) =>
      writeUntil(end.signal, client, `${i}-${writer}`, acknowledged),
    ),
  );
  await expect.poll(() => acknowledged.length, { timeout: 60_000 }).toBeGreaterThan(HALF);
  await peer.stop("SIGKILL");
  await expect.poll(() => acknowledged.length, { timeout: 60_000 }).toBeGreaterThan(ALL);
  end.abort();
  await Promise.all(writers);

  const organizationId = server.seed.acme.id;
  await expect.poll(() => select(server, "select 1 from audit_pending")).toEqual([]);
  const sealed = await readSealed(server, organizationId);
  requireOneLog(sealed);
  const requests = new Set(sealed.leaves.map(({ record }) => (JSON.parse(record) as { requestId: string }).requestId));
  expect(acknowledged.filter((requestId) => !requests.has(requestId))).toEqual([]);

  // The process that was killed may have been about to copy some: ten seconds later another may.
  const behind = "select 1 from audit_sink where position < (select max(position) from audit_checkpoint)";
  await expect.poll(() => select(server, behind), { timeout: 20_000 }).toEqual([]);
  const file = await readFile(path.join(server.dataDir, "checkpoints.log"), "utf8");
  const notes = file.split("\n\n").filter((text) => text.startsWith(`latchkey/${organizationId}\n`));
  const sizes = notes.map((note) => Number(note.split("\n")[1]));
  const copied = new Set(sizes);
  expect(sealed.checkpoints.filter(({ size }) => !copied.has(size))).toEqual([]);
  console.log(
    `${sealed.leaves.length} events in ${sealed.checkpoints.length} checkpoints, ${acknowledged.length} acknowledged`,
  );
});

test("what the test above relies on finds a gap, a doubled event, a missing event and a fork", () => {
  const record = (seq: number) => ({ seq, eventId: `e${seq}`, record: `{"seq":${seq}}` });
  const leaves = [0, 1, 2, 3, 4].map(record);
  const at = (size: number) => ({
    size,
    root: rootOf(leaves.slice(0, size).map(leafHash)).toString("base64"),
    note: "",
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

/** Registers and describes apps until it is told to stop or its process is gone. */
async function writeUntil(signal: AbortSignal, client: ApiClient, name: string, acknowledged: string[]) {
  for (let turn = 0; !signal.aborted; turn++) {
    const answer = await client.call("POST", "/v1/apps", { name: `App ${name} ${turn}` }).catch(() => undefined);
    if (!answer) return;
    expect(answer.status).toBe(201);
    acknowledged.push(answer.requestId);
  }
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

async function readSealed(server: Server, organizationId: string): Promise<Sealed> {
  const [leaves, events, checkpoints] = await Promise.all([
    select<Sealed["leaves"][number]>(
      server,
      `select seq::int, event_id as "eventId", record from audit_leaf where log_id = '${organizationId}'`,
    ),
    select<{ id: string }>(server, `select id from audit_event where organization_id = '${organizationId}'`),
    select<Sealed["checkpoints"][number]>(
      server,
      `select size::int, encode(root, 'base64') as root, note from audit_checkpoint
       where log_id = '${organizationId}' order by size`,
    ),
  ]);
  return { leaves, events: events.map(({ id }) => id), checkpoints };
}

async function select<R extends object>({ databaseUrl }: Server, sql: string): Promise<R[]> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  return client
    .query<R>(sql)
    .then(({ rows }) => rows)
    .finally(() => client.end());
}
