import { appendFile, writeFile } from "node:fs/promises";
import { beforeEach, describe, expect, test } from "vitest";
import { originOf } from "@/lib/audit/checkpoint";
import { signNote } from "@/lib/audit/note";
import { processNote } from "@/lib/audit/process-note";
import { sealPending } from "@/lib/audit/sealer";
import { verifyStore } from "@/lib/audit/store/verify";
import { db } from "@/lib/kernel/db";
import { env } from "@/lib/kernel/env";
import { newKey } from "@/lib/testing/app";
import { foundOrganization, type TestOrganization } from "@/lib/testing/organization";
import { epochOf, newBackup, UNKNOWN, within } from "@/lib/testing/restoring";
import { testStore } from "@/lib/testing/setup";

let acme: TestOrganization;
let backup: Awaited<ReturnType<typeof newBackup>>;

beforeEach(async () => {
  acme = await foundOrganization();
  await newKey(acme);
  await sealPending();
  backup = await newBackup(testStore());
});

describe("every restore of a backup goes on under a name that nothing was signed under", () => {
  test("also one after another that was seen outside; a log that had nothing sealed yet begins anew", async () => {
    const young = await foundOrganization();
    await newKey(young);
    backup = await newBackup(testStore());
    const { store } = await backup.restored({ ...UNKNOWN, epochs: { [acme.id]: 2_000_000_000 } });
    await within(store, async () => {
      await sealPending();
      expect([await epochOf(acme.id), await epochOf(young.id)]).toEqual([2_000_000_001, 1]);
      expect((await verifyStore()).findings.failures).toEqual([]);
      await backup.writeOutside();
    });
    expect((await backup.loss()).epochs).toMatchObject({ [acme.id]: 2_000_000_001, [young.id]: 1 });
  });

  test("and after one of which nothing is seen: it is named by its time", async () => {
    await within((await backup.restored(UNKNOWN)).store, async () =>
      expect(await epochOf(acme.id)).toBeGreaterThan(28_000_000),
    );
  });
});

describe("the outside checkpoints", () => {
  test("that are missing, or end before the backup, tell nothing", async () => {
    expect(await backup.loss()).toEqual(UNKNOWN);
    const first = await db().auditCheckpoint.findFirstOrThrow({ orderBy: { position: "asc" } });
    await writeFile(backup.outside, `${first.note}\n${processNote("stopped", new Date())}\n`);
    expect((await backup.loss()).kind).toBe("unknown");
  });

  test("that somebody has named are not taken for none when they are not there", async () => {
    await expect(backup.loss(true)).rejects.toThrow(`${backup.outside} cannot be read: no such file or directory.`);
    await backup.writeOutside("stopped");
    expect((await backup.loss(true)).kind).toBe("none");
  });

  test("tell nothing of the time after their last when no process says that it stopped with nothing left to tell", async () => {
    await backup.writeOutside();
    expect((await backup.loss()).kind).toBe("unknown");
    await backup.writeOutside("started", "stopped", "started");
    expect((await backup.loss()).kind).toBe("unknown");
    await backup.writeOutside("started");
    const forged = processNote("stopped", new Date(), { ...env(), secretKey: "another deployment's secret key" });
    await appendFile(backup.outside, `${forged}\n`);
    expect((await backup.loss()).kind).toBe("unknown");
    await backup.writeOutside("started", "stopped");
    expect((await backup.loss()).kind).toBe("none");
  });

  test("tell nothing of events that had not been sealed when the backup was taken", async () => {
    await newKey(await foundOrganization());
    backup = await newBackup(testStore());
    await backup.writeOutside("stopped");
    expect((await backup.loss()).kind).toBe("unknown");
    await sealPending();
  });

  test("tell how many events are missing, also of an organization that is newer than the backup", async () => {
    await backup.writeOutside();
    const young = await foundOrganization();
    await newKey(young);
    await newKey(acme);
    await sealPending();
    await backup.writeOutside();
    expect(await backup.loss()).toMatchObject({ kind: "some", events: 4 });
  });

  test("that nobody of this deployment has signed count for nothing", async () => {
    await backup.writeOutside("stopped");
    const body = `${originOf(acme.id, 1)}\n999\n${Buffer.alloc(32).toString("base64")}\n`;
    await appendFile(backup.outside, `${signNote(body, new Uint8Array(32).fill(7))}\n`);
    expect(await backup.loss()).toMatchObject({ kind: "none", events: 0 });
  });

  test("that show another epoch show a loss", async () => {
    const { store } = await backup.restored(UNKNOWN);
    await within(store, async () => {
      await sealPending();
      await backup.writeOutside();
    });
    expect((await backup.loss()).kind).toBe("some");
  });
});
