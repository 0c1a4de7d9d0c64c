import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { beforeAll, describe, expect, inject, onTestFinished, test } from "vitest";
import { env } from "@/lib/kernel/env";
import { writeTemplateTo } from "@/lib/testing/database";
import { buildProgram, startProgram } from "@/lib/testing/program";
import { openStore } from "./open";

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
