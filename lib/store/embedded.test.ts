import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { beforeAll, describe, expect, inject, onTestFinished, test } from "vitest";
import { env } from "@/lib/kernel/env";
import { writeTemplateTo } from "@/lib/testing/database";
import { buildProgram, startProgram } from "@/lib/testing/program";
import { toAppError } from "@/lib/kernel/errors";
import { openStore } from "./open";

/** How a request would be answered for it. */
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => "none",
    (thrown: unknown) => toAppError(thrown).code as string,
  );

describe.skipIf(env().databaseUrl)("on the embedded store", () => {
  let program: string;

  beforeAll(async () => {
    program = await buildProgram("write-organizations");
  });

  async function emptyDirectory(): Promise<string> {
    const directory = await mkdtemp(path.join(tmpdir(), "latchkey-store-"));
    onTestFinished(() => rm(directory, { recursive: true }));
    return directory;
  }

  const open = (dataDir: string) => openStore({ dataDir, databaseUrl: undefined }, () => undefined);

  test("a first start makes the data directory for its owner alone, and a second one finds the rows", async () => {
    const dataDir = path.join(await emptyDirectory(), "new", "data");
    const first = await open(dataDir);
    expect((await stat(dataDir)).mode & 0o777).toBe(0o700);
    await first.client.organization.create({ data: { id: "60-1-acme", accountName: "acme", name: "Acme" } });
    await expect(open(dataDir)).rejects.toThrow(`in use by process ${process.pid}`);
    await first.close();
    const second = await open(dataDir);
    expect(await second.client.organization.count()).toBe(1);
    await second.ping();
    await second.close();
    expect(await readdir(dataDir)).toEqual(["lock.2", "store"]);
  }, 60_000);

  test("a thousand wait for the store at most, statements and transactions; more are told to come again, and it goes on", async () => {
    const store = await open(path.join(await emptyDirectory(), "data"));
    onTestFinished(() => store.close());
    const { client } = store;
    const asked = Array.from({ length: 1_100 }, () => codeOf(client.$queryRaw`select 1`));
    asked.push(codeOf(client.$transaction((tx) => tx.$queryRaw`select 1`)));
    const counted = new Map<string, number>();
    for (const code of await Promise.all(asked)) counted.set(code, (counted.get(code) ?? 0) + 1);
    expect([...counted.keys()].sort()).toEqual(["none", "store_unavailable"]);
    expect(counted.get("none")).toBeGreaterThanOrEqual(1_000);
    expect(counted.get("store_unavailable")).toBeGreaterThan(90);
    expect(await codeOf(client.$transaction((tx) => tx.$queryRaw`select 1`))).toBe("none");
  }, 60_000);

  test("a statement of a transaction that took too long is told so, and nothing of it stays", async () => {
    const store = await open(path.join(await emptyDirectory(), "data"));
    onTestFinished(() => store.close());
    const { organization } = store.client;
    const data = { id: "60-1-late", accountName: "late", name: "Late" };
    let statement: Promise<unknown> = Promise.resolve();
    const late = store.client.$transaction(
      async (tx) => {
        await tx.organization.create({ data });
        // A crowd keeps its next statement waiting until its time is over.
        for (const end = Date.now() + 1_200; Date.now() < end;) await new Promise((next) => setImmediate(next));
        await (statement = tx.organization.create({ data: { ...data, id: "60-1-later", accountName: "later" } }));
      },
      { timeout: 1_000 },
    );
    expect(await codeOf(late)).toBe("store_unavailable");
    expect(await codeOf(statement)).toMatch(/store_unavailable|none/);
    expect(await organization.count()).toBe(0);
  }, 60_000);

  test("a killed process loses nothing it acknowledged, and the next one starts at once on what it left", async () => {
    const dataDir = await emptyDirectory();
    await writeTemplateTo(inject("template"), path.join(dataDir, "store"));
    const acknowledged: string[] = [];
    for (const round of ["a", "b", "c"]) {
      const writer = startProgram(program, dataDir, round);
      for (let count = 0; count < 30; count++) acknowledged.push((await writer.nextLine()) as string);
      await writer.kill();
    }
    const store = await open(dataDir);
    onTestFinished(() => store.close());
    const names = new Set((await store.client.organization.findMany()).map(({ name }) => name));
    expect(acknowledged.filter((name) => !names.has(name))).toEqual([]);
    // Written in the same transaction as its row.
    const { organizationId } = await store.client.deployment.findUniqueOrThrow({ where: { id: 1 } });
    expect(names).toContain(organizationId);
  }, 90_000);
});
