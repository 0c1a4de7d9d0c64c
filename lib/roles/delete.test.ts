import { beforeAll, expect, test } from "vitest";
import { db } from "@/lib/kernel/db";
import type { AppError } from "@/lib/kernel/errors";
import { assignRole } from "@/lib/roles/assignments";
import { deleteRole } from "@/lib/roles/commands";
import { getRole } from "@/lib/roles/queries";
import { replaceRules } from "@/lib/roles/rules";
import { ReplaceRules } from "@/lib/roles/schema";
import { codeOf, foundOrganization, type TestOrganization } from "@/lib/testing/organization";
import { baseRole, idOfPerson, newRole, rolesHeldBy } from "@/lib/testing/roles";
import { issueToken } from "@/lib/tokens/commands";

let acme: TestOrganization;
beforeAll(async () => {
  acme = await foundOrganization();
});

let made = 0;
const newToken = (roleZUID: string) => issueToken(acme.owner, { name: `Token ${++made}`, roleZUID });
const roleOfToken = async (id: string) => (await db().credential.findUniqueOrThrow({ where: { id } })).roleId;

/** A custom role of the instance that a person and a token hold. */
async function heldRole(base = "Publisher") {
  const { ZUID: roleId } = await newRole(acme, base, acme.instanceId);
  const userId = idOfPerson(await acme.as("Auditor", acme.instanceId));
  await assignRole(acme.owner, userId, { roleZUID: roleId });
  const { ZUID: tokenId } = await newToken(roleId);
  return { roleId, userId, tokenId };
}

test("a role that nobody holds is deleted, and is not there any more", async () => {
  const { ZUID } = await newRole(acme);
  expect(await deleteRole(acme.owner, ZUID, {})).toMatchObject({ ZUID });
  expect(await codeOf(getRole(acme.owner, ZUID))).toBe("not_found");
  expect(await codeOf(deleteRole(acme.owner, ZUID, {}))).toBe("not_found");
  const auditor = idOfPerson(await acme.as("Auditor"));
  expect(await codeOf(assignRole(acme.owner, auditor, { roleZUID: ZUID }))).toBe("not_found");
});

test("a role that is held stays, and the refusal lists the people and the live tokens that hold it", async () => {
  const { roleId, userId, tokenId } = await heldRole();
  const revoked = await newToken(roleId);
  await db().credential.update({ where: { id: revoked.ZUID }, data: { revokedAt: new Date() } });
  const error = await deleteRole(acme.owner, roleId, {}).catch((thrown: AppError) => thrown);
  expect(error).toMatchObject({
    code: "conflict",
    details: {
      holders: [
        { kind: "user", ZUID: userId, name: "Auditor Person" },
        { kind: "access_token", ZUID: tokenId, name: expect.stringMatching(/^Token /) as string },
      ],
    },
  });
  expect(await codeOf(getRole(acme.owner, roleId))).toBe("none");
});

test("with a replacement all holders move to it at once, whoever held both keeps the one", async () => {
  const { roleId, userId, tokenId } = await heldRole();
  const { ZUID: replacement } = await newRole(acme, "Contributor", acme.instanceId);
  const both = idOfPerson(await acme.as("Auditor", acme.instanceId));
  await assignRole(acme.owner, both, { roleZUID: roleId });
  await assignRole(acme.owner, both, { roleZUID: replacement });
  await deleteRole(acme.owner, roleId, { replacement });
  const auditor = await baseRole(acme, "Auditor", acme.instanceId);
  expect(await rolesHeldBy(userId)).toEqual([auditor, replacement].sort());
  expect(await rolesHeldBy(both)).toEqual([auditor, replacement].sort());
  expect(await roleOfToken(tokenId)).toBe(replacement);
  expect((await acme.events()).at(-1)).toMatchObject({
    action: "role.deleted",
    targetId: roleId,
    after: { role: replacement, holders: [userId, both, tokenId] },
  });
});

test("a replacement is another living role of the same place", async () => {
  const { roleId, userId } = await heldRole();
  const { ZUID: elsewhere } = await newRole(acme, "Contributor");
  const { ZUID: gone } = await newRole(acme, "Contributor", acme.instanceId);
  await deleteRole(acme.owner, gone, {});
  const foreign = await newRole(await foundOrganization());
  const codes: [string, string][] = [
    [elsewhere, "invalid_input"],
    [roleId, "invalid_input"],
    [gone, "not_found"],
    [foreign.ZUID, "not_found"],
  ];
  for (const [replacement, code] of codes)
    expect(await codeOf(deleteRole(acme.owner, roleId, { replacement }))).toBe(code);
  expect(await rolesHeldBy(userId)).toContain(roleId);
});

test("nobody deletes a role beyond their own, or moves its holders to one", async () => {
  const admin = await acme.as("Admin");
  const high = await heldRole("Owner");
  const low = await heldRole();
  const owner = await baseRole(acme, "Owner", acme.instanceId);
  const publisher = await baseRole(acme, "Publisher", acme.instanceId);
  expect(await codeOf(deleteRole(admin, high.roleId, { replacement: publisher }))).toBe("forbidden");
  expect(await codeOf(deleteRole(admin, low.roleId, { replacement: owner }))).toBe("forbidden");
  expect(await roleOfToken(high.tokenId)).toBe(high.roleId);
  expect(await rolesHeldBy(low.userId)).toContain(low.roleId);
});

test("moving people or tokens takes the right to give roles, or to change tokens, beside that to delete", async () => {
  const cleaner = await newRole(acme, "Publisher", acme.instanceId);
  const may = { resourceZUID: "roles", delete: true };
  await replaceRules(acme.owner, cleaner.ZUID, ReplaceRules.parse([may]));
  const person = await acme.as("Auditor", acme.instanceId);
  await assignRole(acme.owner, idOfPerson(person), { roleZUID: cleaner.ZUID });
  const { roleId, userId } = await heldRole();
  const replacement = await baseRole(acme, "Contributor", acme.instanceId);
  expect(await codeOf(deleteRole(person, roleId, { replacement }))).toBe("forbidden");
  expect(await rolesHeldBy(userId)).toContain(roleId);
  const { ZUID: unheld } = await newRole(acme, "Contributor", acme.instanceId);
  expect(await codeOf(deleteRole(person, unheld, {}))).toBe("none");
});
