import { beforeAll, describe, expect, test } from "vitest";
import { db } from "@/lib/kernel/db";
import { digestOf } from "@/lib/kernel/secrets";
import { deleteRole } from "@/lib/roles/commands";
import { newKey } from "@/lib/testing/app";
import {
  codeOf,
  ctxOfKey,
  ctxOfToken,
  foundOrganization,
  textOf,
  type TestOrganization,
} from "@/lib/testing/organization";
import { baseRole, newRole } from "@/lib/testing/roles";
import { newToken } from "@/lib/testing/token";
import { issueToken, revokeToken } from "./commands";
import { getToken } from "./queries";
import { IssueToken } from "./schema";

let acme: TestOrganization;
let globex: TestOrganization;
let publisher: string;
beforeAll(async () => {
  acme = await foundOrganization();
  globex = await foundOrganization();
  publisher = await baseRole(acme, "Publisher", acme.instanceId);
});

const DAY = 86_400_000;
const lastEvent = async () => (await acme.events()).at(-1);
const issue = (ctx: TestOrganization["owner"], over: Partial<IssueToken> = {}) =>
  issueToken(ctx, { name: `Issued ${Math.random()}`, roleZUID: publisher, ...over });
const daysLeft = ({ expiry, createdAt }: { expiry: string; createdAt: string }) =>
  (Date.parse(expiry) - Date.parse(createdAt)) / DAY;

