import { beforeAll, expect, test } from "vitest";
import { db } from "@/lib/kernel/db";
import { assignRole } from "@/lib/roles/assignments";
import {
  getInstanceRole,
  getRole,
  listInstancePeople,
  listInstanceRoles,
  listMyRoles,
  listRolesOfUser,
} from "@/lib/roles/queries";
import { newKey } from "@/lib/testing/app";
import { codeOf, ctxOfKey, foundOrganization, ORIGIN, type TestOrganization } from "@/lib/testing/organization";
import { authenticate } from "@/lib/auth/authenticate";
import { baseRole, idOfPerson, newRole } from "@/lib/testing/roles";
import { issueToken } from "@/lib/tokens/commands";

let acme: TestOrganization;
let globex: TestOrganization;
beforeAll(async () => {
  acme = await foundOrganization();
  globex = await foundOrganization();
});

const UNKNOWN = { instance: "8-19d41b7f2a0-zzzzzzzz", role: "30-19d41b7f2a0-zzzzzzzz", user: "5-19d41b7f2a0-zzzzzzzz" };
const ctxOfToken = (value: string) =>
  authenticate(new Headers({ authorization: `Bearer ${value}` }), new URL("http://localhost/v1/roles"), ORIGIN);
let tokens = 0;
async function newToken(name: string) {
  const roleZUID = await baseRole(acme, name, acme.instanceId);
  const { token } = await issueToken(acme.owner, { name: `Reader ${++tokens}`, roleZUID });
  return { roleZUID, ctx: await ctxOfToken(token) };
}

test("an instance lists its own roles, base roles first, and not the organization's", async () => {
  const custom = await newRole(acme, "Publisher", acme.instanceId);
  await newRole(acme, "Publisher");
  const { rows, total } = await listInstanceRoles(acme.owner, acme.instanceId);
  expect(total).toBe(10);
  expect(rows.map(({ static: isStatic }) => isStatic)).toEqual([...Array<boolean>(9).fill(true), false]);
  expect(rows.at(-1)).toEqual(custom);
  for (const { entityZUID } of rows) expect(entityZUID).toBe(acme.instanceId);
  expect(await getInstanceRole(acme.owner, acme.instanceId, custom.ZUID)).toEqual(custom);
  const wide = await baseRole(acme, "Publisher");
  expect(await codeOf(getInstanceRole(acme.owner, acme.instanceId, wide))).toBe("not_found");
});

test("everybody reads the roles they hold, a token its own, and a key holds none", async () => {
  const developer = await acme.as("Developer");
  const held = await baseRole(acme, "Developer");
  expect((await listMyRoles(developer)).rows.map(({ ZUID }) => ZUID)).toEqual([held]);
  expect(await codeOf(getRole(developer, held))).toBe("none");
  expect(await codeOf(getRole(developer, await baseRole(acme, "Owner")))).toBe("forbidden");
  expect(await codeOf(getRole(developer, UNKNOWN.role))).toBe("forbidden");
  const token = await newToken("Publisher");
  expect((await listMyRoles(token.ctx)).rows.map(({ ZUID }) => ZUID)).toEqual([token.roleZUID]);
  expect(await codeOf(getRole(token.ctx, token.roleZUID))).toBe("none");
  expect((await listMyRoles(await ctxOfKey((await newKey(acme)).key))).rows).toEqual([]);
});

test("an instance lists its people with their role: nobody who has left, no token, nobody from elsewhere", async () => {
  const one = await foundOrganization();
  const publisher = idOfPerson(await one.as("Publisher", one.instanceId));
  const gone = idOfPerson(await one.as("Publisher", one.instanceId));
  await db().user.update({ where: { id: gone }, data: { status: "deactivated" } });
  await one.as("Auditor");
  await issueToken(one.owner, { name: "A token", roleZUID: await baseRole(one, "SEO", one.instanceId) });
  const { rows } = await listInstancePeople(one.owner, one.instanceId);
  expect(rows.map(({ ZUID, role }) => [ZUID, role.name])).toEqual([
    [idOfPerson(one.owner), "Owner"],
    [publisher, "Publisher"],
  ]);
});

test("the roles of a person are theirs to read, and whose permission it is", async () => {
  const person = await acme.as("SEO");
  const id = idOfPerson(person);
  await assignRole(acme.owner, id, { roleZUID: await baseRole(acme, "Publisher", acme.instanceId) });
  for (const ctx of [person, acme.owner, await acme.as("Auditor")])
    expect((await listRolesOfUser(ctx, id)).rows.map(({ name }) => name).sort()).toEqual(["Publisher", "SEO"]);
  expect(await codeOf(listRolesOfUser(await acme.as("SEO"), id))).toBe("forbidden");
  expect(await codeOf(listRolesOfUser(acme.owner, UNKNOWN.user))).toBe("not_found");
  expect(await codeOf(listRolesOfUser(globex.owner, id))).toBe("not_found");
});

test("an Owner of one instance reads that one's roles and people alone", async () => {
  const local = await acme.as("Owner", acme.instanceId);
  const role = await baseRole(acme, "SEO", acme.instanceId);
  expect(await codeOf(listInstanceRoles(local, acme.instanceId))).toBe("none");
  expect(await codeOf(listInstancePeople(local, acme.instanceId))).toBe("none");
  expect(await codeOf(getRole(local, role))).toBe("none");
  expect(await codeOf(getRole(local, await baseRole(acme, "SEO")))).toBe("forbidden");
  expect(await codeOf(listInstanceRoles(local, UNKNOWN.instance))).toBe("forbidden");
  expect(await codeOf(listInstancePeople(local, UNKNOWN.instance))).toBe("forbidden");
});

test("another organization's instance or role is as none at all", async () => {
  const role = await baseRole(acme, "SEO", acme.instanceId);
  for (const [instance, id] of [
    [acme.instanceId, role],
    [UNKNOWN.instance, UNKNOWN.role],
  ] as const) {
    expect(await codeOf(listInstanceRoles(globex.owner, instance))).toBe("not_found");
    expect(await codeOf(getInstanceRole(globex.owner, instance, id))).toBe("not_found");
    expect(await codeOf(listInstancePeople(globex.owner, instance))).toBe("not_found");
    expect(await codeOf(getRole(globex.owner, id))).toBe("not_found");
  }
});
