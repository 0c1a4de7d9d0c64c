import { beforeAll, expect, test } from "vitest";
import { db } from "@/lib/kernel/db";

const organizationId = "60-1-acme";
const by = { createdById: "5-1-maria", createdByName: "Maria" };

beforeAll(async () => {
  await db().organization.create({ data: { id: organizationId, accountName: "acme", name: "Acme" } });
  const maria = {
    id: by.createdById,
    organizationId,
    email: "maria@example.com",
    firstName: "Maria",
    lastName: "Silva",
  };
  await db().user.create({ data: maria });
  await createApp("80-1-host", "Host");
});

function createApp(id: string, name: string) {
  const secret = { secretDigest: Buffer.from(id), secretHint: "lkc_abcd" };
  return db().app.create({ data: { id, organizationId, name, ...secret, ...by } });
}

function createKey(id: string, name: string, appId = "80-1-host") {
  return db().credential.create({ data: { id, organizationId, kind: "api_key", appId, name, ...by } });
}

test("a name is taken by a living app in any case, and free once that app is deleted", async () => {
  await createApp("80-1-a", "Reports");
  await expect(createApp("80-1-b", "REPORTS")).rejects.toMatchObject({ code: "P2002" });
  await db().app.update({ where: { id: "80-1-a" }, data: { deletedAt: new Date() } });
  await createApp("80-1-b", "REPORTS");
  await expect(db().app.update({ where: { id: "80-1-a" }, data: { deletedAt: null } })).rejects.toMatchObject({
    code: "P2002",
  });
});

test("a name is taken by a living key of the same app only", async () => {
  await createApp("80-1-c", "Other");
  await createKey("56-1-a", "Nightly");
  await expect(createKey("56-1-b", "nightly")).rejects.toMatchObject({ code: "P2002" });
  await createKey("56-1-c", "Nightly", "80-1-c");
  await db().credential.update({ where: { id: "56-1-a" }, data: { revokedAt: new Date() } });
  await createKey("56-1-b", "nightly");
});

test("of twenty set-ups at once one makes the deployment, and there is never a second row", async () => {
  const setUp = (id: number) => db().deployment.create({ data: { id, organizationId } });
  const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => setUp(1)));
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  await expect(setUp(2)).rejects.toThrow("deployment_single_check");
});

test("a version is numbered from 1 and belongs to a credential", async () => {
  const createVersion = (credentialId: string, number: number) =>
    db().credentialVersion.create({
      data: { credentialId, number, digest: Buffer.from(`${credentialId} ${number}`), hint: "lkk_abcd", ...by },
    });
  await createKey("56-1-v", "Versioned");
  await createVersion("56-1-v", 1);
  await expect(createVersion("56-1-v", 0)).rejects.toThrow("credential_version_number_check");
  await expect(createVersion("56-1-none", 1)).rejects.toMatchObject({ code: "P2003" });
});

test("history can be added to and neither changed, removed nor emptied", async () => {
  const target = { targetType: "key", targetName: "Nightly", requestId: "r", ip: "127.0.0.1", userAgent: "test" };
  const event = {
    actorType: "user",
    actorName: "Maria",
    action: "key.generated",
    verb: 1,
    outcome: "allowed" as const,
  };
  await db().auditEvent.create({ data: { id: "15-1-a", ...event, ...target } });
  await expect(db().auditEvent.updateMany({ data: { reason: "x" } })).rejects.toThrow("append-only: UPDATE is refused");
  await expect(db().auditEvent.deleteMany()).rejects.toThrow("append-only: DELETE is refused");
  await expect(db().$executeRaw`TRUNCATE audit_event`).rejects.toThrow("append-only: TRUNCATE is refused");
  expect(await db().auditEvent.findMany({ select: { id: true, reason: true } })).toEqual([
    { id: "15-1-a", reason: null },
  ]);
});
