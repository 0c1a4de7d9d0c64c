import { expect, test } from "vitest";
import { db } from "@/lib/kernel/db";
import { requireTrail } from "./boot-check";

test("a trail that can be written and not rewritten lets the server start", async () => {
  await expect(requireTrail()).resolves.toBeUndefined();
});

test("a trail whose guard was switched off stops the start", async () => {
  await db().$executeRaw`alter table audit_event disable trigger audit_event_append_only`;
  await expect(requireTrail()).rejects.toThrow("audit_event_append_only is missing or disabled");
  await db().$executeRaw`alter table audit_event enable trigger audit_event_append_only`;
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
