import { beforeAll, describe, expect, it } from "vitest";
import { db } from "@/lib/kernel/db";
import { writeEvent } from "@/lib/kernel/events";
import { foundOrganization, type TestOrganization } from "@/lib/testing/organization";
import { sealPending } from "./sealer";

let acme: TestOrganization;
beforeAll(async () => {
  acme = await foundOrganization();
  for (const name of ["one", "two", "three"]) {
    await writeEvent(db(), acme.owner, { action: "key.generated", target: { id: null, name } });
  }
  await sealPending();
});

const run = (sql: string) => db().$executeRawUnsafe(sql.replaceAll("$log", `'${acme.id}'`));

describe("the database refuses", () => {
  it.each([
    ["to alter a record", "update audit_leaf set record = '{}' where log_id = $log"],
    ["to delete a record", "delete from audit_leaf where log_id = $log and seq = 2"],
    ["to empty the records", "truncate audit_leaf"],
    ["to delete an event that is sealed", "delete from audit_event where organization_id = $log"],
    ["to change a hash", `update audit_tile set hashes = '\\x${"00".repeat(96)}' where log_id = $log`],
    ["to shorten a tile", "update audit_tile set hashes = substring(hashes from 1 for 64) where log_id = $log"],
    ["to move a tile", "update audit_tile set index = 7 where log_id = $log"],
    ["to delete a tile", "delete from audit_tile where log_id = $log"],
    ["to shorten a log", "update audit_log set size = 1 where log_id = $log"],
    ["to go back to an earlier epoch", "update audit_log set epoch = 0 where log_id = $log"],
    ["to delete a log", "delete from audit_log where log_id = $log"],
    ["to alter a checkpoint", "update audit_checkpoint set note = '' where log_id = $log"],
    ["to delete a checkpoint", "delete from audit_checkpoint where log_id = $log"],
    ["to alter a key", "update audit_key set endorsement = ''"],
    ["to delete a key", "delete from audit_key"],
  ])("%s", async (_, sql) => {
    await expect(run(sql)).rejects.toThrow(/append-only/);
  });

  it("to forget an event that waits for its log", async () => {
    await writeEvent(db(), acme.owner, { action: "key.generated", target: { id: null, name: "waiting" } });
    await expect(run("delete from audit_pending")).rejects.toThrow(/has to wait/);
    await expect(run("update audit_pending set log_id = 'x'")).rejects.toThrow(/append-only/);
    await expect(run("truncate audit_pending")).rejects.toThrow(/append-only/);
    await sealPending();
    expect(await db().auditLeaf.count({ where: { logId: acme.id } })).toBe(4);
  });

  it("to let go of events beyond what an archive covers, and lets go of those that it does", async () => {
    await db().auditArchive.create({
      data: { logId: acme.id, fromSeq: 0, toSeq: 2, sha256: new Uint8Array(32), file: "acme-0-2.zip" },
    });
    const events = await acme.events();
    const remove = (ids: (string | undefined)[]) =>
      db().auditEvent.deleteMany({ where: { id: { in: ids as string[] } } });
    await expect(remove([events[1]?.id, events[2]?.id])).rejects.toThrow(/append-only/);
    await expect(run("delete from audit_leaf where log_id = $log and seq <= 2")).rejects.toThrow(/append-only/);
    expect(await remove([events[0]?.id, events[1]?.id])).toEqual({ count: 2 });
    expect(await run("delete from audit_leaf where log_id = $log and seq < 2")).toBe(2);
    await expect(run("delete from audit_archive")).rejects.toThrow(/append-only/);
  });
});
