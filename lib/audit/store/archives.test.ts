import { rm, truncate } from "node:fs/promises";
import path from "node:path";
import { beforeEach, expect, test } from "vitest";
import { archiveOldEvents } from "@/lib/audit/archive";
import { archivesDirectory } from "@/lib/audit/archive-file";
import { sealPending } from "@/lib/audit/sealer";
import { db } from "@/lib/kernel/db";
import { writeEvent } from "@/lib/kernel/events";
import { foundOrganization, type TestOrganization } from "@/lib/testing/organization";
import { verifyStore } from "./verify";

let acme: TestOrganization;
beforeEach(async () => {
  acme = await foundOrganization();
});

async function happen(...names: string[]): Promise<void> {
  for (const name of names) {
    await writeEvent(db(), acme.owner, { action: "session.started", target: { id: null, name } });
  }
  await sealPending();
}

/** Everything that is sealed leaves for an archive, and that it did is sealed. */
async function archiveAll(): Promise<void> {
  await db().$transaction(async (tx) => {
    await tx.$executeRaw`set local session_replication_role = replica`;
    await tx.$executeRaw`
      update audit_checkpoint set signed_at = signed_at - interval '31 days' where log_id = ${acme.id}`;
  });
  await db().organization.update({ where: { id: acme.id }, data: { auditRetentionDays: 30 } });
  await archiveOldEvents();
  await sealPending();
}

/** As whoever can run SQL does, with every guard on: a row, and then the guards let the events go. */
async function pretend(fromSeq: number, toSeq: number): Promise<void> {
  const row = { logId: acme.id, fromSeq, toSeq, sha256: new Uint8Array(32), file: "nowhere.zip" };
  await db().auditArchive.create({ data: row });
  await db().$executeRaw`
    delete from audit_event e using audit_leaf l
    where l.event_id = e.id and l.log_id = ${acme.id} and l.seq >= ${fromSeq} and l.seq < ${toSeq}`;
  await db().$executeRaw`
    delete from audit_leaf where log_id = ${acme.id} and seq >= ${fromSeq} and seq < ${toSeq}`;
}

async function found() {
  const { failures, warnings } = (await verifyStore()).findings;
  const own = (text: string) => text.includes(acme.id);
  return {
    failures: failures
      .filter(({ file }) => own(file))
      .map(({ file, reason }) => `${file.replace(acme.id, "acme")}: ${reason}`),
    warnings: warnings.filter(own).map((text) => text.replaceAll(acme.id, "acme")),
  };
}
const rows = () => db().auditArchive.findMany({ where: { logId: acme.id }, orderBy: { fromSeq: "asc" } });
const fileOf = async (at: number) => path.join(archivesDirectory(), (await rows())[at]?.file as string);

test("archives that followed each other hold, also where a later one has the event that tells of an earlier", async () => {
  await happen("one", "two");
  await archiveAll();
  await happen("three");
  await archiveAll();
  expect((await rows()).map(({ fromSeq, toSeq }) => [fromSeq, toSeq])).toEqual([
    [0n, 2n],
    [2n, 4n],
  ]);
  expect(await found()).toEqual({ failures: [], warnings: [] });
});

test("events that were deleted under the row of an archive that nobody made are missed", async () => {
  await happen("one", "two", "three");
  await pretend(0, 2);
  expect((await found()).failures).toEqual([
    "log acme, archive 0–2: no event of the log tells of it: its events were deleted",
  ]);
});

test("so are those after an archive that somebody made", async () => {
  await happen("one", "two");
  await archiveAll();
  await happen("three", "four");
  await pretend(2, 4);
  expect((await found()).failures).toContain(
    "log acme, archive 2–4: no event of the log tells of it: its events were deleted",
  );
});

test("and so is a gap between archives", async () => {
  await happen("one", "two", "three", "four");
  await pretend(2, 3);
  expect((await found()).failures).toContain("log acme, archive 2–3: does not follow what was archived before");
});

test("an archive that was changed is found, and one that is elsewhere is named", async () => {
  await happen("one", "two");
  await archiveAll();
  await happen("three");
  await archiveAll();
  await truncate(await fileOf(0), 100);
  expect((await found()).failures).toEqual([
    expect.stringMatching(/^log acme, archive 0–2: .* is not what was archived: its sum differs$/),
  ]);
  await rm(await fileOf(0));
  await rm(await fileOf(1));
  expect(await found()).toEqual({
    failures: [],
    warnings: [
      expect.stringMatching(/^log acme, archive 2–4: .*\.zip is not on this machine and was not read\.$/),
      "log acme, archive 0–2: what tells of it is in an archive that is not on this machine.",
      expect.stringMatching(/^log acme, archive 0–2: .*\.zip is not on this machine and was not read\.$/),
    ],
  });
});
