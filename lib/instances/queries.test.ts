import { expect, test } from "vitest";
import { createInstance } from "@/lib/instances/commands";
import { listInstances } from "@/lib/instances/queries";
import { ListInstances } from "@/lib/instances/schema";
import { db } from "@/lib/kernel/db";
import { newLoginClient } from "@/lib/testing/login";
import { codeOf, ctxOfToken, foundOrganization } from "@/lib/testing/organization";
import { baseRole } from "@/lib/testing/roles";

test("a login token sees the instances its person may, within what its app may", async () => {
  const acme = await foundOrganization();
  await createInstance(acme.owner, { name: "Elsewhere" });
  const query = ListInstances.parse({});
  const seenBy = async (app: Parameters<typeof newLoginClient>[1]) => {
    const { logIn, userId } = await newLoginClient(acme, app);
    await db().roleAssignment.deleteMany({ where: { userId } });
    const roleId = await baseRole(acme, "Publisher", acme.instanceId);
    await db().roleAssignment.create({ data: { userId, roleId, organizationId: acme.id } });
    const { credentials } = await logIn();
    return listInstances(await ctxOfToken(credentials.access_token), query);
  };
  expect((await seenBy({})).rows.map(({ ZUID }) => ZUID)).toEqual([acme.instanceId]);
  const narrow = { tokenAccess: { mode: "restricted" as const, permissions: ["content:read" as const] } };
  expect(await codeOf(seenBy(narrow))).toBe("forbidden");
  expect((await listInstances(acme.owner, query)).total).toBe(2);
});
