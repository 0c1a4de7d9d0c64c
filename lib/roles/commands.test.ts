import { beforeAll, describe, expect, test } from "vitest";
import type { Ctx } from "@/lib/kernel/ctx";
import { db } from "@/lib/kernel/db";
import { createRole, deleteRole, updateRole } from "@/lib/roles/commands";
import { getRole } from "@/lib/roles/queries";
import { CreateRole, UpdateRole } from "@/lib/roles/schema";
import { newKey } from "@/lib/testing/app";
import { codeOf, ctxOfKey, foundOrganization, type TestOrganization } from "@/lib/testing/organization";
import { baseIdOf, baseRole, newRole } from "@/lib/testing/roles";

let acme: TestOrganization;
let globex: TestOrganization;
beforeAll(async () => {
  acme = await foundOrganization();
  globex = await foundOrganization();
});

const eventsOf = async (id: string) => (await acme.events()).filter(({ targetId }) => targetId === id);
const input = (over: object = {}) =>
  CreateRole.parse({ name: "Editor", entityZUID: acme.id, systemRoleZUID: "31-71cfc74-p0bl1shr", ...over });
const rowOf = (id: string) => db().role.findUniqueOrThrow({ where: { id } });

describe("creating a role", () => {
  test("answers with it as the vendor publishes one, with one event", async () => {
    const role = await createRole(acme.owner, input({ name: "News desk", description: "Writes and publishes" }));
    expect(role).toEqual({
      ZUID: expect.stringMatching(/^30-/) as string,
      name: "News desk",
      description: "Writes and publishes",
      entityZUID: acme.id,
      systemRoleZUID: "31-71cfc74-p0bl1shr",
      systemRole: {
        ZUID: "31-71cfc74-p0bl1shr",
        name: "Publisher",
        create: true,
        read: true,
        update: true,
        delete: true,
        publish: true,
        grant: false,
        super: false,
      },
      granularRoleZUID: null,
      granularRoles: null,
      static: false,
      expiry: null,
      createdByUserZUID: acme.owner.principal.id,
      createdAt: role.createdAt,
      updatedAt: role.updatedAt,
    });
    expect(await getRole(acme.owner, role.ZUID)).toEqual(role);
    expect(await eventsOf(role.ZUID)).toMatchObject([
      {
        action: "role.created",
        actorId: acme.owner.principal.id,
        targetName: "News desk",
        instanceId: null,
        after: { name: "News desk", description: "Writes and publishes", systemRole: "Publisher", rules: [] },
      },
    ]);
  });

  test("on an instance is its Owner's too, and stays on that instance", async () => {
    const local = await acme.as("Owner", acme.instanceId);
    const role = await createRole(local, input({ name: "Local", entityZUID: acme.instanceId }));
    expect(role).toMatchObject({ entityZUID: acme.instanceId });
    expect(await eventsOf(role.ZUID)).toMatchObject([{ instanceId: acme.instanceId }]);
    expect(await codeOf(createRole(local, input({ name: "Wider" })))).toBe("forbidden");
  });

  test("is refused beyond what its maker holds, and without the permission: recorded, and nothing is made", async () => {
    const refused: [Ctx, object][] = [
      [await acme.as("Admin"), { systemRoleZUID: "31-71cfc74-0wn3r" }],
      [await acme.as("Access Admin"), { systemRoleZUID: "31-71cfc74-c0ntr1b0t0r" }],
      [await acme.as("Developer"), {}],
      [await acme.as("Auditor"), {}],
      [await acme.as("Admin", acme.instanceId), {}],
      [await ctxOfKey((await newKey(acme)).key), {}],
    ];
    for (const [ctx, over] of refused) {
      expect(await codeOf(createRole(ctx, input({ name: "Too much", ...over })))).toBe("forbidden");
      expect((await acme.events()).at(-1)).toMatchObject({
        action: "role.created",
        actorId: ctx.principal.id,
        targetName: "Too much",
        outcome: "denied",
      });
    }
    expect(await db().role.count({ where: { name: "Too much" } })).toBe(0);
  });

  test("on an instance or organization that is not one's own is on none at all", async () => {
    for (const entityZUID of [globex.instanceId, globex.id, "8-19d41b7f2a0-zzzzzzzz", "60-19d41b7f2a0-zzzzzzzz"])
      expect(await codeOf(createRole(acme.owner, input({ name: "Abroad", entityZUID })))).toBe("not_found");
  });

  test("takes a name nobody has there, in any case; a deleted role frees its name", async () => {
    const { ZUID } = await createRole(acme.owner, input({ name: "Unique" }));
    expect(await codeOf(createRole(acme.owner, input({ name: "UNIQUE" })))).toBe("conflict");
    expect(await codeOf(createRole(acme.owner, input({ name: "owner" })))).toBe("conflict");
    expect(await codeOf(createRole(acme.owner, input({ name: "Unique", entityZUID: acme.instanceId })))).toBe("none");
    await deleteRole(acme.owner, ZUID, {});
    expect(await codeOf(createRole(acme.owner, input({ name: "Unique" })))).toBe("none");
  });
});

