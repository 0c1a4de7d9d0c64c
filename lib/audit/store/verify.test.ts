import { beforeEach, expect, test } from "vitest";
import { sealBatch } from "@/lib/audit/seal";
import { db } from "@/lib/kernel/db";
import { writeEvent } from "@/lib/kernel/events";
import { foundOrganization, type TestOrganization } from "@/lib/testing/organization";
import { verifyStore } from "./verify";

let acme: TestOrganization;
beforeEach(async () => {
  acme = await foundOrganization();
  await happen(3);
  await happen(300);
});

async function happen(count: number): Promise<void> {
  await db().$transaction(async (tx) => {
    for (let at = 0; at < count; at++) {
      const target = { id: "56-19a00000000-bcdfghjk", name: `Key ${at}` };
      await writeEvent(tx, acme.owner, {
        action: "key.generated",
        target,
        after: { name: "Ödön 👩‍🔧", rateLimit: 1.5e-7 },
      });
    }
  });
  await sealBatch();
}

const failures = async () =>
  (await verifyStore()).findings.failures
    .filter(({ file }) => file.includes(acme.id) || file === "audit_event")
    .map(({ file, seq, reason }) => [file.replace(acme.id, "acme"), seq, reason].join(" | "));

/** As whoever owns the database can: with the guards off. */
async function withoutGuards(statement: string): Promise<void> {
  await db().$transaction(async (tx) => {
    await tx.$executeRaw`set local session_replication_role = replica`;
    await tx.$executeRawUnsafe(statement);
  });
}

test("a trail that nobody changed holds, up to its last checkpoint", async () => {
  const before = await verifyStore();
  expect(before.findings.failures).toEqual([]);
  expect(before.events).toBeGreaterThanOrEqual(303);
  expect(before.checkpoints).toBeGreaterThanOrEqual(2);
});

const at = (seq: number) => `log_id = 'ACME' and seq = ${seq}`;
const TAMPERED: [what: string, sql: string, found: string[]][] = [
  [
    "a column",
    `update audit_event set reason = 'x' where id = (select event_id from audit_leaf where ${at(7)})`,
    ["log acme | 7 | says another thing than the columns of the event"],
  ],
  [
    "a record",
    `update audit_leaf set record = replace(record, 'key.generated', 'key.forged') where ${at(7)}`,
    [
      "log acme | 7 | says another thing than the columns of the event",
      "log acme, tile 0/0 | 7 | has another hash than what it is of",
      "log acme, tile 1/0 |  | has another hash than what it is of",
      "log acme, checkpoint of 303 |  | has another root than the events give: they were changed",
    ],
  ],
  [
    "a deleted event",
    `delete from audit_event where id = (select event_id from audit_leaf where ${at(300)})`,
    ["log acme | 300 | is the event"],
  ],
  [
    "a deleted record",
    `delete from audit_leaf where ${at(300)}`,
    ["log acme | 300 | has no record", "audit_event |  | 1 events are in no log"],
  ],
  [
    "a hash of a tile",
    `update audit_tile set hashes = set_byte(hashes, 33, 255 - get_byte(hashes, 33)) where log_id = 'ACME' and level = 0 and index = 1`,
    ["log acme, tile 0/1 | 257 | has another hash"],
  ],
  [
    "the root of a checkpoint",
    `update audit_checkpoint set root = set_byte(root, 0, 255 - get_byte(root, 0)) where log_id = 'ACME' and size = 3`,
    ["log acme, checkpoint of 3 |  | has another root in its row"],
  ],
  [
    "what was signed",
    `update audit_checkpoint set note = replace(note, '/ACME', '/EVIL') where log_id = 'ACME' and size = 3`,
    ["log acme, checkpoint of 3 |  | the signature of"],
  ],
  [
    "the head",
    `update audit_log set size = 3 where log_id = 'ACME'`,
    [
      "log acme, tile 0/0 |  | is longer than its tree",
      "log acme |  | has 3 events, and the last checkpoint is of 303",
    ],
  ],
];

test.each(TAMPERED)("%s that was changed with the guards off is found and named", async (_, sql, found) => {
  await withoutGuards(sql.replaceAll("ACME", acme.id));
  const named = await failures();
  for (const start of found)
    expect(
      named.some((line) => line.startsWith(start)),
      `${start}\n${named.join("\n")}`,
    ).toBe(true);
});
