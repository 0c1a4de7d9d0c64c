import { beforeEach, describe, expect, inject, it } from "vitest";
import { db } from "@/lib/kernel/db";
import { writeEvent } from "@/lib/kernel/events";
import { newId } from "@/lib/kernel/new-id";
import { foundOrganization, type TestOrganization } from "@/lib/testing/organization";
import { parseCheckpoint } from "./checkpoint";
import { LEAF_COLUMNS, type LeafEvent, recordOf } from "./leaf";
import { hashLeaf, hashNode } from "./merkle";
import { noteKey, openNote } from "./note";
import { sealBatch } from "./seal";
import { sealPending } from "./sealer";
import { takeSealing } from "./sealing-lock";

let acme: TestOrganization;
beforeEach(async () => {
  acme = await foundOrganization();
});

const hasManyConnections = inject("template").kind === "postgres";

const record = (name: string, organization = acme) =>
  writeEvent(db(), organization.owner, {
    action: "session.started",
    target: { id: null, name },
    after: { kind: "browser" },
  });
const leaves = (logId = acme.id) => db().auditLeaf.findMany({ where: { logId }, orderBy: { seq: "asc" } });
const checkpoints = (logId = acme.id) => db().auditCheckpoint.findMany({ where: { logId }, orderBy: { size: "asc" } });
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

/** Does what only a database owner can: with the guard off. */
async function tamper(table: string, trigger: string, sql: string): Promise<void> {
  await db().$executeRawUnsafe(`alter table ${table} disable trigger ${trigger}`);
  await db().$executeRawUnsafe(sql);
  await db().$executeRawUnsafe(`alter table ${table} enable trigger ${trigger}`);
}

