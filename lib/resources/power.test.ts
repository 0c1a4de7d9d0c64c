import { beforeAll, expect, test } from "vitest";
import { registerApp, updateApp } from "@/lib/apps/commands";
import { getPresentedCredential } from "@/lib/credentials/queries";
import type { Ctx } from "@/lib/kernel/ctx";
import { db } from "@/lib/kernel/db";
import { deleteResource, registerResource } from "@/lib/resources/commands";
import { createRole, deleteRole } from "@/lib/roles/commands";
import { addRule, deleteRule } from "@/lib/roles/rules";
import { RuleInput } from "@/lib/roles/schema";
import { newKey } from "@/lib/testing/app";
import { codeOf, ctxOfKey, ctxOfToken, foundOrganization, type TestOrganization } from "@/lib/testing/organization";
import { newRole } from "@/lib/testing/roles";
import { newToken } from "@/lib/testing/token";
import { issueToken } from "@/lib/tokens/commands";

const rule = (resourceZUID: string, over = {}) => RuleInput.parse({ resourceZUID, ...over });
const resourcesOf = async ({ id }: TestOrganization) =>
  (await db().resource.findMany({ where: { organizationId: id } })).map(({ name }) => name);
const permissionsOf = async (ctx: Ctx) => (await getPresentedCredential(ctx)).permissions;

let globex: TestOrganization;
beforeAll(async () => {
  globex = await foundOrganization();
});

test("a registered resource is power for keys, tokens and roles at once, and none after it is deleted", async () => {
  const acme = await foundOrganization();
  const { key } = await newKey(acme);
  const { token } = await newToken(acme, { role: "Developer" });
  const { token: publishers } = await newToken(acme);
  const has = async () => {
    const callers = [await ctxOfKey(key), await ctxOfToken(token), await ctxOfToken(publishers)];
    return Promise.all(callers.map(async (ctx) => (await permissionsOf(ctx)).map(String).includes("orders:publish")));
  };
  expect(await has()).toEqual([false, false, false]);
  await registerResource(acme.owner, { name: "orders" });
  expect(await has()).toEqual([true, true, false]);
  await deleteResource(acme.owner, "orders");
  expect(await has()).toEqual([false, false, false]);
  expect((await acme.events()).at(-1)).toMatchObject({ action: "resource.deleted", targetId: "orders" });
});

test("rules and apps name what is registered, and nothing else", async () => {
  const acme = await foundOrganization();
  const { ZUID } = await newRole(acme, "Publisher");
  const lists = { keyAccess: { mode: "restricted", permissions: ["orders:read"] } } as never;
  await registerResource(globex.owner, { name: "orders" });
  expect(await codeOf(addRule(acme.owner, ZUID, rule("orders")))).toBe("invalid_input");
  expect(await codeOf(registerApp(acme.owner, { name: "Shop", ...(lists as object) }))).toBe("invalid_input");
  await registerResource(acme.owner, { name: "orders" });
  await addRule(acme.owner, ZUID, rule("orders", { read: true }));
  const app = await registerApp(acme.owner, { name: "Shop", ...(lists as object) });
  const { key } = await newKey(acme, { appId: app.ZUID });
  expect(await permissionsOf(await ctxOfKey(key))).toEqual(["orders:read"]);
});

test("what a role or app names is not deleted, and the answer lists what names it", async () => {
  const acme = await foundOrganization();
  await registerResource(acme.owner, { name: "orders" });
  const { ZUID: roleId, name } = await newRole(acme, "Publisher");
  await addRule(acme.owner, roleId, rule("orders", { read: true }));
  const tokenAccess = { mode: "restricted", permissions: ["orders:read"] } as never;
  const { ZUID: appId } = await registerApp(acme.owner, { name: "Shop", tokenAccess });
  const refused = await deleteResource(acme.owner, "orders").catch((error: unknown) => error);
  expect(refused).toMatchObject({
    code: "conflict",
    details: {
      namedBy: [
        { kind: "role", ZUID: roleId, name },
        { kind: "app", ZUID: appId, name: "Shop" },
      ],
    },
  });
  await deleteRule(acme.owner, roleId, "orders");
  await updateApp(acme.owner, appId, { tokenAccess: { mode: "role" } });
  await deleteResource(acme.owner, "orders");
  expect(await resourcesOf(acme)).toEqual([]);
});

test("a rule and a deletion at once leave no rule for what is gone", async () => {
  const acme = await foundOrganization();
  const { ZUID } = await newRole(acme, "Publisher");
  for (let round = 0; round < 5; round++) {
    await registerResource(acme.owner, { name: "orders" });
    await Promise.allSettled([addRule(acme.owner, ZUID, rule("orders")), deleteResource(acme.owner, "orders")]);
    const rules = await db().roleRule.count({ where: { roleId: ZUID } });
    expect(await resourcesOf(acme)).toHaveLength(rules);
    if (rules > 0) await deleteRule(acme.owner, ZUID, "orders").then(() => deleteResource(acme.owner, "orders"));
  }
});

test("a deleted role names nothing any more", async () => {
  const acme = await foundOrganization();
  await registerResource(acme.owner, { name: "orders" });
  const { ZUID } = await newRole(acme, "Publisher");
  await addRule(acme.owner, ZUID, rule("orders"));
  await deleteRole(acme.owner, ZUID, {});
  expect((await deleteResource(acme.owner, "orders")).name).toBe("orders");
});

test("nobody hands out power over a registered resource that they do not hold", async () => {
  const acme = await foundOrganization();
  await registerResource(acme.owner, { name: "orders" });
  const accessAdmin = await acme.as("Access Admin");
  const input = { name: "Order desk", entityZUID: acme.id, systemRoleZUID: "31-71cfc74-4cc4dm13" };
  const { ZUID } = await createRole(accessAdmin, input);
  expect(await codeOf(addRule(accessAdmin, ZUID, rule("orders", { update: true })))).toBe("forbidden");
  await addRule(acme.owner, ZUID, rule("orders", { update: true }));
  const issue = { name: "Orders", roleZUID: ZUID, instanceZUID: acme.instanceId };
  expect(await codeOf(issueToken(await acme.as("Auditor"), issue))).toBe("forbidden");
  expect((await issueToken(acme.owner, issue)).roleZUID).toBe(ZUID);
});
