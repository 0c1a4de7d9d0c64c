import { describe, expect, test } from "vitest";
import type { Ctx } from "@/lib/kernel/ctx";
import { db } from "@/lib/kernel/db";
import { assignRole, moveEverybody, moveRole, removeRole } from "@/lib/roles/assignments";
import { codeOf, foundOrganization } from "@/lib/testing/organization";
import { baseRole, idOfPerson, rolesHeldBy } from "@/lib/testing/roles";
import { deactivateUser } from "@/lib/users/commands";

describe("the last Owner", () => {
  test("of an organization or instance keeps the role", async () => {
    const one = await foundOrganization();
    const id = idOfPerson(one.owner);
    for (const instanceId of [null, one.instanceId]) {
      const owner = await baseRole(one, "Owner", instanceId);
      const lower = await baseRole(one, "Admin", instanceId);
      expect(await codeOf(removeRole(one.owner, id, owner))).toBe("conflict");
      expect(await codeOf(moveRole(one.owner, id, owner, { roleZUID: lower }))).toBe("conflict");
      expect(await codeOf(moveEverybody(one.owner, owner, { roleZUID: lower }))).toBe("conflict");
      expect(await rolesHeldBy(id)).toContain(owner);
    }
  });

  test("is the last that can still sign in", async () => {
    const one = await foundOrganization();
    const owner = await baseRole(one, "Owner");
    const gone = idOfPerson(await one.as("Owner"));
    await deactivateUser(one.owner, gone);
    expect(await codeOf(removeRole(one.owner, idOfPerson(one.owner), owner))).toBe("conflict");
    expect(await codeOf(removeRole(one.owner, gone, owner))).toBe("none");
  });

  test("is there still after twenty parallel tries", async () => {
    const one = await foundOrganization();
    const owner = await baseRole(one, "Owner");
    const lower = await baseRole(one, "Admin");
    const owners = [one.owner, ...(await Promise.all(Array.from({ length: 19 }, () => one.as("Owner"))))];
    const step: ((ctx: Ctx) => Promise<unknown>)[] = [
      (ctx) => removeRole(ctx, idOfPerson(ctx), owner),
      (ctx) => moveRole(ctx, idOfPerson(ctx), owner, { roleZUID: lower }),
      (ctx) => deactivateUser(ctx, idOfPerson(ctx)),
    ];
    // The founder holds the instance's Owner role alone, so stays by that; the others could all go.
    await assignRole(one.owner, idOfPerson(owners[1] as Ctx), {
      roleZUID: await baseRole(one, "Owner", one.instanceId),
    });
    // Whoever waits too long for the turn is told to try again.
    const insist = async (ctx: Ctx, i: number): Promise<string> => {
      const code = await codeOf((step[i % 3] as (typeof step)[number])(ctx));
      return code === "store_unavailable" ? insist(ctx, i) : code;
    };
    const codes = await Promise.all(owners.map(insist));
    const left = await db().roleAssignment.count({ where: { roleId: owner, user: { status: "active" } } });
    expect([left, codes.filter((code) => code === "conflict").length]).toEqual([1, 1]);
  });
});
