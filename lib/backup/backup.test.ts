import { randomBytes } from "node:crypto";
import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import { beforeAll, describe, expect, test } from "vitest";
import { sealPending } from "@/lib/audit/sealer";
import { verifyStore } from "@/lib/audit/store/verify";
import { registerApp } from "@/lib/apps/commands";
import { env } from "@/lib/kernel/env";
import { newKey } from "@/lib/testing/app";
import { newLoginClient } from "@/lib/testing/login";
import { foundOrganization, type TestOrganization } from "@/lib/testing/organization";
import { newFolder, newStore, rowsOf, within } from "@/lib/testing/restoring";
import { testStore } from "@/lib/testing/setup";
import { newToken } from "@/lib/testing/token";
import { checkBackup } from "./read";
import { restoreBackup } from "./restore";
import { writeBackup } from "./write";

const NOTHING_LOST = { kind: "none", events: 0, epochs: {} } as const;
/** What a restore changes by design. */
const GUARDED = [
  "session",
  "login_grant",
  "password_reset",
  "second_factor_challenge",
  "event_stream",
  "audit_event",
  "stream_delivery",
];
let acme: TestOrganization;

beforeAll(async () => {
  acme = await fill();
});

async function fill(): Promise<TestOrganization> {
  const organization = await foundOrganization();
  for (let n = 0; n < 5; n += 1) await newKey(organization, { allowedCidrs: ["203.0.113.0/24"] });
  await newToken(organization);
  const { logIn } = await newLoginClient(organization);
  await logIn();
  await sealPending();
  return organization;
}

async function backUp(store = testStore()): Promise<string> {
  const file = path.join(await newFolder(), "backup");
  await writeBackup(store, file, env());
  return file;
}

async function tablesIn(file: string): Promise<string[]> {
  const { header } = await checkBackup(file, env());
  return header.tables.map(({ name }) => name);
}

describe("a backup", () => {
  test.each([
    ["same", "same"],
    ["same", "embedded"],
    ["embedded", "same"],
  ] as const)("comes back whole in an empty store (%s to %s)", async (from, to) => {
    const source = from === "same" ? testStore() : await newStore(from);
    if (from !== "same") await within(source, fill);
    const file = await backUp(source);
    const store = await newStore(to);
    await restoreBackup(store, file, await checkBackup(file, env()), NOTHING_LOST, env());
    const tables = (await tablesIn(file)).filter((name) => !GUARDED.includes(name));
    expect(tables).toContain("credential_version");
    expect(await rowsOf(store, tables)).toEqual(await rowsOf(source, tables));
    await within(store, async () => {
      await sealPending();
      const { findings, events } = await verifyStore();
      expect(findings.failures).toEqual([]);
      expect(events).toBe(await store.client.auditEvent.count());
      // Numbers go on after those that came back.
      await registerApp((await foundOrganization()).owner, { name: "Next" });
      await sealPending();
      expect((await verifyStore()).findings.failures).toEqual([]);
    });
  });

  test("taken while others write is of one moment: each change is in it with its event, or not at all", async () => {
    let isDone = false;
    const writing = Array.from({ length: 4 }, async (_, writer) => {
      for (let n = 0; !isDone; n += 1) {
        await registerApp(acme.owner, { name: `Beside ${writer} ${n}` });
        // In memory a write waits for nothing: without a turn for others, they would never have one.
        await turn();
      }
    });
    const files: string[] = [];
    try {
      for (let n = 0; n < 3; n += 1) files.push(await backUp());
    } finally {
      isDone = true;
    }
    await Promise.all(writing);
    for (const file of files) {
      const store = await newStore();
      await restoreBackup(store, file, await checkBackup(file, env()), NOTHING_LOST, env());
      const apps = await store.client.app.count({ where: { name: { startsWith: "Beside " } } });
      const events = await store.client.auditEvent.count({
        where: { action: "app.registered", targetName: { startsWith: "Beside " } },
      });
      expect(events).toBe(apps);
      await within(store, async () => {
        await sealPending();
        expect((await verifyStore()).findings.failures).toEqual([]);
      });
    }
  });

  test("is for this account alone, never written over another file, and holds no secret", async () => {
    const file = await backUp();
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    await expect(writeBackup(testStore(), file, env())).rejects.toThrow("exists already");
    const { key } = await newKey(acme);
    const text = await readFile(await backUp(), "utf8");
    expect(text).not.toContain(key.slice(4, 40));
    const secretKey = await readFile(path.join(env().dataDir, "secret-key"), "utf8");
    expect(text).not.toContain(secretKey.trim());
  });
});

