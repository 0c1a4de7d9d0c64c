import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { type Db, db, provideDb } from "@/lib/kernel/db";
import { metrics } from "@/lib/kernel/metrics";
import { codeOf } from "@/lib/testing/organization";
import { gather, type Gathered } from "./gathered";
import { UsageQueue } from "./usage-queue";

const AT = Date.parse("2126-03-01T12:34:56.789Z");

const gathered = (credentialId: string): Gathered => ({
  organizationId: "60-queue",
  credentialId,
  hour: AT,
  counts: [],
  callers: [],
  uses: [],
});

function checked(credentialId: string, ip = "203.0.113.7"): Gathered {
  const one = gathered(credentialId);
  const { organizationId } = one;
  gather(one, { organizationId, credentialId, outcome: "VALID", ip, userAgent: "curl/8", at: AT });
  return one;
}

async function dropped(): Promise<number> {
  const text = await metrics().registry.getSingleMetricAsString("latchkey_usage_dropped_total");
  return Number(/ (\d+)$/.exec(text)?.[1] ?? 0);
}

test("what the database refuses is found among the rest and dropped, and all of the rest is written", async () => {
  const queue = new UsageQueue();
  const unstorable = randomBytes(6_000).toString("hex");
  const before = await dropped();
  for (let i = 0; i < 50; i++) queue.add([checked(`56-${i}`)]);
  queue.add([checked("56-long", unstorable), checked(unstorable)]);
  for (let i = 50; i < 100; i++) queue.add([checked(`56-${i}`)]);
  await queue.write();
  expect(queue.rows()).toBe(0);
  const where = { organizationId: "60-queue" };
  const { _count, _sum } = await db().usageCount.aggregate({ where, _count: true, _sum: { count: true } });
  expect([_count, _sum.count, await db().usageCaller.count({ where })]).toEqual([100, 100n, 100]);
  expect((await dropped()) - before).toBe(4);
});

test("while the database takes nothing the latest is kept, and no more than memory has room for", async () => {
  const queue = new UsageQueue();
  const caller = { ip: "203.0.113.7", userAgent: "", firstAt: 0, lastAt: 0, allowed: 1, refused: 0 };
  const many = { ...gathered("56-many"), callers: Array.from({ length: 50_000 }, () => caller) };
  const client = db();
  provideDb({ $executeRaw: () => Promise.reject(new Error("no answer")) } as unknown as Db);
  for (let i = 0; i < 8; i++) queue.add([many]);
  expect([await codeOf(queue.write()), queue.rows()]).toEqual(["no answer", 400_000]);
  queue.add([checked("56-last")]);
  expect([await codeOf(queue.write()), queue.rows()]).toEqual(["no answer", 350_002]);
  provideDb(client);
});
