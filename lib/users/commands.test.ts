import { beforeAll, describe, expect, test } from "vitest";
import type { Ctx } from "@/lib/kernel/ctx";
import { db } from "@/lib/kernel/db";
import { newKey } from "@/lib/testing/app";
import { codeOf, ctxOfKey, ctxOfSession, foundOrganization, type TestOrganization } from "@/lib/testing/organization";
import { baseRole, idOfPerson } from "@/lib/testing/roles";
import { deactivateUser, reactivateUser, updateUser } from "@/lib/users/commands";
import { getUser } from "@/lib/users/queries";
import { UpdateUser } from "@/lib/users/schema";

let acme: TestOrganization;
let globex: TestOrganization;
beforeAll(async () => {
  acme = await foundOrganization();
  globex = await foundOrganization();
});

const rowOf = (id: string) => db().user.findUniqueOrThrow({ where: { id } });
const sessionOf = (ctx: Ctx) => (ctx.principal as { sessionId: string }).sessionId;
const eventsOf = async (id: string) => (await acme.events()).filter(({ targetId }) => targetId === id);

describe("renaming", () => {
  test("is a person's own act, whatever they may do", async () => {
    const developer = await acme.as("Developer");
    const id = idOfPerson(developer);
    expect(await updateUser(developer, id, { firstName: "Dana" })).toMatchObject({
      ZUID: id,
      firstName: "Dana",
      lastName: "Person",
    });
    expect(await eventsOf(id)).toMatchObject([
      { action: "user.updated", before: { firstName: "Developer" }, after: { firstName: "Dana" } },
    ]);
  });

  test("of another person takes the permission and covering what they hold", async () => {
    const admin = await acme.as("Admin");
    const id = idOfPerson(await acme.as("Developer"));
    expect(await codeOf(updateUser(await acme.as("Publisher"), id, { firstName: "Mine" }))).toBe("forbidden");
    expect(await codeOf(updateUser(admin, idOfPerson(acme.owner), { firstName: "Mine" }))).toBe("forbidden");
    expect(await codeOf(updateUser(admin, id, { firstName: "Dana" }))).toBe("none");
    expect((await rowOf(idOfPerson(acme.owner))).firstName).toBe("Olivia");
  });
});

describe("deactivating", () => {
  test("ends every session of the person at once, and leaves the organization's keys", async () => {
    const admin = await acme.as("Admin");
    const id = idOfPerson(admin);
    const { key } = await newKey({ ...acme, owner: admin });
    const record = await deactivateUser(acme.owner, id);
    expect(record).toMatchObject({ ZUID: id, status: "deactivated" });
    expect(record).toEqual(await getUser(acme.owner, id));
    expect(await codeOf(ctxOfSession(sessionOf(admin)))).toBe("session_ended");
    expect(await codeOf(deactivateUser(admin, id))).toBe("session_ended");
    expect(await codeOf(ctxOfKey(key))).toBe("none");
    expect(await eventsOf(id)).toMatchObject([
      { action: "user.deactivated", before: { status: "active" }, after: { status: "deactivated" } },
    ]);
    expect(await eventsOf(sessionOf(admin))).toMatchObject([
      { action: "session.ended", after: { reason: "deactivated" } },
    ]);
    expect(await codeOf(deactivateUser(acme.owner, id))).toBe("conflict");
  });

  test("never takes the last Owner", async () => {
    const one = await foundOrganization();
    expect(await codeOf(deactivateUser(one.owner, idOfPerson(one.owner)))).toBe("conflict");
    const second = await one.as("Owner");
    expect(await codeOf(deactivateUser(second, idOfPerson(one.owner)))).toBe("conflict");
    await db().roleAssignment.create({
      data: {
        userId: idOfPerson(second),
        roleId: await baseRole(one, "Owner", one.instanceId),
        organizationId: one.id,
      },
    });
    expect(await codeOf(deactivateUser(second, idOfPerson(one.owner)))).toBe("none");
    expect(await codeOf(ctxOfSession(sessionOf(one.owner)))).toBe("session_ended");
  });
});

describe("reactivating", () => {
  test("brings the person back with the roles they held, without their old sessions", async () => {
    const developer = await acme.as("Developer");
    const id = idOfPerson(developer);
    await db().user.update({ where: { id }, data: { passwordHash: "a hash" } });
    expect(await codeOf(reactivateUser(acme.owner, id))).toBe("conflict");
    await deactivateUser(acme.owner, id);
    expect(await reactivateUser(acme.owner, id)).toMatchObject({ status: "active" });
    expect(await codeOf(ctxOfSession(sessionOf(developer)))).toBe("session_ended");
    expect((await eventsOf(id)).at(-1)).toMatchObject({ action: "user.reactivated", after: { status: "active" } });
  });

  test("who never chose a password is invited still", async () => {
    const id = idOfPerson(await acme.as("Developer"));
    await deactivateUser(acme.owner, id);
    expect(await reactivateUser(acme.owner, id)).toMatchObject({ status: "invited" });
  });
});

describe.each([
  ["deactivating", deactivateUser],
  ["reactivating", reactivateUser],
  ["renaming", (ctx: Ctx, id: string) => updateUser(ctx, id, { firstName: "Taken" })],
])("%s a person", (_, act) => {
  test("of another organization is as of none at all, and changes nothing", async () => {
    const id = idOfPerson(await acme.as("Developer"));
    const before = await rowOf(id);
    expect(await codeOf(act(globex.owner, id))).toBe("not_found");
    expect(await codeOf(act(globex.owner, "5-19d41b7f2a0-zzzzzzzz"))).toBe("not_found");
    expect(await rowOf(id)).toEqual(before);
  });

  test("whose roles one does not cover, without the permission, or with a key is refused and recorded", async () => {
    const owner = idOfPerson(await acme.as("Owner"));
    const developer = idOfPerson(await acme.as("Developer"));
    const local = await acme.as("Owner", acme.instanceId);
    const refused: [Ctx, string][] = [
      [await acme.as("Admin"), owner],
      [await acme.as("Access Admin"), developer],
      [await acme.as("Auditor"), developer],
      [local, developer],
      [await ctxOfKey((await newKey(acme)).key), developer],
    ];
    for (const [ctx, id] of refused) {
      const before = await rowOf(id);
      expect(await codeOf(act(ctx, id))).toBe("forbidden");
      expect(await rowOf(id)).toEqual(before);
      expect((await acme.events()).at(-1)).toMatchObject({
        actorId: ctx.principal.id,
        targetId: id,
        outcome: "denied",
      });
    }
  });
});

test("leaving and coming back ask for a fresh proof; a name does not", async () => {
  const admin = await acme.as("Admin");
  const id = idOfPerson(await acme.as("Developer"));
  const data = { provedAt: new Date(Date.now() - 16 * 60_000) };
  await db().session.updateMany({ where: { userId: idOfPerson(admin) }, data });
  expect(await codeOf(deactivateUser(admin, id))).toBe("reauthentication_required");
  expect(await codeOf(reactivateUser(admin, id))).toBe("reauthentication_required");
  expect(await codeOf(updateUser(admin, id, { lastName: "Okafor" }))).toBe("none");
});

test.each([{ firstName: "" }, { lastName: "a".repeat(81) }, { email: "new@example.com" }, { status: "active" }])(
  "refuses a change to %j",
  (input) => {
    expect(UpdateUser.safeParse(input).success).toBe(false);
  },
);
