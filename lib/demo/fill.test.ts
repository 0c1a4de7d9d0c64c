import { beforeAll, describe, expect, test } from "vitest";
import { signIn } from "@/lib/auth/sign-in";
import { db } from "@/lib/kernel/db";
import { withVersions } from "@/lib/credentials/record";
import { inviteRecord, withRole } from "@/lib/invites/record";
import { keyRecord } from "@/lib/keys/record";
import { tokenRecord } from "@/lib/tokens/record";
import { fillDemo, type SignIn } from "./fill";

let signIns: SignIn[];

const rowsOf = (kind: "api_key" | "access_token") =>
  db().credential.findMany({ where: { kind }, include: withVersions });

beforeAll(async () => {
  signIns = await fillDemo({ events: 400 });
});

describe("the demo organization", () => {
  test("has three instances, twenty-five people and twelve apps", async () => {
    const counts = await Promise.all([db().instance.count(), db().user.count(), db().app.count()]);
    expect(counts).toEqual([3, 25, 12]);
  });

  test("has keys in every state", async () => {
    const keys = (await rowsOf("api_key")).map((row) => keyRecord(row, new Date()));
    const states = new Set(keys.map(({ status }) => status));
    expect([...states].sort()).toEqual(["active", "disabled", "expired", "expiring", "revoked", "rotating"]);
    expect(keys.some(({ lastUsedAt }) => lastUsedAt === null)).toBe(true);
    expect(keys.some(({ notBefore }) => notBefore !== null && new Date(notBefore) > new Date())).toBe(true);
    expect(keys.length).toBeGreaterThanOrEqual(20);
  });

  test("has tokens in every state but disabled, some of whose issuer has left", async () => {
    const tokens = (await rowsOf("access_token")).map((row) => tokenRecord(row, new Date()));
    const states = new Set(tokens.map(({ status }) => status));
    expect([...states].sort()).toEqual(["active", "expired", "expiring", "revoked", "rotating"]);
    expect(tokens.some(({ issuerLeft }) => issuerLeft)).toBe(true);
    expect(tokens).toHaveLength(60);
  });

  test("has invitations in every state but accepted", async () => {
    const rows = await db().invite.findMany({ include: withRole });
    const states = new Set(rows.map((row) => inviteRecord(row, new Date()).status));
    expect([...states].sort()).toEqual(["canceled", "declined", "expired", "open"]);
  });

  test("has resources of its own, custom roles with rules that people hold, and logins through apps", async () => {
    expect(await db().resource.count()).toBe(2);
    const custom = await db().role.findMany({
      where: { isStatic: false },
      include: { rules: true, assignments: true },
    });
    expect(custom.map(({ name, rules, assignments }) => [name, rules.length, assignments.length]).sort()).toEqual([
      ["Deploy bot", 3, 0],
      ["Front desk", 3, 2],
    ]);
    expect(await db().loginGrant.count({ where: { endedAt: null } })).toBe(4);
    expect(await db().loginGrant.count({ where: { endedAt: { not: null } } })).toBe(1);
    expect(await db().user.count({ where: { lastSignInAt: { not: null } } })).toBeGreaterThanOrEqual(9);
    expect(await db().user.count({ where: { totpConfirmedAt: { not: null } } })).toBe(2);
  });

  test("has calls of thirty days, some of them refused, and their callers", async () => {
    const byOutcome = await db().usageCount.groupBy({ by: ["outcome"], _sum: { count: true }, _min: { hour: true } });
    const counts = Object.fromEntries(byOutcome.map(({ outcome, _sum }) => [outcome, Number(_sum.count)]));
    expect(Object.keys(counts).sort()).toEqual([
      "EXPIRED",
      "INSUFFICIENT_PERMISSIONS",
      "IP_NOT_ALLOWED",
      "RATE_LIMITED",
      "REVOKED",
      "VALID",
    ]);
    const refused = Object.values(counts).reduce((sum, count) => sum + count) - (counts.VALID ?? 0);
    expect(refused).toBeLessThan((counts.VALID ?? 0) / 10);
    expect(await db().usageCaller.count()).toBeGreaterThan(40);
  });

  test("has a trail whose order is the order of time, of about the asked length", async () => {
    const events = await db().auditEvent.findMany({ orderBy: { position: "asc" } });
    const times = events.map(({ occurredAt }) => occurredAt.getTime());
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(events.length).toBeGreaterThanOrEqual(400);
    expect(events.length).toBeLessThan(420);
    expect(new Set(events.map(({ outcome }) => outcome))).toEqual(new Set(["allowed", "denied", "failed"]));
  });

  test("lets its owner, an admin and an auditor sign in", async () => {
    expect(signIns.map(({ role }) => role)).toEqual(["Owner", "Admin", "Auditor"]);
    for (const { email, password } of signIns) {
      const origin = { requestId: "req_test", ip: "192.0.2.1", userAgent: "test" };
      expect(await signIn(origin, { email, password })).toHaveProperty("sessionId");
    }
  });
});
