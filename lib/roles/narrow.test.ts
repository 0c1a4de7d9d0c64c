import { beforeAll, expect, test } from "vitest";
import { db } from "@/lib/kernel/db";
import { createRole, updateRole } from "@/lib/roles/commands";
import { getRole, listInstancePeople, listInstanceRoles } from "@/lib/roles/queries";
import { addRule, replaceRules } from "@/lib/roles/rules";
import { CreateRole, ListInstanceRoles, RuleInput } from "@/lib/roles/schema";
import { codeOf, foundOrganization, type TestOrganization } from "@/lib/testing/organization";
import { baseIdOf, newRole } from "@/lib/testing/roles";
import { VendorPage } from "@/lib/kernel/list-query";

let acme: TestOrganization;
beforeAll(async () => {
  acme = await foundOrganization();
});

const rule = (resourceZUID: string, verbs: object = {}) => RuleInput.parse({ resourceZUID, ...verbs });
const input = (name: string, base: string, granularRoles: object[]) =>
  CreateRole.parse({ name, entityZUID: acme.instanceId, systemRoleZUID: baseIdOf(base), granularRoles });
const withRules = (name: string) => db().role.findMany({ where: { organizationId: acme.id, name } });

test("a role can be born narrow: its rules come with it, in one event", async () => {
  const role = await createRole(acme.owner, input("Deploy bot", "Publisher", [{ resourceZUID: "media", read: false }]));
  expect(role.granularRoles).toMatchObject([{ resourceZUID: "media", read: false, create: null }]);
  expect((await acme.events()).filter(({ targetId }) => targetId === role.ZUID)).toMatchObject([
    {
      action: "role.created",
      after: {
        systemRole: "Publisher",
        rules: [{ resource: "media", create: null, read: false, update: null, delete: null, publish: null }],
      },
    },
  ]);
});

test("rules that exceed the maker's own power make no role at all", async () => {
  const accessAdmin = await acme.as("Access Admin");
  const beyond = input("Too much", "Access Admin", [{ resourceZUID: "content", publish: true }]);
  expect(await codeOf(createRole(accessAdmin, beyond))).toBe("forbidden");
  const nowhere = input("Nowhere", "Publisher", [{ resourceZUID: "8-19d41b7f2a0-zzzzzzzz", read: true }]);
  expect(await codeOf(createRole(acme.owner, nowhere))).toBe("invalid_input");
  expect([...(await withRules("Too much")), ...(await withRules("Nowhere"))]).toEqual([]);
});

test("a change based on what somebody else has changed since is refused and changes nothing", async () => {
  const { ZUID, updatedAt } = await newRole(acme, "Publisher");
  const since = { unmodifiedSince: updatedAt };
  await replaceRules(acme.owner, ZUID, [rule("media", { read: false })], since);
  expect(await codeOf(replaceRules(acme.owner, ZUID, [], since))).toBe("conflict");
  expect(await codeOf(updateRole(acme.owner, ZUID, { name: "Mine" }, since))).toBe("conflict");
  const now = await getRole(acme.owner, ZUID);
  expect(now.granularRoles).toHaveLength(1);
  expect(await codeOf(replaceRules(acme.owner, ZUID, [], { unmodifiedSince: now.updatedAt }))).toBe("none");
});

test("every change of a rule moves the time of its role", async () => {
  const { ZUID, updatedAt } = await newRole(acme, "Publisher");
  await addRule(acme.owner, ZUID, rule("media"));
  const once = (await getRole(acme.owner, ZUID)).updatedAt;
  await replaceRules(acme.owner, ZUID, []);
  const twice = (await getRole(acme.owner, ZUID)).updatedAt;
  expect([once > updatedAt, twice > once]).toEqual([true, true]);
});

test("an instance's roles and people come whole, or by the vendor's pages, and roles by name", async () => {
  const one = await foundOrganization();
  const page = (query: object) => listInstanceRoles(one.owner, one.instanceId, ListInstanceRoles.parse(query));
  expect((await page({})).rows).toHaveLength(9);
  const last = await page({ limit: "4", page: "3" });
  expect([last.rows.length, last.total, last.limit]).toEqual([1, 9, 4]);
  expect((await page({ q: "adm" })).rows.map(({ name }) => name).sort()).toEqual(["Access Admin", "Admin"]);
  await one.as("Publisher", one.instanceId);
  const people = await listInstancePeople(one.owner, one.instanceId, VendorPage.parse({ limit: 1, page: 2 }));
  expect(people.rows.map(({ role }) => role.name)).toEqual(["Publisher"]);
  expect(people.total).toBe(2);
});
