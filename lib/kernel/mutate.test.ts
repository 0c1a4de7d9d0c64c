import { beforeAll, describe, expect, test } from "vitest";
import type { Ctx } from "@/lib/kernel/ctx";
import { db } from "@/lib/kernel/db";
import { AppError } from "@/lib/kernel/errors";
import { writeEvent } from "@/lib/kernel/events";
import { mutate } from "@/lib/kernel/mutate";
import {
  codeOf,
  ctxOfSession,
  foundOrganization,
  ORIGIN,
  type TestOrganization,
  textOf,
} from "@/lib/testing/organization";

let organization: TestOrganization;
beforeAll(async () => {
  organization = await foundOrganization();
});

/** A change to watch: it renames the organization's instance. */
const rename = (ctx: Ctx, name: string, over: object = {}) =>
  mutate(ctx, { authority: "instances:update", action: "instance.updated", ...over }, async (tx) => {
    await tx.instance.update({ where: { id: organization.instanceId }, data: { name } });
    const target = { id: organization.instanceId, name };
    return { result: { name }, audit: { action: "instance.updated", target, after: { name } } };
  });

const nameNow = async () => (await db().instance.findUniqueOrThrow({ where: { id: organization.instanceId } })).name;

test("a change leaves one event that says who did what to which, from where", async () => {
  const before = (await organization.events()).length;
  await rename(organization.owner, "First");
  const [event, ...more] = (await organization.events()).slice(before);
  expect(more).toEqual([]);
  expect(event).toMatchObject({
    actorType: "user",
    actorId: organization.owner.principal.id,
    actorName: "Olivia Owner",
    action: "instance.updated",
    verb: 2,
    targetType: "instance",
    targetId: organization.instanceId,
    targetName: "First",
    outcome: "allowed",
    requestId: "req_test",
    ip: "192.0.2.7",
    userAgent: "test",
    after: { name: "First" },
  });
});

test("a change whose work fails leaves nothing, neither the change nor an event", async () => {
  const before = await nameNow();
  const events = (await organization.events()).length;
  const failed = mutate(
    organization.owner,
    { authority: "instances:update", action: "instance.updated" },
    async (tx) => {
      await tx.instance.update({ where: { id: organization.instanceId }, data: { name: "Half" } });
      throw new AppError("conflict", "No.");
    },
  );
  expect(await codeOf(failed)).toBe("conflict");
  expect(await nameNow()).toBe(before);
  expect((await organization.events()).length).toBe(events);
});

test("a refused change leaves nothing but the denied event", async () => {
  const auditor = await organization.as("Auditor");
  const before = await nameNow();
  expect(await codeOf(rename(auditor, "Mine"))).toBe("forbidden");
  expect(await nameNow()).toBe(before);
  expect((await organization.events()).at(-1)).toMatchObject({
    actorId: auditor.principal.id,
    action: "instance.updated",
    outcome: "denied",
    reason: "Your roles do not include instances:update.",
    after: null,
  });
});

describe("the caller's standing is read again inside the transaction", () => {
  test("a role lost since the request began no longer counts", async () => {
    const admin = await organization.as("Admin");
    await db().roleAssignment.deleteMany({ where: { userId: admin.principal.id as string } });
    expect(await codeOf(rename(admin, "Late"))).toBe("forbidden");
  });

  test("a session ended since the request began no longer counts", async () => {
    const admin = await organization.as("Admin");
    if (admin.principal.kind !== "user") throw new Error("An admin is a person.");
    await db().session.update({ where: { id: admin.principal.sessionId }, data: { endedAt: new Date() } });
    expect(await codeOf(rename(admin, "Late"))).toBe("session_ended");
  });

  test("a sensitive change asks for a password proof younger than fifteen minutes", async () => {
    const admin = await organization.as("Admin");
    if (admin.principal.kind !== "user") throw new Error("An admin is a person.");
    const { sessionId } = admin.principal;
    const proved = (seconds: number) =>
      db().$executeRaw`update session set proved_at = now() - ${seconds} * interval '1 second' where id = ${sessionId}`;
    await proved(890);
    expect(await codeOf(rename(await ctxOfSession(sessionId), "Proved", { isSensitive: true }))).toBe("none");
    await proved(901);
    expect(await codeOf(rename(await ctxOfSession(sessionId), "Stale", { isSensitive: true }))).toBe(
      "reauthentication_required",
    );
    expect(await codeOf(rename(await ctxOfSession(sessionId), "Plain"))).toBe("none");
    expect(await nameNow()).toBe("Plain");
  });
});

test("what cannot be recorded does not happen", async () => {
  const doomed = await foundOrganization();
  await db().$executeRawUnsafe(
    `alter table audit_event add constraint no_room check (organization_id <> '${doomed.id}') not valid`,
  );
  const create = () =>
    mutate(doomed.owner, { authority: "instances:create", action: "instance.created" }, async (tx) => {
      await tx.instance.create({ data: { id: "8-71cfc74-doomed", organizationId: doomed.id, name: "Doomed" } });
      const target = { id: "8-71cfc74-doomed", name: "Doomed" };
      return { result: {}, audit: { action: "instance.created", target } };
    });
  const made = () => db().instance.count({ where: { organizationId: doomed.id, name: "Doomed" } });
  await expect(create()).rejects.toMatchObject({
    code: "store_unavailable",
    status: 503,
    message: "The change could not be recorded, so it was not made.",
  });
  expect(await made()).toBe(0);
  await db().$executeRawUnsafe("alter table audit_event drop constraint no_room");
  expect(await codeOf(create())).toBe("none");
  expect(await made()).toBe(1);
});

test("an event shows only the fields its action lists, and of an update only those that differ", async () => {
  const principal = { kind: "system", id: null, name: "Latchkey" } as const;
  const secrets = (which: string) => ({ secretDigest: `canary ${which}`, key: `canary ${which}` });
  await writeEvent(
    db(),
    { ...ORIGIN, principal, organizationId: organization.id },
    {
      action: "app.updated",
      target: { id: "80-71cfc74-a", name: "Billing" },
      before: { ...secrets("old"), name: "Old", uri: null, description: "same" } as object,
      after: { ...secrets("new"), name: "New", uri: null, description: "same" } as object,
    },
  );
  const event = (await organization.events()).at(-1);
  expect([event?.before, event?.after]).toEqual([{ name: "Old" }, { name: "New" }]);
  expect(textOf(event)).not.toContain("canary");
});

test.each(["update audit_event set reason = 'x'", "delete from audit_event", "truncate audit_event"])(
  "history is only added to: %s is refused",
  async (statement) => {
    const before = await db().auditEvent.count();
    expect(before).toBeGreaterThan(0);
    await expect(db().$executeRawUnsafe(statement)).rejects.toThrow(/append-only/);
    expect(await db().auditEvent.count()).toBe(before);
  },
);

test("only the system acts as the system", async () => {
  const act = { authority: "system", action: "organization.set_up" } as const;
  const audit = { action: "organization.set_up", target: { id: null, name: "x" } } as const;
  await expect(mutate(organization.owner, act, async () => ({ result: {}, audit }))).rejects.toThrow("own act");
});
