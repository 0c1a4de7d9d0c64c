import { expect, test } from "vitest";
import { provideDb, type Db, db } from "@/lib/kernel/db";
import { rotateKey, rollBackRotation } from "@/lib/keys/rotation";
import { newKey } from "@/lib/testing/app";
import { codeOf, ctxOfKey, foundOrganization } from "@/lib/testing/organization";
import { registerResource } from "@/lib/resources/commands";
import type { Check } from "./gathered";
import { flushUsage, recordCheck } from "./usage";

const AT = Date.parse("2126-03-01T12:34:56.789Z");

const check = (organizationId: string, more: Partial<Check> = {}): Check => ({
  organizationId,
  credentialId: "56-test",
  outcome: "VALID",
  ip: "203.0.113.7",
  userAgent: "curl/8",
  at: AT,
  ...more,
});

function recordTimes(times: number, one: Check): void {
  for (let i = 0; i < times; i++) recordCheck(one);
}

const countsOf = async (organizationId: string) =>
  (
    await db().usageCount.findMany({
      where: { organizationId },
      orderBy: [{ hour: "asc" }, { outcome: "asc" }, { permission: "asc" }],
    })
  ).map(({ hour, outcome, permission, count }) => [hour.toISOString(), outcome, permission, Number(count)]);

const callersOf = (organizationId: string) =>
  db().usageCaller.findMany({ where: { organizationId }, orderBy: { ip: "asc" } });

test("checks are counted by hour, outcome and permission, and flushes add up", async () => {
  const { id } = await foundOrganization();
  for (let flushes = 0; flushes < 2; flushes++) {
    recordTimes(3, check(id, { permission: "content:read" }));
    recordTimes(2, check(id, { outcome: "EXPIRED" }));
    recordCheck(check(id, { at: Date.parse("2126-03-01T13:00:00Z") }));
    await flushUsage();
  }
  expect(await countsOf(id)).toEqual([
    ["2126-03-01T12:00:00.000Z", "EXPIRED", "", 4],
    ["2126-03-01T12:00:00.000Z", "VALID", "content:read", 6],
    ["2126-03-01T13:00:00.000Z", "VALID", "", 2],
  ]);
});

test("a caller has its first and last time, its last program, and what was allowed and refused", async () => {
  const { id } = await foundOrganization();
  recordTimes(2, check(id));
  recordCheck(check(id, { at: Date.parse("2126-03-02T00:00:00Z"), userAgent: "later", outcome: "REVOKED" }));
  await flushUsage();
  recordCheck(check(id, { at: Date.parse("2126-02-28T00:00:00Z"), userAgent: "earlier" }));
  recordCheck(check(id, { ip: "198.51.100.1", outcome: "RATE_LIMITED" }));
  await flushUsage();
  expect(await callersOf(id)).toMatchObject([
    { ip: "198.51.100.1", allowed: 0n, refused: 1n },
    {
      ip: "203.0.113.7",
      userAgent: "later",
      firstAt: new Date("2126-02-28T00:00:00Z"),
      lastAt: new Date("2126-03-02T00:00:00Z"),
      allowed: 3n,
      refused: 1n,
    },
  ]);
});

test("only permissions that the organization knows are told apart, and none of the rest is lost", async () => {
  const { id, owner } = await foundOrganization();
  await registerResource(owner, { name: "orders", description: "", endpoints: [] });
  const asked = ["orders:publish", "orders:grant", "orders:read:x", "orders", "made:up", "content:\0read", "\ud800"];
  for (const permission of [...asked, "x".repeat(5_000)]) recordCheck(check(id, { permission }));
  for (let i = 0; i < 1_000; i++) recordCheck(check(id, { permission: `sprayed:${i}` }));
  await flushUsage();
  expect(await countsOf(id)).toEqual([
    ["2126-03-01T12:00:00.000Z", "VALID", "", 1_006],
    ["2126-03-01T12:00:00.000Z", "VALID", "content:read", 1],
    ["2126-03-01T12:00:00.000Z", "VALID", "orders:publish", 1],
  ]);
});

