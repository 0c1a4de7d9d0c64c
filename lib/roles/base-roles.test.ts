import { beforeAll, describe, expect, test } from "vitest";
import { db } from "@/lib/kernel/db";
import { newId } from "@/lib/kernel/new-id";
import { restoreBaseRoles } from "@/lib/roles/commands";
import { codeOf, foundOrganization, type TestOrganization } from "@/lib/testing/organization";

let acme: TestOrganization;
let globex: TestOrganization;
beforeAll(async () => {
  acme = await foundOrganization();
  globex = await foundOrganization();
});

describe("restoring base roles", () => {
  test("makes the missing ones, gives them to nobody, and answers with all nine", async () => {
    const instanceId = newId("instance");
    await db().instance.create({ data: { id: instanceId, organizationId: acme.id, name: "Bare" } });
    expect((await restoreBaseRoles(acme.owner, instanceId)).total).toBe(9);
    await db().role.deleteMany({ where: { instanceId, name: { in: ["SEO", "Auditor"] } } });
    const again = await restoreBaseRoles(acme.owner, instanceId);
    expect(again.rows.map(({ name }) => name).sort()).toEqual([
      "Access Admin",
      "Admin",
      "Auditor",
      "Contributor",
      "Developer",
      "Developer Contributor",
      "Owner",
      "Publisher",
      "SEO",
    ]);
    expect(await db().roleAssignment.count({ where: { role: { instanceId } } })).toBe(0);
    expect((await acme.events()).at(-1)).toMatchObject({
      action: "role.base_restored",
      targetId: instanceId,
      after: { roles: ["SEO", "Auditor"] },
    });
  });

  test("is refused without the permission, and for another organization's instance", async () => {
    expect(await codeOf(restoreBaseRoles(await acme.as("Developer"), acme.instanceId))).toBe("forbidden");
    expect(await codeOf(restoreBaseRoles(globex.owner, acme.instanceId))).toBe("not_found");
  });
});
