import { cp, mkdir, mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { signInByHttp } from "../fixtures/api-client";
import { createDatabase } from "../fixtures/database";
import { freePort, spawnServer } from "../fixtures/process";
import { run, type Settings, settingsOf } from "../fixtures/program";
import { expect, type Issuer, test } from "./issuer";
import { sender } from "./send";

test.describe.configure({ timeout: 240_000 });

/** An empty place with the secret key of the server, and the folder it lies in. */
async function newPlace(dataDir: string) {
  const home = await mkdtemp(path.join(tmpdir(), "latchkey-e2e-"));
  const place = { dataDir: path.join(home, "data"), databaseUrl: undefined as string | undefined };
  await mkdir(place.dataDir, { mode: 0o700 });
  await cp(path.join(dataDir, "secret-key"), path.join(place.dataDir, "secret-key"));
  const database = await createDatabase();
  place.databaseUrl = database?.url;
  const remove = async () => {
    await database?.drop();
    await rm(home, { recursive: true, force: true });
  };
  return { home, settings: settingsOf(place), remove };
}

/** What a server on the restored store says. */
async function atRestored(settings: Settings, work: (origin: string) => Promise<void>) {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const env = { PATH: process.env.PATH, NODE_ENV: "production" as const, PORT: String(port), ...settings };
  const server = await spawnServer(origin, env, () => undefined);
  try {
    await work(origin);
  } finally {
    await server.stop();
  }
}

const presented = async (origin: string, key: string) =>
  (await sender(origin).send({ authorization: `apikey ${key}` }, "GET", "/v1/token")).body;

const owner = async (origin: string, { acme }: Issuer) => (await signInByHttp(origin, acme.people.owner)).headers();

test("what was revoked after a backup of the running server is refused after its restore, until it is confirmed", async ({
  issuer,
  server,
}) => {
  const [kept, stolen] = [await issuer.newKey(), await issuer.newKey()];
  const { home, settings, remove } = await newPlace(server.dataDir);
  try {
    const file = path.join(home, "backup");
    const taken = await run("backup", settingsOf(server), file);
    expect(taken).toMatchObject({ code: 0, stderr: "" });
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await run("backup", settingsOf(server), file)).stderr).toContain("exists already");
    await issuer.revoke(stolen.id);

    const none = path.join(home, "none");
    for (const args of [[none], [file, "--checkpoints", none]])
      expect(await run("restore", settings, ...args)).toEqual({
        code: 1,
        stdout: "",
        stderr: `${none} cannot be read: no such file or directory.\n`,
      });
    expect((await run("backup", settings, "--flie", file)).stderr).toContain("Unknown option '--flie'");
    const restored = await run("restore", settings, file);
    expect(restored.code, restored.stderr).toBe(0);
    expect(restored.stdout).toContain("Nothing shows what happened since then");
    expect(restored.stdout).toContain("0 failures");
    expect((await run("restore", settings, file)).stderr).toContain("is not empty");
    await atRestored(settings, async (origin) => {
      for (const { key } of [kept, stolen])
        expect(await presented(origin, key)).toMatchObject({ code: "credential_disabled" });
      const { done } = sender(origin);
      const by = await owner(origin, issuer);
      const waiting = await done<{ ZUID: string }[]>(by, "GET", "/v1/credentials?state=restored&limit=100");
      expect(waiting.map(({ ZUID }) => ZUID)).toEqual(expect.arrayContaining([kept.id, stolen.id]));
      await done(by, "POST", "/v1/credentials/confirmations", { credentials: [kept.id] });
      expect((await presented(origin, kept.key)).data).toMatchObject({ ZUID: kept.id });
      expect(await presented(origin, stolen.key)).toMatchObject({ code: "credential_disabled" });
    });
  } finally {
    await remove();
  }
});

test("a stopped server moves: with the checkpoints it left nothing has to be confirmed", async ({ issuer, server }) => {
  const { key, id } = await issuer.newKey();
  await server.stop();
  const { home, settings, remove } = await newPlace(server.dataDir);
  try {
    const file = path.join(home, "backup");
    expect((await run("backup", settingsOf(server), file)).code).toBe(0);
    const checkpoints = path.join(server.dataDir, "checkpoints.log");
    const restored = await run("restore", settings, file, "--checkpoints", checkpoints);
    expect(restored.stdout, restored.stderr).toContain("The checkpoints show that nothing happened since.");
    await atRestored(settings, async (origin) => {
      expect((await presented(origin, key)).data).toMatchObject({ ZUID: id });
    });
  } finally {
    await remove();
    await server.restart();
  }
});
