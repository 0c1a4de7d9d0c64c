import { beforeAll, describe, expect, test } from "vitest";
import { db } from "@/lib/kernel/db";
import { newInvite } from "@/lib/testing/invite";
import { codeMailedTo } from "@/lib/testing/mail";
import { codeOf, ctxOfSession, foundOrganization, ORIGIN, type TestOrganization } from "@/lib/testing/organization";
import { baseRole, idOfPerson, rolesHeldBy } from "@/lib/testing/roles";
import { moveRole } from "@/lib/roles/assignments";
import { deactivateUser, reactivateUser } from "@/lib/users/commands";
import { acceptInvite, declineInvite, joinByLink } from "./acceptance";
import { resendInvite } from "./commands";

let acme: TestOrganization;
let globex: TestOrganization;
let publisher: string;
beforeAll(async () => {
  acme = await foundOrganization();
  globex = await foundOrganization();
  publisher = await baseRole(acme, "Publisher", acme.instanceId);
});

let networks = 0;
const join = (code: string) =>
  joinByLink(
    { ...ORIGIN, ip: `203.0.113.${++networks}` },
    { code, firstName: "Lena", lastName: "Fischer", password: "seven quiet herons at dusk" },
  );
const rowOf = (id: string) => db().invite.findUniqueOrThrow({ where: { id } });

describe("an invitation counts for what its sender holds when it is accepted", () => {
  test("who was demoted since gives nothing any more, and that is recorded", async () => {
    const inviter = await acme.as("Admin");
    const { code, ZUID, inviteeEmail } = await newInvite(acme, {}, inviter);
    const [from, to] = [await baseRole(acme, "Admin"), await baseRole(acme, "Developer")];
    await moveRole(acme.owner, idOfPerson(inviter), from, { roleZUID: to });
    expect(await codeOf(join(code))).toBe("forbidden");
    expect(await db().user.count({ where: { email: inviteeEmail } })).toBe(0);
    expect((await acme.events()).at(-1)).toMatchObject({
      action: "invite.accepted",
      targetId: ZUID,
      outcome: "denied",
    });
    await moveRole(acme.owner, idOfPerson(inviter), to, { roleZUID: from });
    expect(await codeOf(join(code))).toBe("none");
  });

  test("who was left less than the role gives nothing, though they may still invite", async () => {
    const inviter = await acme.as("Owner");
    const { code } = await newInvite(acme, { entityZUID: acme.id, accessLevel: 0 }, inviter);
    const [from, to] = [await baseRole(acme, "Owner"), await baseRole(acme, "Admin")];
    await moveRole(acme.owner, idOfPerson(inviter), from, { roleZUID: to });
    expect(await codeOf(join(code))).toBe("forbidden");
  });

  test("who owes a second factor gives nothing until they have one", async () => {
    const strict = await foundOrganization();
    const { code } = await newInvite(strict, {}, await strict.as("Admin"));
    await db().organization.update({ where: { id: strict.id }, data: { secondFactor: "everyone" } });
    expect(await codeOf(join(code))).toBe("forbidden");
    await db().organization.update({ where: { id: strict.id }, data: { secondFactor: "optional" } });
    expect(await codeOf(join(code))).toBe("none");
  });

  test("who has left gives nothing; somebody else sends it again", async () => {
    const inviter = await acme.as("Admin");
    const { code, ZUID, inviteeEmail } = await newInvite(acme, {}, inviter);
    await deactivateUser(acme.owner, idOfPerson(inviter));
    expect(await codeOf(join(code))).toBe("forbidden");
    await resendInvite(acme.owner, ZUID);
    expect(await codeOf(join(await codeMailedTo(acme.id, inviteeEmail)))).toBe("none");
  });
});

describe("a signed-in person", () => {
  async function invited(over = {}) {
    const ctx = await acme.as("Developer");
    const { email } = await db().user.findUniqueOrThrow({ where: { id: idOfPerson(ctx) } });
    return { ctx, id: idOfPerson(ctx), ...(await newInvite(acme, { inviteeEmail: email, ...over })) };
  }

  test("accepts their own invitation and holds the role from then on", async () => {
    const { ctx, id, ZUID } = await invited();
    expect(await acceptInvite(ctx, ZUID)).toMatchObject({ status: "accepted", accepted: true });
    expect(await rolesHeldBy(id)).toContain(publisher);
    const told = (await acme.events()).slice(-2).map(({ action, actorId }) => [action, actorId]);
    expect(told).toEqual([
      ["invite.accepted", id],
      ["user.role_assigned", id],
    ]);
    expect(await codeOf(acceptInvite(ctx, ZUID))).toBe("link_not_valid");
  });

  test("declines it and holds nothing more", async () => {
    const { ctx, id, ZUID } = await invited();
    expect(await declineInvite(ctx, ZUID)).toMatchObject({ status: "declined" });
    expect(await rolesHeldBy(id)).not.toContain(publisher);
  });

  test("finds nobody else's, in whichever organization", async () => {
    const { ZUID } = await invited();
    for (const ctx of [acme.owner, await acme.as("Developer"), globex.owner]) {
      expect(await codeOf(acceptInvite(ctx, ZUID))).toBe("not_found");
      expect(await codeOf(declineInvite(ctx, ZUID))).toBe("not_found");
    }
    expect((await rowOf(ZUID)).endedAt).toBeNull();
  });

  test("who is deactivated finds the invitations to their address ended, after coming back too", async () => {
    const { id, ZUID, code } = await invited();
    await deactivateUser(acme.owner, id);
    expect(await rowOf(ZUID)).toMatchObject({ endReason: "the person was deactivated" });
    expect((await acme.events()).at(-1)).toMatchObject({ action: "invite.canceled", targetId: ZUID });
    await db().user.update({ where: { id }, data: { passwordHash: "a hash" } });
    await reactivateUser(acme.owner, id);
    const sessionId = `58-test-${id.slice(-8)}`;
    const expiresAt = new Date(Date.now() + 3_600_000);
    const session = { id: sessionId, organizationId: acme.id, userId: id, ip: "", userAgent: "", expiresAt };
    await db().session.create({ data: session });
    expect(await codeOf(acceptInvite(await ctxOfSession(sessionId), ZUID))).toBe("link_not_valid");
    expect(await codeOf(join(code))).toBe("link_not_valid");
  });
});
