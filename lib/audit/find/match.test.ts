import { beforeAll, describe, expect, test } from "vitest";
import { Chance } from "@/lib/demo/chance";
import { db } from "@/lib/kernel/db";
import { newId } from "@/lib/kernel/new-id";
import { foundOrganization, type TestOrganization } from "@/lib/testing/organization";
import { testStore } from "@/lib/testing/setup";
import type { AuditEvent } from "@/prisma/generated/client";
import { countEvents, listEvents, listVendorAudits } from "@/lib/audit/queries";
import { FilterEvents, ListEvents } from "@/lib/audit/schema";
import { ListVendorAudits } from "@/lib/audit/vendor-schema";
import { indexTrail } from "./indexer";

const EVENTS = 1200;
/** Runs of eight lie far apart, each in two bytes and one in two segments. */
const positionOf = (at: number) => BigInt(60 + Math.floor(at / 8) * 480 + (at % 8));
const START = Date.parse("2026-03-01T00:00:00Z");
const TEN_MINUTES = 600_000;
const chance = new Chance(7);
let acme: TestOrganization;
let globex: TestOrganization;
/** Of Acme, oldest first. */
let rows: AuditEvent[];

/** Few things do most, as in a real trail: some of them become frequent only after a while. */
const skewed = (n: number) => Math.floor(n ** chance.next()) - 1;

function anEvent(at: number) {
  const organization = at % 7 === 1 ? globex : acme;
  const [actor, target] = [skewed(60), skewed(400)];
  const isPerson = actor % 3 === 1;
  return {
    id: newId("event"),
    position: positionOf(at),
    organizationId: organization.id,
    occurredAt: new Date(START + at * TEN_MINUTES + Math.floor(chance.between(-2, 2) * TEN_MINUTES)),
    actorType: isPerson ? "user" : "api_key",
    actorId: actor === 2 ? null : `actor-${actor}`,
    actorName: at > 700 && actor === 0 ? "Renamed robot" : `Robot ${actor}`,
    action: chance.pick(["key.updated", "key.rotated", "app.updated", "login.failed"]),
    verb: chance.pick([1, 2]),
    targetType: "app",
    targetId: `target-${target}`,
    targetName: `${isPerson ? "Page" : target % 2 ? "ΟΔΟΣ" : "Article"} ${target}`,
    appId: chance.pick([null, "80-19a00000000-bcdfghjk"]),
    instanceId: chance.pick([null, organization.instanceId]),
    outcome: chance.pick(["allowed", "allowed", "allowed", "denied"] as const),
    reason: chance.pick([null, "missing content:delete"]),
    requestId: `req_${Math.floor(at / 3)}`,
    ip: `203.0.113.${skewed(200)}`,
    userAgent: "test",
  };
}

beforeAll(async () => {
  acme = await foundOrganization();
  globex = await foundOrganization();
  await db().auditEvent.createMany({ data: Array.from({ length: EVENTS }, (_, i) => anEvent(i + 1)) });
  await db().$executeRaw`select setval('audit_event_position_seq', ${positionOf(EVENTS + 1)}::bigint)`;
  expect(await indexTrail(testStore().openSlow)).toBe(4);
  rows = await acme.events();
});

async function everything(query: object, pages = 1000) {
  const ids: string[] = [];
  let cursor: string | null | undefined;
  for (let page = 0; page < pages && cursor !== null; page += 1) {
    const found = await listEvents(acme.owner, {
      ...ListEvents.parse({ limit: 100, ...query }),
      ...(cursor && { cursor }),
    });
    ids.push(...found.rows.map(({ ZUID }) => ZUID));
    cursor = found.nextCursor;
  }
  return ids;
}

const has = (text: string) => (row: AuditEvent) =>
  [row.actorName, row.targetName, row.action, row.reason ?? ""].some((name) => name.toLowerCase().includes(text));
const FILTERS: [object, (row: AuditEvent) => boolean][] = [
  [{}, () => true],
  [{ actor: "actor-0" }, (row) => row.actorId === "actor-0"],
  [{ actor: "actor-41" }, (row) => row.actorId === "actor-41"],
  [{ actor: "nobody" }, () => false],
  [{ actorType: "user" }, (row) => row.actorType === "user"],
  [{ action: "key.updated,login.failed" }, (row) => ["key.updated", "login.failed"].includes(row.action)],
  [{ target: "target-1" }, (row) => row.targetId === "target-1"],
  [{ target: "target-77" }, (row) => row.targetId === "target-77"],
  [{ app: "80-19a00000000-bcdfghjk" }, (row) => row.appId !== null],
  [{ outcome: "denied" }, (row) => row.outcome === "denied"],
  [{ ip: "203.0.113.0" }, (row) => row.ip === "203.0.113.0"],
  [{ ip: "203.0.113.98" }, (row) => row.ip === "203.0.113.98"],
  [{ request: "req_20" }, (row) => row.requestId === "req_20"],
  [{ q: "ROBOT" }, has("robot")],
  [{ q: "renamed" }, has("renamed")],
  [{ q: "robot 4" }, has("robot 4")],
  [{ q: "t 4" }, has("t 4")],
  [{ q: "ΟΔΟΣ" }, (row) => row.targetName.startsWith("ΟΔΟΣ")],
  [{ q: "page" }, has("page")],
  [{ q: "7" }, has("7")],
  [{ q: "content:del" }, has("content:del")],
  [{ q: "100%" }, () => false],
  [{ from: "2026-03-03T05:00:00Z" }, (row) => row.occurredAt >= new Date("2026-03-03T05:00:00Z")],
  [{ to: "2026-03-02T11:11:00Z" }, (row) => row.occurredAt < new Date("2026-03-02T11:11:00Z")],
];

