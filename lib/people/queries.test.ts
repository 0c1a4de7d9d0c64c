import { beforeAll, expect, test } from "vitest";
import { db } from "@/lib/kernel/db";
import { newId } from "@/lib/kernel/new-id";
import { newKey } from "@/lib/testing/app";
import { codeOf, foundOrganization, type TestOrganization } from "@/lib/testing/organization";
import { baseRole, idOfPerson } from "@/lib/testing/roles";
import { issueToken } from "@/lib/tokens/commands";
import { listPeople } from "@/lib/users/queries";
import { ListUsers } from "@/lib/users/schema";
import { getPerson, listIssuedBy } from "./queries";

let acme: TestOrganization;
let globex: TestOrganization;
beforeAll(async () => {
  acme = await foundOrganization();
  globex = await foundOrganization();
});

test("a person is shown with their roles and places, and whether they are the last Owner of one", async () => {
  const one = await foundOrganization();
  const { roles } = await getPerson(one.owner, idOfPerson(one.owner));
  expect(roles.map(({ name, instance, isLastOwner }) => [name, instance?.ZUID ?? null, isLastOwner])).toEqual([
    ["Owner", null, true],
    ["Owner", one.instanceId, true],
  ]);
  const second = await one.as("Owner");
  const after = await getPerson(second, idOfPerson(one.owner));
  expect(after.roles.map(({ isLastOwner }) => isLastOwner)).toEqual([false, true]);
  await db().user.update({ where: { id: idOfPerson(second) }, data: { status: "deactivated" } });
  expect((await getPerson(one.owner, idOfPerson(one.owner))).roles.map(({ isLastOwner }) => isLastOwner)).toEqual([
    true,
    true,
  ]);
});

test("what the caller lacks to change a role of theirs is told", async () => {
  const { roles } = await getPerson(await acme.as("Admin"), idOfPerson(acme.owner));
  expect(roles[0]).toMatchObject({ name: "Owner", mayGrant: true });
  expect(roles[0]?.missingPermissions).toContain("roles:super");
  const auditor = await getPerson(await acme.as("Auditor"), idOfPerson(acme.owner));
  expect(auditor.roles[0]?.mayGrant).toBe(false);
});

test("open invitations and links of the person are counted, ended and expired ones are not", async () => {
  const id = idOfPerson(await acme.as("SEO"));
  const { email } = await db().user.findUniqueOrThrow({ where: { id } });
  const roleId = await baseRole(acme, "SEO");
  const soon = new Date(Date.now() + 3_600_000);
  const past = new Date(Date.now() - 3_600_000);
  let made = 0;
  const digest = () => new Uint8Array(Buffer.from(`${id} ${++made}`));
  for (const [expiresAt, endedAt] of [
    [soon, null],
    [past, null],
    [soon, past],
  ] as const) {
    const times = { expiresAt, endedAt, organizationId: acme.id };
    await db().invite.create({
      data: { id: newId("invite"), ...times, email, roleId, digest: digest(), createdById: id, createdByName: "SEO" },
    });
    await db().passwordReset.create({ data: { digest: digest(), ...times, userId: id } });
  }
  expect((await getPerson(acme.owner, id)).pendingLinks).toBe(2);
});

test("the live keys and tokens a person has issued are listed, as far as the caller may see them", async () => {
  const admin = await acme.as("Admin");
  const id = idOfPerson(admin);
  const { keyId } = await newKey({ ...acme, owner: admin });
  const roleZUID = await baseRole(acme, "Publisher", acme.instanceId);
  const { ZUID: token } = await issueToken(admin, { name: "Issued", roleZUID });
  const { ZUID: ended } = await issueToken(admin, { name: "Ended", roleZUID });
  await db().credential.update({ where: { id: ended }, data: { expiresAt: new Date(Date.now() - 3_600_000) } });
  await newKey(acme);
  const issued = async (ctx = acme.owner) => (await listIssuedBy(ctx, id)).rows.map(({ ZUID }) => ZUID).sort();
  expect(await issued()).toEqual([token, keyId].sort());
  expect((await listIssuedBy(acme.owner, id)).rows.find(({ ZUID }) => ZUID === token)?.place).toEqual({
    ZUID: acme.instanceId,
    name: "Main",
  });
  expect(await issued(await acme.as("Access Admin"))).toEqual([token]);
  expect((await listIssuedBy(globex.owner, id)).rows).toEqual([]);
});

test("another organization's person is as none at all; who may not read people reads nobody", async () => {
  const id = idOfPerson(acme.owner);
  expect(await codeOf(getPerson(globex.owner, id))).toBe("not_found");
  expect(await codeOf(getPerson(globex.owner, "5-19d41b7f2a0-zzzzzzzz"))).toBe("not_found");
  const publisher = await acme.as("Publisher");
  expect(await codeOf(getPerson(publisher, id))).toBe("forbidden");
  expect(await codeOf(listIssuedBy(publisher, id))).toBe("forbidden");
});

test("people are listed with their roles, by kind and by a role or what it is based on", async () => {
  const one = await foundOrganization();
  const seo = idOfPerson(await one.as("SEO", one.instanceId));
  await db().user.update({ where: { id: seo }, data: { kind: "guest", totpConfirmedAt: new Date() } });
  const found = async (query: object) => (await listPeople(one.owner, ListUsers.parse(query))).rows;
  expect((await found({ kind: "guest" })).map(({ ZUID }) => ZUID)).toEqual([seo]);
  expect((await found({ role: "31-71cfc74-s30" })).map(({ ZUID }) => ZUID)).toEqual([seo]);
  const owners = await found({ role: await baseRole(one, "Owner") });
  expect(owners.map(({ ZUID, hasSecondFactor }) => [ZUID, hasSecondFactor])).toEqual([[idOfPerson(one.owner), false]]);
  expect(await found({ role: await baseRole(acme, "Owner") })).toEqual([]);
  expect((await found({ kind: "guest" }))[0]).toMatchObject({
    hasSecondFactor: true,
    roles: [{ name: "SEO", instance: { ZUID: one.instanceId, name: "Main" } }],
  });
});
