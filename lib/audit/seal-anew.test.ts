import { beforeEach, describe, expect, it } from "vitest";
import { db } from "@/lib/kernel/db";
import { writeEvent } from "@/lib/kernel/events";
import { seedOf } from "@/lib/testing/audit-log";
import { foundOrganization, type TestOrganization } from "@/lib/testing/organization";
import { checkpointBody, originOf } from "./checkpoint";
import { publicKeyOf, signNote } from "./note";
import { sealPending } from "./sealer";

let acme: TestOrganization;
beforeEach(async () => {
  acme = await foundOrganization();
});

const record = (name: string) =>
  writeEvent(db(), acme.owner, { action: "session.started", target: { id: null, name } });

/** With every guard off, as whoever owns the database can. */
const withoutGuards = (...statements: string[]) =>
  db().$transaction(async (tx) => {
    await tx.$executeRaw`set local session_replication_role = replica`;
    for (const sql of statements) await tx.$executeRawUnsafe(sql.replaceAll("ACME", `'${acme.id}'`));
  });
const FORGED = "update audit_event set reason = 'forged' where organization_id = ACME";
const EMPTIED = ["audit_leaf", "audit_tile", "audit_checkpoint"].map(
  (table) => `delete from ${table} where log_id = ACME`,
);
const WAIT_AGAIN = `insert into audit_pending (position, log_id)
  select position, organization_id from audit_event where organization_id = ACME on conflict do nothing`;
const refused = async () => {
  await expect(sealPending()).rejects.toThrow(`The log ${acme.id} is not what was signed`);
  await withoutGuards("delete from audit_pending where log_id = ACME");
};

const ZEROS = "00".repeat(32);

describe("a log that whoever owns the database has rewritten", () => {
  it.each([
    ["a later epoch", "update audit_log set epoch = 2, size = 0 where log_id = ACME", EMPTIED],
    [
      "its first epoch, while anything signed is left",
      "update audit_log set size = 0 where log_id = ACME",
      EMPTIED.slice(0, 2),
    ],
  ])("is not signed anew from its beginning in %s", async (_, head, emptied) => {
    await record("one");
    await record("two");
    await sealPending();
    await withoutGuards(FORGED, ...emptied, head, WAIT_AGAIN);
    await refused();
    expect(await db().auditLeaf.count({ where: { logId: acme.id } })).toBe(0);
  });

  it("does not pass for what was signed by the row of a checkpoint that no key has signed", async () => {
    await record("one");
    await sealPending();
    await withoutGuards(
      `update audit_tile set hashes = '\\x${ZEROS}' where log_id = ACME`,
      `update audit_checkpoint set root = '\\x${ZEROS}' where log_id = ACME`,
    );
    await record("two");
    await refused();
  });

  it("does not pass for it by a note that a key from the database has signed", async () => {
    await record("one");
    await sealPending();
    const body = checkpointBody({ origin: originOf(acme.id, 1), size: 1, root: new Uint8Array(32) });
    await withoutGuards(
      `update audit_tile set hashes = '\\x${ZEROS}' where log_id = ACME`,
      `update audit_checkpoint set root = '\\x${ZEROS}', note = '${signNote(body, seedOf(9))}' where log_id = ACME`,
      `insert into audit_key (id, generation, public_key) values ('forged', 0, '\\x${Buffer.from(publicKeyOf(seedOf(9))).toString("hex")}')`,
    );
    await record("two");
    await refused();
    await withoutGuards("delete from audit_key where id = 'forged'");
  });
});