describe("sealing", () => {
  it("gives every event its place in its organization's log, without a gap, and signs the tree they make", async () => {
    const globex = await foundOrganization();
    await record("one");
    await record("of another organization", globex);
    await record("two");
    await sealPending();
    const [one, two] = await leaves();
    expect((await leaves()).map(({ seq }) => seq)).toEqual([0n, 1n]);
    expect((await leaves(globex.id)).map(({ seq }) => seq)).toEqual([0n]);
    const [checkpoint] = await checkpoints();
    const [key] = await db().auditKey.findMany();
    const { body } = openNote(checkpoint?.note as string, [noteKey(key?.publicKey as Uint8Array)]);
    const { origin, size, root } = parseCheckpoint(body);
    expect([origin, size]).toEqual([`latchkey/${acme.id}`, 2]);
    expect(hex(root)).toBe(hex(hashNode(hashLeaf(one?.record as string), hashLeaf(two?.record as string))));
    expect(await db().auditPending.count()).toBe(0);
  });

  it("records what the event says, in one canonical form with all its microseconds", async () => {
    await record("Naïve – “key”");
    await sealPending();
    const [event] = await acme.events();
    const [leaf] = await leaves();
    const time = (JSON.parse(leaf?.record as string) as { occurredAt: string }).occurredAt;
    expect(time).toMatch(/^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
    expect(leaf?.record).toBe(
      `{"action":"session.started","actor":{"id":"${acme.owner.principal.id}","name":"Olivia Owner","type":"user"},` +
        `"after":{"kind":"browser"},"appId":null,"before":null,"externalId":null,"id":"${event?.id}",` +
        `"instanceId":null,"ip":"192.0.2.7","log":"${acme.id}","occurredAt":"${time}","outcome":"allowed",` +
        `"reason":null,"reportedBy":null,"requestId":"req_test","seq":0,` +
        `"target":{"id":null,"name":"Naïve – “key”","type":"session"},"userAgent":"test","v":1,"verb":1}`,
    );
  });

  it("events of no organization have the log of the deployment", async () => {
    await writeEvent(
      db(),
      { ...acme.owner, organizationId: null },
      { action: "login.failed", target: { id: null, name: "?" } },
    );
    await sealPending();
    expect((await leaves("deployment")).at(-1)?.record).toContain('"log":"deployment"');
  });

  it("goes on from where it stopped, and the columns still make each record", async () => {
    for (let i = 0; i < 5; i++) {
      await record(`event ${i}`);
      await sealPending();
    }
    expect((await checkpoints()).map(({ size }) => size)).toEqual([1n, 2n, 3n, 4n, 5n]);
    const rows = await db().$queryRaw<(LeafEvent & { seq: bigint; record: string })[]>`
      select ${LEAF_COLUMNS}, l.seq, l.record from audit_event e join audit_leaf l on l.event_id = e.id
      where l.log_id = ${acme.id}`;
    for (const row of rows) expect(recordOf(acme.id, Number(row.seq), row)).toBe(row.record);
    expect(rows).toHaveLength(5);
  });

  it.runIf(hasManyConnections)("misses no event whose transaction commits after that of a later one", async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    const slow = db().$transaction(async (tx) => {
      await writeEvent(tx, acme.owner, { action: "session.started", target: { id: null, name: "slow" } });
      await held;
    });
    await expect
      .poll(
        () => db().$queryRaw`
        select 1 from pg_stat_activity where state = 'idle in transaction' and datname = current_database()`,
      )
      .toHaveLength(1);
    await record("fast");
    await sealPending();
    release();
    await slow;
    await sealPending();
    expect(
      (await leaves()).map(({ record: text }) => (JSON.parse(text) as { target: { name: string } }).target.name),
    ).toEqual(["fast", "slow"]);
  });

  it.runIf(hasManyConnections)("does nothing while another process seals", async () => {
    await record("one");
    await db().$transaction(async (tx) => {
      await takeSealing(tx);
      expect(await sealBatch()).toBeUndefined();
    });
    expect(await sealBatch()).toMatchObject({ events: 1, hasMore: false });
  });

  it("takes a batch of some megabytes, and one event at least, so that nothing in them can hold it up", async () => {
    const add = (count: number, after: object) => db().$executeRaw`
      insert into audit_event (id, organization_id, actor_type, actor_name, action, verb, target_type, target_name,
        outcome, request_id, ip, user_agent, after)
      select ${newId("event")} || n, ${acme.id}, 'system', 'x', 'api.x', 1, 'x', 'x', 'allowed', 'x', '', '',
        ${JSON.stringify(after)}::jsonb
      from generate_series(1, ${count}) as n`;
    await sealPending();
    // Of 180 kB each, as the database writes such numbers out.
    await add(30, { amounts: Array<number>(580).fill(9e307) });
    expect(await sealBatch()).toMatchObject({ events: 23, hasMore: true });
    expect(await sealBatch()).toMatchObject({ events: 7, hasMore: false });
    await add(1, { text: "x".repeat(5_000_000) });
    await add(150, { text: "short" });
    expect(await sealBatch()).toMatchObject({ events: 1, hasMore: true });
    expect(await sealBatch()).toMatchObject({ events: 150, hasMore: false });
  });

  it("writes nothing when there is nothing new", async () => {
    await record("one");
    await sealPending();
    const before = await db().auditCheckpoint.count();
    await sealPending();
    expect(await db().auditCheckpoint.count()).toBe(before);
  });
});

describe("a tree that somebody has changed", () => {
  const zeros = "00".repeat(32);

  it("is sealed no further when a hash was replaced", async () => {
    await record("one");
    await sealPending();
    await record("two");
    await tamper(
      "audit_tile",
      "audit_tile_grows",
      `update audit_tile set hashes = '\\x${zeros}' where log_id = '${acme.id}'`,
    );
    await expect(sealPending()).rejects.toThrow(`The log ${acme.id} is not what was signed when it had 1 events`);
    expect(await leaves()).toHaveLength(1);
    expect(await db().auditPending.count()).toBe(1);
    await db().$executeRawUnsafe(`alter table audit_pending disable trigger all`);
    await db().auditPending.deleteMany();
    await db().$executeRawUnsafe(`alter table audit_pending enable trigger all`);
  });

  it("cannot be cut back to an earlier size and signed anew", async () => {
    await record("one");
    await sealPending();
    await record("two");
    await sealPending();
    await tamper("audit_log", "audit_log_grows", `update audit_log set size = 1 where log_id = '${acme.id}'`);
    await record("another two");
    await expect(sealPending()).rejects.toThrow(/is not what was signed|does not have the length|lacks hashes/);
    await db().auditLog.update({ where: { logId: acme.id }, data: { size: 2 } });
    await sealPending();
    expect(await leaves()).toHaveLength(3);
  });
});
