import { beforeAll, expect, test } from "vitest";
import { createInstance, updateInstance } from "@/lib/instances/commands";
import { getInstance, listCenters, listInstances } from "@/lib/instances/queries";
import { CreateInstance, ListCenters, ListInstances } from "@/lib/instances/schema";
import { db } from "@/lib/kernel/db";
import { newKey } from "@/lib/testing/app";
import { codeOf, ctxOfKey, ctxOfSession, foundOrganization, type TestOrganization } from "@/lib/testing/organization";

let acme: TestOrganization;
let globex: TestOrganization;
beforeAll(async () => {
  acme = await foundOrganization();
  globex = await foundOrganization();
});

test("creating an instance makes its nine base roles and its creator its Owner, with one event", async () => {
  const admin = await acme.as("Admin");
  const input = CreateInstance.parse({ name: "Boston", domain: "Boston.Example.com" });
  const { ZUID, ...record } = await createInstance(admin, input);
  expect(record).toMatchObject({ name: "Boston", domain: "boston.example.com", createdByUserZUID: admin.principal.id });
  const roles = await db().role.findMany({ where: { instanceId: ZUID }, include: { assignments: true } });
  expect(roles.map(({ name }) => name).sort()).toEqual([
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
  expect(roles.flatMap(({ name, assignments }) => assignments.map(({ userId }) => [name, userId]))).toEqual([
    ["Owner", admin.principal.id],
  ]);
  const events = (await acme.events()).filter(({ targetId }) => targetId === ZUID);
  expect(events).toMatchObject([{ action: "instance.created", instanceId: ZUID, actorId: admin.principal.id }]);
});

test("an instance's Owner changes it, and no other instance", async () => {
  const other = await createInstance(acme.owner, { name: "Chicago" });
  const local = await acme.as("Owner", other.ZUID);
  expect(await updateInstance(local, other.ZUID, { name: "Chicago North" })).toMatchObject({ name: "Chicago North" });
  expect((await acme.events()).at(-1)).toMatchObject({
    action: "instance.updated",
    before: { name: "Chicago" },
    after: { name: "Chicago North" },
  });
  expect(await codeOf(updateInstance(local, acme.instanceId, { name: "Mine" }))).toBe("forbidden");
  expect((await acme.events()).at(-1)).toMatchObject({ targetId: acme.instanceId, outcome: "denied" });
  expect(await codeOf(createInstance(local, { name: "Another" }))).toBe("forbidden");
  expect((await db().instance.findUniqueOrThrow({ where: { id: acme.instanceId } })).name).toBe("Main");
});

test("who holds a role on one instance sees that one, and another one is as none", async () => {
  const other = await createInstance(acme.owner, { name: "Denver" });
  const local = await acme.as("Publisher", other.ZUID);
  const { rows, total } = await listInstances(local, ListInstances.parse({}));
  expect([rows.map(({ ZUID }) => ZUID), total]).toEqual([[other.ZUID], 1]);
  expect((await listCenters(local, ListCenters.parse({}))).page_info.total).toBe(1);
  expect(await codeOf(getInstance(local, other.ZUID))).toBe("none");
  expect(await codeOf(getInstance(local, acme.instanceId))).toBe("not_found");
});

test("who holds no role is refused, and the refusal is recorded", async () => {
  const developer = await acme.as("Developer");
  if (developer.principal.kind !== "user") throw new Error("A developer is a person.");
  await db().roleAssignment.deleteMany({ where: { userId: developer.principal.id } });
  const nobody = await ctxOfSession(developer.principal.sessionId);
  expect(await codeOf(listInstances(nobody, ListInstances.parse({})))).toBe("forbidden");
  expect((await acme.events()).at(-1)).toMatchObject({
    action: "access.refused",
    after: { permission: "instances:read" },
  });
});

test("another organization's instance is not found and stays as it is", async () => {
  expect(await codeOf(updateInstance(globex.owner, acme.instanceId, { name: "Taken" }))).toBe("not_found");
  expect(await codeOf(getInstance(globex.owner, acme.instanceId))).toBe("not_found");
  expect((await db().instance.findUniqueOrThrow({ where: { id: acme.instanceId } })).name).toBe("Main");
});

test("no key creates or changes an instance", async () => {
  const key = await ctxOfKey((await newKey(acme)).key);
  expect(await codeOf(createInstance(key, { name: "By a key" }))).toBe("forbidden");
  expect(await codeOf(updateInstance(key, acme.instanceId, { name: "By a key" }))).toBe("forbidden");
  expect(await db().instance.count({ where: { name: "By a key" } })).toBe(0);
});

test("a name is taken within its organization only", async () => {
  await createInstance(acme.owner, { name: "Same" });
  expect(await codeOf(createInstance(acme.owner, { name: "Same" }))).toBe("conflict");
  expect(await codeOf(createInstance(globex.owner, { name: "Same" }))).toBe("none");
});

test.each([
  {},
  { name: "x" },
  { name: "Main", domain: "not a domain" },
  { name: "Main", domain: "-a.example" },
  { name: "Main", id: "8-1" },
])("refuses %j", (input) => {
  expect(CreateInstance.safeParse(input).success).toBe(false);
});