describe("refused before anything is written is", () => {
  const refused = async (file: string, settings = env()) => {
    const store = await newStore();
    const attempt = checkBackup(file, settings).then((checked) =>
      restoreBackup(store, file, checked, NOTHING_LOST, settings),
    );
    const message = await attempt.then(
      () => "restored",
      (error: Error) => error.message,
    );
    expect(await store.client.organization.count()).toBe(0);
    return message;
  };

  test("a backup in which one byte differs, wherever it is, and one that ends early", async () => {
    const file = await backUp();
    const whole = await readFile(file);
    const places = [0, 1, whole.length - 1, whole.length - 2, whole.length - 80];
    for (let n = 0; n < 60; n += 1) places.push(Math.floor((randomBytes(4).readUInt32BE() / 2 ** 32) * whole.length));
    for (const at of places) {
      const altered = Buffer.from(whole);
      altered[at] = (altered[at] ?? 0) ^ (1 << (at % 8));
      await writeFile(file, altered);
      await expect(checkBackup(file, env()), `byte ${at}`).rejects.toThrow();
    }
    for (const length of [0, 1, 1000, whole.length - 1]) {
      await writeFile(file, whole.subarray(0, length));
      await expect(checkBackup(file, env()), `${length} bytes`).rejects.toThrow();
    }
    await writeFile(file, Buffer.concat([whole, Buffer.from("\n")]));
    expect(await refused(file)).toContain("sums do not match");
    // The control: the same file as it was.
    await writeFile(file, whole);
    await expect(checkBackup(file, env())).resolves.toBeDefined();
  });

  test("a backup of a deployment with another secret key", async () => {
    const other = { ...env(), secretKey: "another secret key of 32 characters" };
    expect(await refused(await backUp(), other)).toContain("another secret key");
  });

  test("any backup where there is no secret key yet, and none is made in its place", async () => {
    const dataDir = await newFolder();
    await expect(checkBackup(await backUp(), { dataDir, secretKey: undefined })).rejects.toThrow(
      `There is no secret key, neither in SECRET_KEY nor as ${path.join(dataDir, "secret-key")}.`,
    );
    expect(await readdir(dataDir)).toEqual([]);
  });

  test("a file that is not there, by its name; so is one that cannot be written", async () => {
    const nowhere = path.join(await newFolder(), "missing", "backup");
    await expect(checkBackup(nowhere, env())).rejects.toThrow(`${nowhere} cannot be read: no such file or directory.`);
    await expect(checkBackup(import.meta.dirname, env())).rejects.toThrow("cannot be read: it is a folder.");
    await expect(writeBackup(testStore(), nowhere, env())).rejects.toThrow(
      `${nowhere}.partial cannot be written: no such file or directory.`,
    );
  });

  test("what goes into a store that holds something", async () => {
    const file = await backUp();
    const checked = await checkBackup(file, env());
    await expect(restoreBackup(testStore(), file, checked, NOTHING_LOST, env())).rejects.toThrow("is not empty");
  });

  test("a backup of another version", async () => {
    const file = await backUp();
    const { header, summary } = await checkBackup(file, env());
    const older = { ...header, migrations: header.migrations.slice(0, -1) };
    const store = await newStore();
    const attempt = restoreBackup(store, file, { header: older, summary }, NOTHING_LOST, env());
    await expect(attempt).rejects.toThrow("another version of Latchkey");
    expect(await store.client.organization.count()).toBe(0);
  });
});
