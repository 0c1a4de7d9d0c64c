import { expect, test } from "vitest";
import { db } from "@/lib/kernel/db";
import { writeEvent } from "@/lib/kernel/events";
import { foundOrganization } from "@/lib/testing/organization";
import { sealPending } from "./sealer";
import { verifyStore } from "./store/verify";

test("an event that was deleted before it was signed keeps no other from its log, and whoever verifies is told", async () => {
  const { id, owner } = await foundOrganization();
  const record = (name: string) => writeEvent(db(), owner, { action: "session.started", target: { id: null, name } });
  await record("gone");
  await db().$transaction(async (tx) => {
    await tx.$executeRaw`set local session_replication_role = replica`;
    await tx.auditEvent.deleteMany({ where: { organizationId: id } });
  });
  // As many as are looked at in one go, and none of them is there.
  await db().$executeRaw`select setval('audit_event_position_seq', 2000)`;
  await db()
    .$executeRaw`insert into audit_pending (position, log_id) select n, ${id} from generate_series(1001, 1100) n`;
  await record("left");
  await sealPending();
  const leaves = await db().auditLeaf.findMany({ where: { logId: id } });
  expect(leaves.map(({ record }) => (JSON.parse(record) as { target: { name: string } }).target.name)).toEqual([
    "left",
  ]);
  const { findings } = await verifyStore();
  expect(findings.failures.map(({ reason }) => reason)).toEqual([
    "101 events wait for a log and are not there any more",
  ]);
});
