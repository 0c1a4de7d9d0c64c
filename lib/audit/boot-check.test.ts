import { expect, test } from "vitest";
import { db } from "@/lib/kernel/db";
import { requireTrail } from "./boot-check";

test("a trail that can be written and not rewritten lets the server start", async () => {
  await expect(requireTrail()).resolves.toBeUndefined();
});

test.each([
  "audit_event_append_only",
  "audit_event_leaves_archived",
  "audit_event_awaits_log",
  "audit_pending_append_only",
  "audit_pending_leaves_sealed",
  "audit_leaf_append_only",
  "audit_leaf_leaves_archived",
  "audit_tile_append_only",
  "audit_tile_grows",
  "audit_log_append_only",
  "audit_log_grows",
  "audit_checkpoint_append_only",
  "audit_key_append_only",
  "audit_archive_append_only",
])("a trail whose guard %s was switched off stops the start", async (trigger) => {
  const table = /^audit_[a-z]+/.exec(trigger)?.[0];
  await db().$executeRawUnsafe(`alter table ${table} disable trigger ${trigger}`);
  await expect(requireTrail()).rejects.toThrow(`${trigger} is missing or disabled`);
  await db().$executeRawUnsafe(`alter table ${table} enable trigger ${trigger}`);
});

test("a database role that may not write the trail stops the start", async () => {
  await db().$executeRaw`create role latchkey_reader`;
  await db().$executeRaw`grant select on audit_event to latchkey_reader`;
  try {
    const asReader = db().$transaction(async (tx) => {
      await tx.$executeRaw`set local role latchkey_reader`;
      await requireTrail(tx);
    });
    await expect(asReader).rejects.toThrow("may not insert into audit_event");
  } finally {
    await db().$executeRaw`revoke all on audit_event from latchkey_reader`;
    await db().$executeRaw`drop role latchkey_reader`;
  }
});
