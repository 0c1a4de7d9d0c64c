import { randomBytes } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { beforeAll, expect, test } from "vitest";
import { db } from "@/lib/kernel/db";
import { AppError, toAppError } from "@/lib/kernel/errors";
import type { Prisma } from "@/prisma/generated/client";

const organization = { id: "60-1-acme", accountName: "acme", name: "Acme" };

beforeAll(async () => {
  await db().organization.create({ data: organization });
  await db().app.create({ data: app({ id: "80-1-live", name: "Live" }) });
  await db().auditEvent.create({ data: auditEvent });
});

function app(over: Partial<Prisma.AppUncheckedCreateInput>): Prisma.AppUncheckedCreateInput {
  const { id = "80-1-new" } = over;
  return {
    id,
    organizationId: organization.id,
    name: "New",
    secretDigest: Buffer.from(id),
    secretHint: "lkc_abcd",
    createdById: "5-1-maria",
    createdByName: "Maria",
    ...over,
  };
}

function credential(over: Partial<Prisma.CredentialUncheckedCreateInput>): Prisma.CredentialUncheckedCreateInput {
  return {
    id: "56-1-new",
    organizationId: organization.id,
    kind: "api_key",
    appId: "80-1-live",
    name: "New",
    createdById: "5-1-maria",
    createdByName: "Maria",
    ...over,
  };
}

const auditEvent: Prisma.AuditEventUncheckedCreateInput = {
  id: "15-1-first",
  actorType: "user",
  actorName: "Maria",
  action: "app.created",
  verb: 1,
  targetType: "app",
  targetName: "Live",
  outcome: "allowed",
  requestId: "r",
  ip: "127.0.0.1",
  userAgent: "test",
};

const createKey = (over: Partial<Prisma.CredentialUncheckedCreateInput>) => () =>
  db().credential.create({ data: credential(over) });

const createApp = (over: Partial<Prisma.AppUncheckedCreateInput>) => () => db().app.create({ data: app(over) });

const answer = (response: Prisma.InputJsonValue) => () =>
  db().idempotencyRecord.create({
    data: { organizationId: organization.id, actorId: "5", key: "k", requestDigest: Buffer.from("d"), response },
  });

const asText = (value: unknown) => value as string;

test.for<[title: string, act: () => Promise<unknown>, code: string, status: number]>([
  ["a taken id", () => db().organization.create({ data: organization }), "conflict", 409],
  ["a taken account name", () => db().organization.create({ data: { ...organization, id: "60-2" } }), "conflict", 409],
  ["a name a living app has, in other case", createApp({ name: "LIVE" }), "conflict", 409],
  ["a reference to nothing", createApp({ organizationId: "60-1-none" }), "conflict", 409],
  ["deleting what is in use", () => db().organization.delete({ where: { id: organization.id } }), "conflict", 409],
  ["updating nothing", () => db().app.update({ where: { id: "none" }, data: { name: "x" } }), "not_found", 404],
  ["a NUL to store", createApp({ name: "a\0b" }), "invalid_input", 422],
  ["a NUL to look for", () => db().app.findFirst({ where: { name: "a\0b" } }), "invalid_input", 422],
  ["a NUL in JSON", answer({ name: "a\0b" }), "invalid_input", 422],
  ["a lone surrogate in JSON", answer({ name: "a\ud800b" }), "invalid_input", 422],
  ["a number above int", createKey({ rateRequests: 2 ** 31, rateSeconds: 1 }), "invalid_input", 422],
  ["a number above bigint", createKey({ rateRequests: 1e30, rateSeconds: 1 }), "invalid_input", 422],
  ["a position above bigint", () => db().auditEvent.findMany({ where: { position: 2n ** 63n } }), "invalid_input", 422],
  ["a rate without its window", createKey({ rateRequests: 5 }), "invalid_input", 422],
  ["a rate of nothing", createKey({ rateRequests: 0, rateSeconds: 1 }), "invalid_input", 422],
  [
    "an end before the start",
    createKey({ notBefore: new Date(2000), expiresAt: new Date(1000) }),
    "invalid_input",
    422,
  ],
  ["a time before the calendar", createKey({ expiresAt: new Date(-7e13) }), "invalid_input", 422],
  ["no time at all", createKey({ expiresAt: new Date(NaN) }), "invalid_input", 422],
  ["an object instead of text", createApp({ name: asText({ contains: "" }) }), "invalid_input", 422],
  ["a value too long for its index", createApp({ name: randomBytes(20_000).toString("hex") }), "invalid_input", 422],
  ["broken JSON in a raw query", () => db().$queryRaw`SELECT ${"{"}::jsonb`, "invalid_input", 422],
  ["a transaction over time", () => overTime(), "store_unavailable", 503],
  ["changing history", () => db().auditEvent.updateMany({ data: { reason: "x" } }), "internal", 500],
  ["going on after a failed statement", () => goOnAfterFailure(), "internal", 500],
])("%s is answered with its own code and status", async ([, act, code, status]) => {
  const error = toAppError(
    await act().then(
      () => undefined,
      (thrown: unknown) => thrown,
    ),
  );
  expect([error.code, error.status]).toEqual([code, status]);
});

function overTime() {
  return db().$transaction(() => delay(300), { timeout: 100 });
}

function goOnAfterFailure() {
  return db().$transaction(async (tx) => {
    await tx.app.create({ data: app({ id: "80-1-doomed", name: "Doomed" }) });
    await tx.organization.create({ data: organization }).catch(() => undefined);
  });
}

test("a lone surrogate in text is stored as the replacement character", async () => {
  const { name } = await db().app.create({ data: app({ id: "80-1-surrogate", name: "a\ud800b" }) });
  expect(name).toBe("a\ufffdb");
});

test("an error of the other bundle is taken as it is", () => {
  const other = Object.assign(new Error("No app with this id."), { name: "AppError", code: "not_found" });
  expect(toAppError(other)).toBe(other);
  const own = new AppError("busy", "Later.");
  expect(toAppError(own)).toBe(own);
});

test("what is not an error of the store stays our own fault", () => {
  expect(toAppError(new TypeError("Connection is not a function")).code).toBe("internal");
  expect(toAppError("a string").code).toBe("internal");
});
