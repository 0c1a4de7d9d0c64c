import { beforeAll, describe, expect, test } from "vitest";
import { requireSession } from "@/lib/auth/sessions";
import type { Ctx } from "@/lib/kernel/ctx";
import { db } from "@/lib/kernel/db";
import { allows } from "@/lib/kernel/permissions";
import { assignRole, moveEverybody, moveRole, removeRole } from "@/lib/roles/assignments";
import { newKey } from "@/lib/testing/app";
import { codeOf, ctxOfKey, foundOrganization, type TestOrganization } from "@/lib/testing/organization";
import { baseRole, idOfPerson, newRole, rolesHeldBy } from "@/lib/testing/roles";

let acme: TestOrganization;
let globex: TestOrganization;
beforeAll(async () => {
  acme = await foundOrganization();
  globex = await foundOrganization();
});

const UNKNOWN = "30-19d41b7f2a0-zzzzzzzz";
const lastEvent = async () => (await acme.events()).at(-1);

test("a role is given, changed and taken, each at once and with one event", async () => {
  const person = await acme.as("Auditor");
  const id = idOfPerson(person);
  const [auditor, developer, publisher] = await Promise.all(
    ["Auditor", "Developer", "Publisher"].map((name) => baseRole(acme, name)),
  );
  const mayPublish = async () => {
    const { power } = await requireSession(db(), (person.principal as { sessionId: string }).sessionId);
    return allows(power, "media:publish");
  };
  expect(await mayPublish()).toBe(false);
  expect(await assignRole(acme.owner, id, { roleZUID: developer as string })).toMatchObject({ name: "Developer" });
  expect(await mayPublish()).toBe(true);
  expect(await lastEvent()).toMatchObject({
    action: "user.role_assigned",
    targetId: id,
    targetName: "Auditor Person",
    after: { role: "Developer" },
  });
  expect(await moveRole(acme.owner, id, developer as string, { roleZUID: publisher as string })).toMatchObject({
    name: "Publisher",
  });
  expect(await lastEvent()).toMatchObject({
    action: "user.role_moved",
    targetId: id,
    before: { role: "Developer" },
    after: { role: "Publisher" },
  });
  expect(await removeRole(acme.owner, id, publisher as string)).toMatchObject({ name: "Publisher" });
  expect(await mayPublish()).toBe(false);
  expect(await lastEvent()).toMatchObject({
    action: "user.role_removed",
    targetId: id,
    before: { role: "Publisher" },
  });
  expect(await rolesHeldBy(id)).toEqual([auditor]);
});

test("what is held already, or not held, is said so", async () => {
  const id = idOfPerson(await acme.as("Auditor"));
  const [auditor, developer] = [await baseRole(acme, "Auditor"), await baseRole(acme, "Developer")];
  expect(await codeOf(assignRole(acme.owner, id, { roleZUID: auditor }))).toBe("conflict");
  expect(await codeOf(removeRole(acme.owner, id, developer))).toBe("not_found");
  expect(await codeOf(moveRole(acme.owner, id, developer, { roleZUID: auditor }))).toBe("not_found");
  await assignRole(acme.owner, id, { roleZUID: developer });
  expect(await codeOf(moveRole(acme.owner, id, developer, { roleZUID: auditor }))).toBe("conflict");
  expect(await codeOf(moveRole(acme.owner, id, developer, { roleZUID: developer }))).toBe("invalid_input");
  const local = await baseRole(acme, "Publisher", acme.instanceId);
  expect(await codeOf(moveRole(acme.owner, id, developer, { roleZUID: local }))).toBe("invalid_input");
  expect(await codeOf(moveEverybody(acme.owner, developer, { roleZUID: local }))).toBe("invalid_input");
});

test("moving everybody moves people, keeps who holds both at one, and leaves tokens", async () => {
  const from = (await newRole(acme, "Publisher")).ZUID;
  const to = (await newRole(acme, "Contributor")).ZUID;
  const one = idOfPerson(await acme.as("Auditor"));
  const both = idOfPerson(await acme.as("Auditor"));
  for (const id of [one, both]) await assignRole(acme.owner, id, { roleZUID: from });
  await assignRole(acme.owner, both, { roleZUID: to });
  expect(await moveEverybody(acme.owner, from, { roleZUID: to })).toMatchObject({ ZUID: to, moved: 2 });
  const auditor = await baseRole(acme, "Auditor");
  for (const id of [one, both]) expect(await rolesHeldBy(id)).toEqual([auditor, to].sort());
  expect(await lastEvent()).toMatchObject({
    action: "role.holders_moved",
    targetId: from,
    after: { role: expect.stringMatching(/^Role /) as string, holders: [one, both] },
  });
});

