import { beforeAll, expect, test } from "vitest";
import { getPresentedCredential } from "@/lib/credentials/queries";
import type { Ctx } from "@/lib/kernel/ctx";
import { db } from "@/lib/kernel/db";
import { deleteResource, registerResource, updateResource } from "@/lib/resources/commands";
import { getResource, listResources } from "@/lib/resources/queries";
import { RegisterResource, UpdateResource } from "@/lib/resources/schema";
import { newKey } from "@/lib/testing/app";
import { codeOf, ctxOfKey, ctxOfToken, foundOrganization, type TestOrganization } from "@/lib/testing/organization";
import { newToken } from "@/lib/testing/token";

const READ_ORDERS = { method: "GET", path: "/orders/{id}", verb: "read" } as const;
const namesOf = async (ctx: Ctx) => (await listResources(ctx)).rows.map(({ name }) => name);
const permissionsOf = async (ctx: Ctx) => (await getPresentedCredential(ctx)).permissions;

let globex: TestOrganization;
beforeAll(async () => {
  globex = await foundOrganization();
});

test("an Owner or Admin registers a resource with what it opens, and one event says so", async () => {
  const acme = await foundOrganization();
  const admin = await acme.as("Admin");
  const record = await registerResource(admin, { name: "orders", description: "The shop", endpoints: [READ_ORDERS] });
  expect(record).toMatchObject({ name: "orders", kind: "registered", endpoints: [READ_ORDERS] });
  expect(await namesOf(acme.owner)).toContain("orders");
  expect(await namesOf(globex.owner)).not.toContain("orders");
  expect(await acme.events()).toMatchObject([
    {
      action: "resource.registered",
      actorId: admin.principal.id,
      targetId: "orders",
      after: { description: "The shop", endpoints: ["GET /orders/{id}: read"] },
    },
  ]);
});

test("the catalogue begins with the organization's own, and marks what was there before", async () => {
  const acme = await foundOrganization();
  await registerResource(acme.owner, { name: "price-lists" });
  const { rows } = await listResources(acme.owner);
  expect(rows[0]).toMatchObject({ name: "price-lists", kind: "registered", createdByName: "Olivia Owner" });
  expect(rows[1]).toMatchObject({ name: "content", kind: "built_in", endpoints: [], createdByName: null });
  expect(rows.find(({ name }) => name === "audit")).toMatchObject({ kind: "latchkey", verbs: ["create", "read"] });
  expect(rows).toHaveLength(1 + 7 + 10);
});

test("whoever is signed in reads the catalogue, a credential only with policy:read", async () => {
  const acme = await foundOrganization();
  expect(await namesOf(await acme.as("Contributor", acme.instanceId))).toContain("content");
  expect(await namesOf(await ctxOfKey((await newKey(acme)).key))).toContain("content");
  expect(await codeOf(listResources(await ctxOfToken((await newToken(acme)).token)))).toBe("forbidden");
});

test("a built-in resource is described too, but neither registered nor deleted; Latchkey's own are as they are", async () => {
  const acme = await foundOrganization();
  await updateResource(acme.owner, "content", { endpoints: [READ_ORDERS] });
  expect(await getResource(acme.owner, "content")).toMatchObject({ kind: "built_in", endpoints: [READ_ORDERS] });
  expect(await namesOf(acme.owner)).toHaveLength(7 + 10);
  expect(await permissionsOf(acme.owner)).toHaveLength(new Set(await permissionsOf(acme.owner)).size);
  for (const name of ["content", "users"]) expect(await codeOf(deleteResource(acme.owner, name))).toBe("conflict");
  expect(await codeOf(updateResource(acme.owner, "users", { description: "Mine" }))).toBe("conflict");
  for (const name of ["content", "users"]) expect(RegisterResource.safeParse({ name }).success).toBe(false);
});

test("a change of the description or the endpoints shows just that", async () => {
  const acme = await foundOrganization();
  await registerResource(acme.owner, { name: "orders", description: "The shop" });
  await updateResource(acme.owner, "orders", { endpoints: [READ_ORDERS] });
  expect((await acme.events()).at(-1)).toMatchObject({
    action: "resource.updated",
    before: { endpoints: [] },
    after: { endpoints: ["GET /orders/{id}: read"] },
  });
});

test.each([
  ["registering", (ctx: Ctx) => registerResource(ctx, { name: "invoices" })],
  ["changing", (ctx: Ctx) => updateResource(ctx, "orders", { description: "Theirs" })],
  ["deleting", (ctx: Ctx) => deleteResource(ctx, "orders")],
])("%s takes the permission and a session; a refusal is recorded and changes nothing", async (_, act) => {
  const acme = await foundOrganization();
  await registerResource(acme.owner, { name: "orders", description: "The shop" });
  const before = await db().resource.findMany({ where: { organizationId: acme.id } });
  for (const ctx of [
    await acme.as("Developer"),
    await acme.as("Owner", acme.instanceId),
    await acme.as("Auditor"),
    await ctxOfKey((await newKey(acme)).key),
  ]) {
    expect(await codeOf(act(ctx))).toBe("forbidden");
    expect((await acme.events()).at(-1)).toMatchObject({ actorId: ctx.principal.id, outcome: "denied" });
  }
  expect(await db().resource.findMany({ where: { organizationId: acme.id } })).toEqual(before);
});

test("another organization's resource is not found, and its name is free", async () => {
  const [acme, initech] = [await foundOrganization(), await foundOrganization()];
  await registerResource(acme.owner, { name: "orders" });
  expect(await codeOf(getResource(initech.owner, "orders"))).toBe("not_found");
  expect(await codeOf(updateResource(initech.owner, "orders", { description: "Mine" }))).toBe("not_found");
  expect(await codeOf(deleteResource(initech.owner, "orders"))).toBe("not_found");
  expect((await registerResource(initech.owner, { name: "orders" })).name).toBe("orders");
  expect(await codeOf(registerResource(acme.owner, { name: "orders" }))).toBe("conflict");
});

test.each([
  "",
  "a",
  "Orders",
  "or ders",
  "8-19d41b7f2a0-aaaaaaaa",
  "orders-",
  "-orders",
  "or--ders",
  "x".repeat(41),
  "__proto__",
  "apps",
])("refuses the name %j", (name) => {
  expect(RegisterResource.safeParse({ name }).success).toBe(false);
});

test("refuses endpoints without a path of their own, twice the same, of unknown verbs, and too many", () => {
  const takes = (...endpoints: object[]) => UpdateResource.safeParse({ endpoints }).success;
  const many = (count: number) => Array.from({ length: count }, (_, i) => ({ ...READ_ORDERS, path: `/orders/${i}` }));
  expect(takes(READ_ORDERS, { ...READ_ORDERS, method: "HEAD" })).toBe(true);
  expect(takes(...many(200))).toBe(true);
  expect(takes(...many(201))).toBe(false);
  expect(takes(READ_ORDERS, READ_ORDERS)).toBe(false);
  for (const wrong of [
    { path: "orders" },
    { path: "/or ders" },
    { path: "/orders?all" },
    { path: "/orders#top" },
    { path: "/" + "x".repeat(300) },
    { verb: "grant" },
    { method: "TRACE" },
    { note: "x" },
  ])
    expect(takes({ ...READ_ORDERS, ...wrong })).toBe(false);
});