describe("issuing a token", () => {
  test("answers with its value once and keeps only the digest and a hint", async () => {
    const input = IssueToken.parse({
      name: "Preview build",
      roleZUID: publisher,
      expiresInDays: 30,
      description: "Builds the preview",
      allowedCidrs: ["203.0.113.0/24"],
      rateLimit: { requests: 100, seconds: 60 },
    });
    const { token, ...record } = await issueToken(acme.owner, input);
    expect(token).toMatch(/^lkt_[0-9A-Za-z]{42}$/);
    expect(record).toMatchObject({
      name: "Preview build",
      description: "Builds the preview",
      status: "active",
      hint: `lkt_…${token.slice(-4)}`,
      version: 1,
      instanceZUID: acme.instanceId,
      roleZUID: publisher,
      roleName: "Publisher",
      allowedCidrs: ["203.0.113.0/24"],
      rateLimit: { requests: 100, seconds: 60 },
      createdByName: "Olivia Owner",
      issuerLeft: false,
      versions: [{ version: 1, status: "live", endsAt: null }],
    });
    expect(record.ZUID).toMatch(/^55-/);
    expect(daysLeft(record)).toBe(30);
    const [version] = await db().credentialVersion.findMany({ where: { credentialId: record.ZUID } });
    expect(Buffer.from(version?.digest ?? [])).toEqual(Buffer.from(digestOf(token)));
    expect(await getToken(acme.owner, record.ZUID)).toEqual(record);
    const events = (await acme.events()).filter(({ targetId }) => targetId === record.ZUID);
    expect(events).toMatchObject([
      { action: "token.issued", targetName: "Preview build", instanceId: acme.instanceId, outcome: "allowed" },
    ]);
    expect(textOf(events)).not.toContain(token.slice(4, 40));
  });

  test("takes ninety days by default and at most, or what the organization's policy says", async () => {
    expect(daysLeft(await issue(acme.owner))).toBe(90);
    expect(await codeOf(issue(acme.owner, { expiresInDays: 91 }))).toBe("invalid_input");
    await db().organization.update({ where: { id: globex.id }, data: { tokenMaxDays: 7 } });
    const roleZUID = await baseRole(globex, "Publisher", globex.instanceId);
    expect(daysLeft(await issue(globex.owner, { roleZUID }))).toBe(7);
    expect(await codeOf(issue(globex.owner, { roleZUID, expiresInDays: 8 }))).toBe("invalid_input");
  });

  test("is an Owner's or Admin's of the instance or the organization: others leave a denied event and no token", async () => {
    const may = [
      await acme.as("Admin"),
      await acme.as("Owner", acme.instanceId),
      await acme.as("Admin", acme.instanceId),
    ];
    for (const ctx of may) expect(await codeOf(issue(ctx))).toBe("none");
    const { token } = await newToken(acme, { role: "Owner" });
    const { key } = await newKey(acme);
    const refused = [
      await acme.as("Access Admin"),
      await acme.as("Developer"),
      await acme.as("Auditor"),
      await acme.as("Publisher", acme.instanceId),
      await ctxOfToken(token),
      await ctxOfKey(key),
    ];
    for (const ctx of refused) {
      const tokens = await db().credential.count();
      expect(await codeOf(issue(ctx))).toBe("forbidden");
      expect(await db().credential.count()).toBe(tokens);
      expect(await lastEvent()).toMatchObject({
        action: "token.issued",
        actorId: ctx.principal.id,
        instanceId: acme.instanceId,
        outcome: "denied",
      });
    }
  });

  test("asks for a fresh password proof", async () => {
    const admin = await acme.as("Admin");
    await db()
      .$executeRaw`update session set proved_at = now() - interval '16 minutes' where user_id = ${admin.principal.id}`;
    expect(await codeOf(issue(admin))).toBe("reauthentication_required");
  });

  test("an organization-wide role is given on the one instance that is named", async () => {
    const roleZUID = await baseRole(acme, "Publisher");
    expect(await codeOf(issue(acme.owner, { roleZUID }))).toBe("invalid_input");
    const { token, instanceZUID } = await issue(acme.owner, { roleZUID, instanceZUID: acme.instanceId });
    expect(instanceZUID).toBe(acme.instanceId);
    expect((await ctxOfToken(token)).power).toMatchObject({ roles: [{ instanceId: acme.instanceId }] });
    expect(await codeOf(issue(acme.owner, { instanceZUID: acme.instanceId }))).toBe("none");
    expect(await codeOf(issue(acme.owner, { instanceZUID: globex.instanceId }))).toBe("invalid_input");
  });

  test("a role or instance of another organization, a deleted role and none are all the same", async () => {
    const foreign = await baseRole(globex, "Publisher", globex.instanceId);
    const everywhere = await baseRole(acme, "Publisher");
    const { ZUID: deleted } = await newRole(acme, "Publisher", acme.instanceId);
    await deleteRole(acme.owner, deleted, {});
    for (const over of [
      { roleZUID: foreign },
      { roleZUID: "30-71cfc74-nothing" },
      { roleZUID: deleted },
      { roleZUID: everywhere, instanceZUID: globex.instanceId },
      { roleZUID: everywhere, instanceZUID: "8-71cfc74-nothing" },
    ])
      expect(await codeOf(issue(acme.owner, over)), JSON.stringify(over)).toBe("not_found");
  });

  test("a name is one live token's of the instance; a revoked or expired one frees it", async () => {
    const { ZUID: first } = await issue(acme.owner, { name: "Unique_%" });
    expect(await codeOf(issue(acme.owner, { name: "unique_%" }))).toBe("conflict");
    expect(await codeOf(issue(acme.owner, { name: "Unique__" }))).toBe("none");
    await revokeToken(acme.owner, first, {});
    const { ZUID: second } = await issue(acme.owner, { name: "Unique_%" });
    await db().$executeRaw`update credential set expires_at = now() - interval '1 second' where id = ${second}`;
    expect(await codeOf(issue(acme.owner, { name: "Unique_%" }))).toBe("none");
  });

  test("of ten parallel tries at one name one gets it", async () => {
    const codes = await Promise.all(Array.from({ length: 10 }, () => codeOf(issue(acme.owner, { name: "Contested" }))));
    expect(codes.sort()).toEqual([...Array.from({ length: 9 }, () => "conflict"), "none"]);
  });

  test.each([
    {},
    { name: "Token" },
    { name: "x", roleZUID: "30-71cfc74-a" },
    { name: "Token", roleZUID: "31-71cfc74-0wn3r" },
    { name: "Token", roleZUID: "30-71cfc74-a", expiresInDays: 0 },
    { name: "Token", roleZUID: "30-71cfc74-a", expiresInDays: 1.5 },
    { name: "Token", roleZUID: "30-71cfc74-a", expiry: "2030-01-01T00:00:00Z" },
    { name: "Token", roleZUID: "30-71cfc74-a", token: "lkt_mine" },
  ])("refuses %j", (input) => {
    expect(IssueToken.safeParse(input).success).toBe(false);
  });
});