describe("changing a role", () => {
  test("records what differs", async () => {
    const { ZUID } = await newRole(acme, "Publisher");
    const change = UpdateRole.parse({ name: "Renamed", systemRoleZUID: "31-71cfc74-c0ntr1b0t0r" });
    expect(await updateRole(acme.owner, ZUID, change)).toMatchObject({
      name: "Renamed",
      systemRole: { name: "Contributor" },
    });
    expect((await eventsOf(ZUID)).slice(1)).toMatchObject([
      {
        action: "role.updated",
        before: { systemRole: "Publisher" },
        after: { name: "Renamed", systemRole: "Contributor" },
      },
    ]);
  });

  test("counts for what it was and for what it becomes", async () => {
    const admin = await acme.as("Admin");
    const { ZUID: low } = await newRole(acme, "Publisher");
    const { ZUID: high } = await newRole(acme, "Owner");
    const rebase = (id: string, name: string) =>
      codeOf(updateRole(admin, id, UpdateRole.parse({ systemRoleZUID: baseIdOf(name) })));
    expect(await rebase(low, "Owner")).toBe("forbidden");
    expect(await rebase(high, "Publisher")).toBe("forbidden");
    expect(await codeOf(updateRole(admin, high, { name: "Harmless" }))).toBe("forbidden");
    expect([(await rowOf(low)).systemRoleId, (await rowOf(high)).systemRoleId]).toEqual([
      "31-71cfc74-p0bl1shr",
      "31-71cfc74-0wn3r",
    ]);
    expect(await rebase(low, "Developer")).toBe("none");
  });

  test("leaves base roles as they are", async () => {
    const id = await baseRole(acme, "Publisher");
    expect(await codeOf(updateRole(acme.owner, id, { name: "Mine" }))).toBe("conflict");
    expect(await codeOf(deleteRole(acme.owner, id, {}))).toBe("conflict");
    expect(await rowOf(id)).toMatchObject({ name: "Publisher", deletedAt: null });
  });
});

describe.each([
  ["changing", (ctx: Ctx, id: string) => updateRole(ctx, id, { name: "Taken over" })],
  ["deleting", (ctx: Ctx, id: string) => deleteRole(ctx, id, {})],
])("%s a role", (_, act) => {
  test("of another organization is as of none at all, and changes nothing", async () => {
    const { ZUID } = await newRole(acme);
    const before = await rowOf(ZUID);
    expect(await codeOf(act(globex.owner, ZUID))).toBe("not_found");
    expect(await codeOf(act(globex.owner, "30-19d41b7f2a0-zzzzzzzz"))).toBe("not_found");
    expect(await rowOf(ZUID)).toEqual(before);
  });

  test("without the permission changes nothing and is recorded as denied", async () => {
    const { ZUID } = await newRole(acme);
    const before = await rowOf(ZUID);
    const developer = await acme.as("Developer");
    expect(await codeOf(act(developer, ZUID))).toBe("forbidden");
    expect(await rowOf(ZUID)).toEqual(before);
    expect((await acme.events()).at(-1)).toMatchObject({
      actorId: developer.principal.id,
      targetId: ZUID,
      outcome: "denied",
    });
  });

  test("asks for the password again when it was given too long ago", async () => {
    const { ZUID } = await newRole(acme);
    const admin = await acme.as("Admin");
    await db().session.updateMany({
      where: { userId: admin.principal.id as string },
      data: { provedAt: new Date(Date.now() - 16 * 60_000) },
    });
    expect(await codeOf(act(admin, ZUID))).toBe("reauthentication_required");
  });
});

test.each([
  {},
  { name: "A" },
  { name: "Editor", entityZUID: "5-19d41b7f2a0-zzzzzzzz" },
  { name: "Editor", entityZUID: "mine" },
  { name: "Editor", systemRoleZUID: "31-71cfc74-n0n3" },
  { name: "Editor", static: true },
])("refuses a role of %j", (over) => {
  const whole = { entityZUID: "8-19d41b7f2a0-zzzzzzzz", systemRoleZUID: "31-71cfc74-p0bl1shr", ...over };
  expect(CreateRole.safeParse(whole).success).toBe(false);
});