describe("nobody gives or takes more than they hold", () => {
  test("an Admin touches no Owner's role", async () => {
    const admin = await acme.as("Admin");
    const [owner, adminRole] = [await baseRole(acme, "Owner"), await baseRole(acme, "Admin")];
    const second = idOfPerson(await acme.as("Owner"));
    const self = idOfPerson(admin);
    expect(await codeOf(assignRole(admin, self, { roleZUID: owner }))).toBe("forbidden");
    expect(await codeOf(moveRole(admin, self, adminRole, { roleZUID: owner }))).toBe("forbidden");
    expect(await codeOf(moveEverybody(admin, adminRole, { roleZUID: owner }))).toBe("forbidden");
    expect(await codeOf(removeRole(admin, second, owner))).toBe("forbidden");
    expect(await codeOf(moveRole(admin, second, owner, { roleZUID: adminRole }))).toBe("forbidden");
    expect(await codeOf(moveEverybody(admin, owner, { roleZUID: adminRole }))).toBe("forbidden");
    expect(await rolesHeldBy(second)).toEqual([owner]);
    expect(await rolesHeldBy(self)).toEqual([adminRole]);
    expect(await codeOf(assignRole(admin, second, { roleZUID: adminRole }))).toBe("none");
  });

  test("an Owner of one instance gives its roles, and neither another instance's nor the organization's", async () => {
    const local = await acme.as("Owner", acme.instanceId);
    const id = idOfPerson(await acme.as("Auditor"));
    expect(await codeOf(assignRole(local, id, { roleZUID: await baseRole(acme, "Owner", acme.instanceId) }))).toBe(
      "none",
    );
    expect(await codeOf(assignRole(local, id, { roleZUID: await baseRole(acme, "Contributor") }))).toBe("forbidden");
    expect(await codeOf(removeRole(local, id, await baseRole(acme, "Auditor")))).toBe("forbidden");
  });

  test("a power lost while the change waited for its turn is lost", async () => {
    const [first, second] = [await acme.as("Owner"), await acme.as("Owner")];
    const owner = await baseRole(acme, "Owner");
    const results = await Promise.all([
      codeOf(removeRole(first, idOfPerson(second), owner)),
      codeOf(removeRole(second, idOfPerson(first), owner)),
    ]);
    expect(results.sort()).toEqual(["forbidden", "none"]);
  });
});

describe.each<[string, (ctx: Ctx, userId: string, roleId: string) => Promise<unknown>]>([
  ["giving", async (ctx, userId) => assignRole(ctx, userId, { roleZUID: await baseRole(acme, "SEO") })],
  ["changing", async (ctx, id, roleId) => moveRole(ctx, id, roleId, { roleZUID: await baseRole(acme, "SEO") })],
  ["taking", (ctx, userId, roleId) => removeRole(ctx, userId, roleId)],
  ["moving", async (ctx, _, roleId) => moveEverybody(ctx, roleId, { roleZUID: await baseRole(acme, "SEO") })],
])("%s a role", (_, act) => {
  test("of another organization or to its people is as of none at all", async () => {
    const id = idOfPerson(await acme.as("Auditor"));
    const auditor = await baseRole(acme, "Auditor");
    expect(await codeOf(act(globex.owner, id, auditor))).toBe("not_found");
    expect(await codeOf(act(globex.owner, idOfPerson(globex.owner), auditor))).toBe("not_found");
    expect(await codeOf(act(globex.owner, "5-19d41b7f2a0-zzzzzzzz", UNKNOWN))).toBe("not_found");
    expect(await rolesHeldBy(id)).toEqual([auditor]);
  });

  test("takes the right to grant, a session and a fresh proof, and a refusal is recorded", async () => {
    const id = idOfPerson(await acme.as("Auditor"));
    const auditor = await baseRole(acme, "Auditor");
    for (const ctx of [
      await acme.as("Developer"),
      await acme.as("Auditor"),
      await ctxOfKey((await newKey(acme)).key),
    ]) {
      expect(await codeOf(act(ctx, id, auditor))).toBe("forbidden");
      expect(await lastEvent()).toMatchObject({ actorId: ctx.principal.id, outcome: "denied" });
    }
    const admin = await acme.as("Admin");
    const data = { provedAt: new Date(Date.now() - 16 * 60_000) };
    await db().session.updateMany({ where: { userId: idOfPerson(admin) }, data });
    expect(await codeOf(act(admin, id, auditor))).toBe("reauthentication_required");
    expect(await rolesHeldBy(id)).toEqual([auditor]);
  });
});