test("refusals for permissions that the organization does not know are counted as such, however many are made up", async () => {
  const { id } = await foundOrganization();
  const refused = (more: Partial<Check>) => recordCheck(check(id, { outcome: "INSUFFICIENT_PERMISSIONS", ...more }));
  for (const permission of ["contnt:read", "content:read", "x".repeat(5_000)]) refused({ permission });
  for (let i = 0; i < 1_000; i++) refused({ permission: `sprayed:${i}` });
  refused({});
  await flushUsage();
  expect(await countsOf(id)).toEqual([
    ["2126-03-01T12:00:00.000Z", "INSUFFICIENT_PERMISSIONS", "", 1],
    ["2126-03-01T12:00:00.000Z", "INSUFFICIENT_PERMISSIONS", "?", 1_002],
    ["2126-03-01T12:00:00.000Z", "INSUFFICIENT_PERMISSIONS", "content:read", 1],
  ]);
});

test("addresses that somebody makes up by the thousand become one row, whose sum is right", async () => {
  const { id } = await foundOrganization();
  for (let flush = 0; flush < 12; flush++) {
    for (let i = 0; i < 150; i++) recordCheck(check(id, { ip: `2001:db8::${flush}:${i}`, outcome: "REVOKED" }));
    await flushUsage();
  }
  const callers = await callersOf(id);
  expect(callers).toHaveLength(1_001);
  expect(callers.reduce((sum, { refused }) => sum + Number(refused), 0)).toBe(1_800);
});

test("what a failing database did not take is written once it answers", async () => {
  const { id } = await foundOrganization();
  const client = db();
  recordTimes(2, check(id));
  provideDb({ $executeRaw: () => Promise.reject(new Error("no answer")) } as unknown as Db);
  expect(await codeOf(flushUsage())).toBe("no answer");
  recordTimes(3, check(id));
  expect(await codeOf(flushUsage())).toBe("no answer");
  provideDb(client);
  recordTimes(4, check(id));
  await flushUsage();
  await flushUsage();
  expect(await countsOf(id)).toEqual([["2126-03-01T12:00:00.000Z", "VALID", "", 9]]);
});

test("checks recorded during a flush are left for the next one, and flushes at the same time lose none", async () => {
  const { id } = await foundOrganization();
  const flushes = [];
  for (let i = 0; i < 20; i++) {
    recordTimes(5, check(id, { credentialId: `56-${i % 3}` }));
    flushes.push(flushUsage());
    recordTimes(5, check(id, { credentialId: `56-${i % 3}` }));
  }
  await Promise.all(flushes);
  await flushUsage();
  const { _sum } = await db().usageCount.aggregate({ where: { organizationId: id }, _sum: { count: true } });
  expect(_sum.count).toBe(200n);
});

test("values that are no credential are counted for each organization apart", async () => {
  const [one, other] = await Promise.all([foundOrganization(), foundOrganization()]);
  recordTimes(2, check(one.id, { credentialId: "", outcome: "NOT_FOUND" }));
  recordCheck(check(other.id, { credentialId: "", outcome: "NOT_FOUND" }));
  await flushUsage();
  expect(await countsOf(one.id)).toEqual([["2126-03-01T12:00:00.000Z", "NOT_FOUND", "", 2]]);
  expect(await countsOf(other.id)).toEqual([["2126-03-01T12:00:00.000Z", "NOT_FOUND", "", 1]]);
});

test("a use that was recorded a moment ago keeps its version from being rolled back", async () => {
  const acme = await foundOrganization();
  const { keyId } = await newKey(acme);
  const { key } = await rotateKey(acme.owner, keyId, { overlapHours: 1 });
  await ctxOfKey(key);
  expect(await codeOf(rollBackRotation(acme.owner, keyId))).toBe("conflict");
});

test("a key's calls are counted with what came of them", async () => {
  const acme = await foundOrganization();
  const { keyId, key } = await newKey(acme, { rateLimit: { requests: 2, seconds: 60 } });
  const { key: fenced } = await newKey(acme, { allowedCidrs: ["203.0.113.0/24"] });
  for (let i = 0; i < 3; i++) await codeOf(ctxOfKey(key));
  await codeOf(ctxOfKey(fenced, "198.51.100.4"));
  await flushUsage();
  const counted = await db().usageCount.findMany({ where: { organizationId: acme.id }, orderBy: { outcome: "asc" } });
  expect(counted.map(({ credentialId, outcome, count }) => [credentialId === keyId, outcome, count])).toEqual([
    [false, "IP_NOT_ALLOWED", 1n],
    [true, "RATE_LIMITED", 1n],
    [true, "VALID", 2n],
  ]);
});
