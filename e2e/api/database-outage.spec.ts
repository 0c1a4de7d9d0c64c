import { execFileSync } from "node:child_process";
import { mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Client } from "pg";
import { type ApiClient, signInByHttp } from "../fixtures/api-client";
import { hasPostgresPrograms, startOwnPostgres } from "../fixtures/own-postgres";
import { startPeer } from "../fixtures/peer";
import { fillStore } from "../fixtures/template";
import { expect, test } from "../fixtures/server";
import { type Caller, sender } from "./send";

/** On a busy machine an answer is late for other reasons: its time is compared in the drill only. */
const IS_DRILL = process.env.DRILL_ROUNDS !== undefined;
const PROMISED_MS = 5_000;
const LEASE_MS = 3_000;
const TMPFS = ["-t", "tmpfs", "-o", "size=96m,mode=0700", "tmpfs"];

test.skip(!process.env.DATABASE_URL, "it runs with what is about PostgreSQL");
test.skip(!hasPostgresPrograms, "there are no programs of a PostgreSQL server here");
test.describe.configure({ timeout: 180_000 });

type Deployment = Awaited<ReturnType<typeof deploy>>;

/** A server on a PostgreSQL of its own, with a key that it has checked before. */
async function deploy(home?: string) {
  const postgres = await startOwnPostgres(home);
  const dataDir = await mkdtemp(path.join(tmpdir(), "latchkey-e2e-"));
  const seed = await fillStore({ DATA_DIR: dataDir, DATABASE_URL: postgres.url });
  const server = await startPeer({ databaseUrl: postgres.url, dataDir });
  const { send } = sender(server.origin);
  const owner = await signInByHttp(server.origin, seed.acme.people.owner);
  const app = await owner.call<{ ZUID: string }>("POST", "/v1/apps", { name: "First" });
  const { data } = await owner.call<{ key: string }>("POST", `/v1/apps/${app.data.ZUID}/keys`, { name: "Key" });
  const key = { authorization: `apikey ${data.key}` };

  /** The status of the answer, which has to come and, where it is a 503, say when to ask again. */
  async function ask(caller: Caller, method: string, place: string, body?: unknown): Promise<number> {
    const began = performance.now();
    const reply = await send(caller, method, place, body);
    if (IS_DRILL) expect(performance.now() - began, place).toBeLessThan(PROMISED_MS);
    if (reply.status === 503) expect(Number(reply.headers.get("retry-after")), place).toBeGreaterThan(0);
    return reply.status;
  }
  const ready = () => send({}, "GET", "/readyz").then(({ status }) => status);
  async function dispose() {
    await server.stop("SIGKILL");
    await postgres.dispose();
    await rm(dataDir, { recursive: true, force: true });
  }
  expect(await ask(key, "GET", "/auth/check")).toBe(200);
  return { postgres, ask, ready, owner, key, credential: data.key, dispose };
}

async function withDeployment(work: (deployment: Deployment) => Promise<void>, home?: string): Promise<void> {
  const deployment = await deploy(home);
  try {
    await work(deployment);
  } finally {
    await deployment.dispose();
  }
}

test("a frozen database is told with 503 in time, to checks too once the lease is over, and all goes on when it wakes", () =>
  withDeployment(async ({ postgres, ask, ready, owner, key, credential }) => {
    const session = owner.headers();
    const askAll = () =>
      Promise.all([
        ask(key, "GET", "/auth/check"),
        ask(key, "POST", "/v1/verify", { credential }),
        ask(key, "GET", "/v1/token"),
        ask(session, "GET", "/v1/apps"),
        ask({ ...session }, "POST", "/v1/apps", { name: "During" }),
        ask(session, "GET", "/admin/setup/apps"),
        ask({}, "POST", "/auth/login", { email: "owner@acme.example", password: "whatever it may be" }),
      ]);
    postgres.freeze();
    await expect.poll(() => ask(key, "GET", "/auth/check"), { timeout: LEASE_MS + 2 * PROMISED_MS }).toBe(503);
    for (let round = 0; round < 2; round++) expect(await askAll()).toEqual([503, 503, 503, 503, 503, 503, 503]);
    expect(await ask({}, "GET", "/healthz")).toBe(200);
    postgres.thaw();
    await expect.poll(ready, { timeout: IS_DRILL ? PROMISED_MS : 30_000 }).toBe(200);
    expect(await askAll()).toEqual([200, 200, 200, 200, 201, 200, 401]);
  }));

test("while every connection waits the rest are told 503 in time, and checks go on from memory", () =>
  withDeployment(async ({ postgres, ask, owner, key }) => {
    const blocker = new Client({ connectionString: postgres.url });
    await blocker.connect();
    await blocker.query("begin; lock table app in access exclusive mode");
    const list = () => ask(owner.headers(), "GET", "/v1/apps");
    const [lists, checks] = await Promise.all([
      Promise.all(Array.from({ length: 60 }, list)),
      Promise.all(Array.from({ length: 60 }, () => ask(key, "GET", "/auth/check"))),
    ]);
    expect(new Set(lists)).toEqual(new Set([503]));
    expect(new Set(checks)).toEqual(new Set([200]));
    await blocker.end();
    await expect.poll(list, { timeout: IS_DRILL ? PROMISED_MS : 30_000 }).toBe(200);
  }));

test("on a full disk changes are refused whole and none that was acknowledged is lost", async () => {
  const home = await mkdtemp(path.join(tmpdir(), "latchkey-small-"));
  const isSmall = mount(home);
  try {
    test.skip(!isSmall, "only root can make a disk that is small");
    await withDeployment(async ({ postgres, ready, owner }) => {
      const ballast = path.join(home, "ballast");
      await fill(ballast);
      const statuses: number[] = [];
      while (statuses.filter((status) => status === 503).length < 5)
        statuses.push(await register(owner, statuses.length));
      expect(new Set(statuses)).toEqual(new Set([201, 503]));
      await rm(ballast);
      await postgres.startAgain();
      await expect.poll(ready, { timeout: 20_000 }).toBe(200);
      expect(await register(owner, statuses.length)).toBe(201);

      const acknowledged = statuses.filter((status) => status === 201).length + 2;
      const total = async (place: string) =>
        ((await owner.call("GET", place)).body._meta as { totalResults: number }).totalResults;
      const apps = await total("/v1/apps?limit=1");
      expect(apps).toBeGreaterThanOrEqual(acknowledged);
      expect(await total("/v1/audit-events?action=app.registered&outcome=allowed&limit=1")).toBe(apps);
    }, home);
  } finally {
    if (isSmall) execFileSync("umount", [home]);
    await rm(home, { recursive: true, force: true });
  }
});

const register = async (owner: ApiClient, number: number) =>
  (await owner.call("POST", "/v1/apps", { name: `On a full disk ${number}`, description: "d".repeat(400) })).status;

function mount(directory: string): boolean {
  try {
    execFileSync("mount", [...TMPFS, directory], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** Writes until nothing more fits. */
async function fill(file: string): Promise<void> {
  const handle = await open(file, "w");
  try {
    for (const block of [1_048_576, 4_096]) {
      const zeros = Buffer.alloc(block);
      while (
        await handle.write(zeros).then(
          ({ bytesWritten }) => bytesWritten === block,
          () => false,
        )
      );
    }
  } finally {
    await handle.close();
  }
}