/** A text without any part of three letters is looked for row by row. */
const UNCOUNTED = ["7", "t 4"];
describe("the indexed trail answers as its rows do", () => {
  const pairs = FILTERS.flatMap(([one, isOne], i) =>
    FILTERS.slice(i).map(([other, isOther]): [object, (row: AuditEvent) => boolean] => [
      { ...one, ...other },
      (row) => isOther(row) && (Object.keys(other)[0] === Object.keys(one)[0] || isOne(row)),
    ]),
  );
  test.each(pairs)("%j", async (query, isIn) => {
    const expected = rows.filter(isIn).map(({ id }) => id);
    expect(await everything({ ...query, dir: "asc" })).toEqual(expected);
    expect(await everything(query)).toEqual([...expected].reverse());
    const [{ total }, { counts }] = await Promise.all([
      listEvents(acme.owner, ListEvents.parse(query)),
      countEvents(acme.owner, FilterEvents.parse(query)),
    ]);
    const isCounted = !("q" in query) || !UNCOUNTED.includes(query.q as string);
    expect(total).toBe(isCounted ? expected.length : null);
    expect(counts?.reduce((sum, count) => sum + count, 0)).toBe(isCounted ? expected.length : undefined);
  });
});

test("a page leads back to the one before it, also across segments and to what is not indexed yet", async () => {
  const query = ListEvents.parse({ actorType: "user", limit: 40 });
  const pages = [await listEvents(acme.owner, query)];
  while (pages.at(-1)?.nextCursor) {
    pages.push(await listEvents(acme.owner, { ...query, cursor: pages.at(-1)?.nextCursor as string }));
  }
  expect(pages.length).toBeGreaterThan(5);
  for (let i = pages.length - 1; i > 0; i -= 1) {
    const back = await listEvents(acme.owner, { ...query, cursor: pages[i]?.previousCursor as string });
    expect(back.rows).toEqual(pages[i - 1]?.rows);
  }
});

test("each span of the histogram has the events of its time", async () => {
  for (const [query, spans] of [
    [{}, 90],
    [{ from: "2026-03-02T00:00:00Z", to: "2026-03-03T00:00:00Z" }, 48],
    [{ from: "2026-03-01T00:00:00Z", to: "2026-03-08T00:00:00Z", outcome: "denied" }, 84],
    [{ from: "2026-03-02T10:00:00Z", to: "2026-03-02T11:00:00Z" }, 60],
  ] as const) {
    const { from, stepSeconds, counts } = await countEvents(acme.owner, FilterEvents.parse(query));
    const [begin, step] = [Date.parse(from), stepSeconds * 1000];
    const asked = rows.filter(
      (row) =>
        (!("from" in query) || (row.occurredAt >= new Date(query.from) && row.occurredAt < new Date(query.to))) &&
        (!("outcome" in query) || row.outcome === query.outcome),
    );
    expect(counts?.length).toBeLessThanOrEqual(spans + 1);
    expect(counts).toEqual(
      counts?.map(
        (_, i) => asked.filter(({ occurredAt }) => Math.floor((occurredAt.getTime() - begin) / step) === i).length,
      ),
    );
  }
});

test("the vendor's pages are cut from the same list", async () => {
  const here = rows.filter(({ instanceId, verb }) => instanceId === acme.instanceId && verb === 2).reverse();
  for (const page of [1, 2, 5, 40]) {
    const asked = ListVendorAudits.parse({ action: 2, limit: 13, page });
    const found = await listVendorAudits(acme.owner, acme.instanceId, asked);
    expect(found.total).toBe(here.length);
    expect(found.rows.map(({ ZUID }) => ZUID)).toEqual(here.slice((page - 1) * 13, page * 13).map(({ id }) => id));
  }
});

test("what another organization has is in no answer", async () => {
  const { rows: theirs, total } = await listEvents(globex.owner, ListEvents.parse({ limit: 100 }));
  expect(total).toBe(172);
  expect(theirs.every(({ ZUID }) => rows.every(({ id }) => id !== ZUID))).toBe(true);
});

test("what has left for an archive is in no answer, and a name that nothing has any more in no index", async () => {
  const gone = rows.slice(0, 400).map(({ id }) => id);
  const left = rows.slice(400);
  await db().$executeRaw`alter table audit_event disable trigger audit_event_leaves_archived`;
  await db().auditEvent.deleteMany({ where: { id: { in: gone } } });
  await db().$executeRaw`alter table audit_event enable trigger audit_event_leaves_archived`;
  for (const [query, isIn] of FILTERS) {
    const expected = left.filter(isIn).map(({ id }) => id);
    expect(await everything({ ...query, dir: "asc" })).toEqual(expected);
    const { counts } = await countEvents(acme.owner, FilterEvents.parse(query));
    if (counts) expect(counts.reduce((sum, count) => sum + count, 0)).toBe(expected.length);
  }
  const named = await db().auditTerm.findMany({ where: { organizationId: acme.id, facet: "target" } });
  const targets = new Set(left.map(({ targetName }) => targetName));
  expect(named.filter(({ name }) => !targets.has(name))).toEqual([]);
  const words = await db().auditTerm.findMany({ where: { organizationId: acme.id, facet: "word" } });
  const told = left.map((row) => `${row.actorName} ${row.targetName} ${row.action} ${row.reason}`.toLowerCase());
  const known = told.map((text) => text.replaceAll("ς", "σ"));
  expect(words.filter(({ key }) => !known.some((text) => text.includes(key)))).toEqual([]);
});
