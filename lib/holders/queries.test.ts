import { beforeAll, expect, test } from "vitest";
import { db } from "@/lib/kernel/db";
import { assignRole } from "@/lib/roles/assignments";
import { RuleInput } from "@/lib/roles/schema";
import { addRule } from "@/lib/roles/rules";
import { codeOf, ctxOfSession, foundOrganization, type TestOrganization } from "@/lib/testing/organization";
import { baseRole, idOfPerson, newRole } from "@/lib/testing/roles";
import { revokeToken, issueToken } from "@/lib/tokens/commands";
import { flushUsage, recordCheck } from "@/lib/verification/usage";
import { getRoleAt, listRolesAt, listRolesToGive } from "./queries";
import { ListRolesAt } from "./schema";

let acme: TestOrganization;
let globex: TestOrganization;
beforeAll(async () => {
  acme = await foundOrganization();
  globex = await foundOrganization();
});

const list = (query: object, ctx = acme.owner) => listRolesAt(ctx, acme.instanceId, ListRolesAt.parse(query));

test("the roles of an instance are listed with those of the organization, each with its holders", async () => {
  const { ZUID, name } = await newRole(acme, "Publisher", acme.instanceId);
  await assignRole(acme.owner, idOfPerson(await acme.as("SEO")), { roleZUID: ZUID });
  const { ZUID: ended } = await issueToken(acme.owner, { name: "Ended", roleZUID: ZUID });
  await issueToken(acme.owner, { name: "Live", roleZUID: ZUID });
  await revokeToken(acme.owner, ended, {});
  const [role] = (await list({ q: name })).rows;
  expect(role).toMatchObject({ ZUID, isEverywhere: false, people: 1, tokens: 1 });
  const { rows, total } = await list({ kind: "base", limit: 100 });
  expect([rows.length, total]).toEqual([18, 18]);
  expect((await list({ scope: "everywhere", kind: "base" })).rows.every(({ isEverywhere }) => isEverywhere)).toBe(true);
});

test("who may read the roles of one instance alone sees its own and none of the organization's", async () => {
  const local = await acme.as("Owner", acme.instanceId);
  expect((await list({ limit: 100 }, local)).rows.filter(({ isEverywhere }) => isEverywhere)).toEqual([]);
  expect(await codeOf(getRoleAt(local, acme.instanceId, await baseRole(acme, "SEO")))).toBe("not_found");
  expect(await codeOf(list({}, await acme.as("Publisher")))).toBe("forbidden");
  expect(await codeOf(list({}, globex.owner))).toBe("not_found");
});

test("a role tells who and what holds it, and what people keep by other roles", async () => {
  const { ZUID } = await newRole(acme, "Publisher", acme.instanceId);
  const both = idOfPerson(await acme.as("SEO"));
  const alone = await acme.as("SEO");
  await db().roleAssignment.deleteMany({ where: { userId: idOfPerson(alone) } });
  for (const userId of [both, idOfPerson(alone)]) await assignRole(acme.owner, userId, { roleZUID: ZUID });
  const { ZUID: token } = await issueToken(acme.owner, { name: "Holder", roleZUID: ZUID });
  const check = { organizationId: acme.id, credentialId: token, ip: "203.0.113.7", userAgent: "", at: Date.now() };
  recordCheck({ ...check, outcome: "VALID", permission: "content:read" });
  recordCheck({ ...check, outcome: "INSUFFICIENT_PERMISSIONS", permission: "code:read" });
  await flushUsage();
  const { holders, role, held } = await getRoleAt(acme.owner, acme.instanceId, ZUID);
  expect([role.people, role.tokens, held.instanceId]).toEqual([2, 1, acme.instanceId]);
  const keeps = Object.fromEntries(holders.map((holder) => [holder.ZUID, holder.keeps]));
  expect(keeps[both]).toContain("redirects:publish");
  expect(keeps[idOfPerson(alone)]).toEqual([]);
  expect(holders.at(-1)).toMatchObject({
    kind: "access_token",
    name: "Holder",
    instanceZUID: acme.instanceId,
    keeps: [],
    uses: [{ permission: "content:read", count: 1 }],
  });
});

test("the tokens of a role are named to those who may see tokens", async () => {
  const { ZUID } = await newRole(acme, "Publisher", acme.instanceId);
  await issueToken(acme.owner, { name: "Unseen", roleZUID: ZUID });
  const reader = await acme.as("Contributor");
  const { ZUID: readers } = await newRole(acme, "Contributor");
  await addRule(acme.owner, readers, RuleInput.parse({ resourceZUID: "roles", read: true }));
  await assignRole(acme.owner, idOfPerson(reader), { roleZUID: readers });
  const now = await ctxOfSession((reader.principal as { sessionId: string }).sessionId);
  const { role, holders } = await getRoleAt(now, acme.instanceId, ZUID);
  expect([role.tokens, holders]).toEqual([1, []]);
});

test("roles to give are those of the places where the caller may, with what exceeds them", async () => {
  const admin = await acme.as("Admin");
  const roles = await listRolesToGive(admin);
  const lacking = (name: string) =>
    roles.find((role) => role.name === name && role.instance === null)?.missingPermissions;
  expect(lacking("Publisher")).toEqual([]);
  expect(lacking("Owner")).toContain("users:super");
  const local = await acme.as("Owner", acme.instanceId);
  expect(new Set((await listRolesToGive(local)).map(({ instance }) => instance?.ZUID))).toEqual(
    new Set([acme.instanceId]),
  );
  expect((await listRolesToGive(acme.owner, [null])).every(({ instance }) => instance === null)).toBe(true);
  expect(await listRolesToGive(await acme.as("Auditor"))).toEqual([]);
});
