import { beforeAll, describe, expect, test } from "vitest";
import { db } from "@/lib/kernel/db";
import { newId } from "@/lib/kernel/new-id";
import { codeOf, foundOrganization, type TestOrganization } from "@/lib/testing/organization";
import { baseRole } from "@/lib/testing/roles";
import { newToken } from "@/lib/testing/token";
import { issueToken, renewToken, revokeToken } from "./commands";
import { getIssueOptions } from "./queries";
import { rotateToken } from "./rotation";
import type { IssueToken } from "./schema";

let acme: TestOrganization;
let publisher: string;
beforeAll(async () => {
  acme = await foundOrganization();
  publisher = await baseRole(acme, "Publisher", acme.instanceId);
});

const lastEvent = async () => (await acme.events()).at(-1);
const issue = (ctx: TestOrganization["owner"], over: Partial<IssueToken> = {}) =>
  issueToken(ctx, { name: `Issued ${Math.random()}`, roleZUID: publisher, ...over });

/** A role of the instance that is no system role's copy. */
const newRole = async (systemRoleId: string, rules: { resource: string; read?: boolean; publish?: boolean }[] = []) => {
  const id = newId("role");
  const organizationId = acme.id;
  await db().role.create({ data: { id, organizationId, instanceId: acme.instanceId, systemRoleId, name: id } });
  for (const rule of rules)
    await db().roleRule.create({ data: { id: newId("rule"), roleId: id, organizationId, ...rule } });
  return id;
};

describe("nobody issues more than they hold", () => {
  const missing = (work: Promise<unknown>) =>
    work.then(
      () => [],
      (error: { details: { missingPermissions?: string[] } }) => error.details.missingPermissions,
    );

  test("an Admin no Owner's role, and the refusal names what is missing", async () => {
    const admin = await acme.as("Admin", acme.instanceId);
    const roleZUID = await baseRole(acme, "Owner", acme.instanceId);
    expect(await codeOf(issue(admin, { roleZUID }))).toBe("forbidden");
    expect(await missing(issue(admin, { roleZUID }))).toEqual(["users:delete", "users:super", "roles:super"]);
    expect(await lastEvent()).toMatchObject({ action: "token.issued", actorId: admin.principal.id, outcome: "denied" });
    expect(await codeOf(issue(admin, { roleZUID: await baseRole(acme, "Admin", acme.instanceId) }))).toBe("none");
  });

  test("whose own role a rule narrows, no role that is not narrowed alike", async () => {
    const narrowed = await newRole("31-71cfc74-4dm13", [{ resource: "media", publish: false }]);
    const admin = await acme.as("Admin", acme.instanceId);
    await db().roleAssignment.updateMany({
      where: { userId: admin.principal.id as string },
      data: { roleId: narrowed },
    });
    expect(await missing(issue(admin))).toEqual(["media:publish"]);
    const alike = await newRole("31-71cfc74-p0bl1shr", [{ resource: "media", publish: false }]);
    expect(await codeOf(issue(admin, { roleZUID: alike }))).toBe("none");
  });

  test("a role that a rule lifts beyond its base is weighed with the rule", async () => {
    const admin = await acme.as("Admin", acme.instanceId);
    const narrowed = await newRole("31-71cfc74-4dm13", [{ resource: "15-71cfc74-page", read: false }]);
    const other = await acme.as("Admin", acme.instanceId);
    await db().roleAssignment.updateMany({
      where: { userId: other.principal.id as string },
      data: { roleId: narrowed },
    });
    const lifted = await newRole("31-71cfc74-4ud1t0r", [{ resource: "content", read: true }]);
    expect(await codeOf(issue(admin, { roleZUID: lifted }))).toBe("none");
    expect(await missing(issue(other, { roleZUID: lifted }))).toEqual(["content:read"]);
  });

  test("who was demoted after the request began is judged by what is held at the write", async () => {
    const admin = await acme.as("Admin", acme.instanceId);
    await db().roleAssignment.updateMany({
      where: { userId: admin.principal.id as string },
      data: { roleId: await baseRole(acme, "Developer", acme.instanceId) },
    });
    expect(await codeOf(issue(admin))).toBe("forbidden");
  });

  test("renewing and rotating give the role out anew; revoking takes it away", async () => {
    const admin = await acme.as("Admin", acme.instanceId);
    const { tokenId } = await newToken(acme, { role: "Owner" });
    expect(await codeOf(renewToken(admin, tokenId))).toBe("forbidden");
    expect(await codeOf(rotateToken(admin, tokenId, {}))).toBe("forbidden");
    expect(await lastEvent()).toMatchObject({ action: "token.rotated", targetId: tokenId, outcome: "denied" });
    expect(await codeOf(revokeToken(admin, tokenId, {}))).toBe("none");
  });
});

test("the roles to choose from tell what each lets a token do, and what of it the chooser does not hold", async () => {
  const admin = await acme.as("Admin", acme.instanceId);
  const { maxDays, roles } = await getIssueOptions(admin, acme.instanceId);
  const named = (name: string) => roles.find((role) => role.name === name);
  expect(maxDays).toBe(90);
  expect(roles[0]?.name).toBe("Owner");
  expect(named("Owner")?.missingPermissions).toEqual(["users:delete", "users:super", "roles:super"]);
  expect(named("Auditor")).toMatchObject({ missingPermissions: [], isEverywhere: false });
  expect(named("Auditor")?.permissions).toEqual([
    "instances:read",
    "users:read",
    "roles:read",
    "tokens:read",
    "sessions:read",
    "audit:read",
  ]);
  expect(roles.filter(({ name }) => name === "Owner")).toHaveLength(1);
  expect(await codeOf(getIssueOptions(await acme.as("Auditor"), acme.instanceId))).toBe("forbidden");
});
