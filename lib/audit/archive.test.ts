import { openAsBlob } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import { beforeEach, expect, it } from "vitest";
import { db } from "@/lib/kernel/db";
import { writeEvent } from "@/lib/kernel/events";
import { verdictOf } from "@/lib/testing/bundles";
import { foundOrganization, type TestOrganization } from "@/lib/testing/organization";
import { archiveOldEvents } from "./archive";
import { archivesDirectory } from "./archive-file";
import { newestCheckpoint } from "./checkpoints";
import { readProof } from "./proofs";
import { sealPending } from "./sealer";
import { listKeys } from "./signing-key";
import { verifyStore } from "./store/verify";

let acme: TestOrganization;
beforeEach(async () => {
  acme = await foundOrganization();
});

const keepFor = (auditRetentionDays: number) =>
  db().organization.update({ where: { id: acme.id }, data: { auditRetentionDays } });
async function seal(...names: string[]): Promise<void> {
  for (const name of names) {
    await writeEvent(db(), acme.owner, { action: "session.started", target: { id: null, name } });
  }
  await sealPending();
}
/** As if everything that is signed now had been signed so many days ago. */
async function age(days: number): Promise<void> {
  await db().$executeRaw`alter table audit_checkpoint disable trigger audit_checkpoint_append_only`;
  await db().$executeRaw`
    update audit_checkpoint set signed_at = signed_at - make_interval(days => ${days}) where log_id = ${acme.id}`;
  await db().$executeRaw`alter table audit_checkpoint enable trigger audit_checkpoint_append_only`;
}
const names = async () => (await acme.events()).map(({ targetName }) => targetName);
const archives = () => db().auditArchive.findMany({ where: { logId: acme.id }, orderBy: { fromSeq: "asc" } });

it("what is old enough leaves for a bundle that both the row and the verifier vouch for, and the rest stays", async () => {
  await seal("one", "two", "three");
  await age(31);
  await seal("four");
  await keepFor(30);
  expect(await archiveOldEvents()).toBe(3);
  expect(await names()).toEqual(["four", "trail"]);
  const [archive] = await archives();
  expect([archive?.fromSeq, archive?.toSeq]).toEqual([0n, 3n]);
  const file = path.join(archivesDirectory(), archive?.file as string);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  const pinned = (await listKeys()).map(({ vkey }) => vkey);
  const outside = [(await newestCheckpoint(db(), acme.id))?.note as string];
  expect(await verdictOf(await openAsBlob(file), { pinned, outside })).toEqual([]);
  expect((await acme.events()).at(-1)).toMatchObject({
    action: "trail.archived",
    actorType: "system",
    after: { range: "0–3", events: 3, file: archive?.file, sha256: Buffer.from(archive?.sha256 ?? []).toString("hex") },
  });
});

it("later proofs still hold, of what was archived too, and the store still verifies", async () => {
  await seal("one", "two", "three");
  await age(31);
  await keepFor(30);
  await archiveOldEvents();
  await seal("four");
  expect(await readProof(acme.owner, { seq: 1 })).toMatchObject({ seq: 1, event: null, record: null, size: 5 });
  expect(await readProof(acme.owner, { from: 3, to: 5 })).toMatchObject({ from: 3, to: 5 });
  await sealPending();
  const { archived, findings } = await verifyStore();
  expect(archived).toBeGreaterThanOrEqual(3);
  expect(findings.failures).toEqual([]);
});

it("nothing leaves while the policy keeps everything, nor before its time", async () => {
  await seal("one");
  await age(29);
  expect(await archiveOldEvents()).toBe(0);
  await keepFor(30);
  expect(await archiveOldEvents()).toBe(0);
  expect(await names()).toEqual(["one"]);
});

it("each run goes on where the one before it ended", async () => {
  await keepFor(30);
  await seal("one");
  await age(31);
  await archiveOldEvents();
  await sealPending();
  await seal("two");
  await age(31);
  expect(await archiveOldEvents()).toBe(2);
  expect((await archives()).map(({ fromSeq, toSeq }) => [fromSeq, toSeq])).toEqual([
    [0n, 1n],
    [1n, 3n],
  ]);
  expect(await names()).toEqual(["trail"]);
});

it("what a crash kept from being deleted is deleted by the next run, without another archive", async () => {
  await keepFor(30);
  await seal("one", "two");
  const row = {
    logId: acme.id,
    fromSeq: 0,
    toSeq: 1,
    sha256: new Uint8Array(32),
    file: "written-before-the-crash.zip",
  };
  await db().auditArchive.create({ data: row });
  expect(await archiveOldEvents()).toBe(0);
  expect(await names()).toEqual(["two"]);
});

it("a bundle that does not verify deletes nothing, leaves no file, and keeps no other organization from its turn", async () => {
  await keepFor(30);
  await seal("one", "two");
  await age(31);
  await db().$executeRaw`alter table audit_leaf disable trigger audit_leaf_append_only`;
  await db().$executeRaw`update audit_leaf set record = replace(record, 'one', 'uno') where log_id = ${acme.id}`;
  await db().$executeRaw`alter table audit_leaf enable trigger audit_leaf_append_only`;
  const broken = acme;
  acme = await foundOrganization();
  await keepFor(30);
  await seal("three");
  await age(31);
  expect(await archiveOldEvents()).toBe(1);
  expect(await names()).toEqual(["trail"]);
  acme = broken;
  expect(await names()).toEqual(["one", "two"]);
  expect(await archives()).toEqual([]);
  expect((await readdir(archivesDirectory())).filter((file) => file.includes(acme.id))).toEqual([]);
  await keepFor(0);
});
