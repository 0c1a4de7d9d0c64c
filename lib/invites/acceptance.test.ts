import { beforeAll, describe, expect, test } from "vitest";
import { verifyPassword } from "@/lib/auth/passwords";
import { db } from "@/lib/kernel/db";
import { mintSecret } from "@/lib/kernel/secrets";
import { newEmail, newInvite } from "@/lib/testing/invite";
import { codeMailedTo } from "@/lib/testing/mail";
import { codeOf, foundOrganization, ORIGIN, textOf, type TestOrganization } from "@/lib/testing/organization";
import { baseRole, idOfPerson, rolesHeldBy } from "@/lib/testing/roles";
import { declineByLink, joinByLink } from "./acceptance";
import { cancelInvite, resendInvite } from "./commands";
import { JoinByLink } from "./schema";

let acme: TestOrganization;
let globex: TestOrganization;
let publisher: string;
beforeAll(async () => {
  acme = await foundOrganization();
  globex = await foundOrganization();
  publisher = await baseRole(acme, "Publisher", acme.instanceId);
});

const PASSWORD = "seven quiet herons at dusk";
let networks = 0;
/** From a network of its own, so that one test's wrong links are not another's. */
const stranger = () => ({ ...ORIGIN, ip: `203.0.113.${++networks}` });
const join = (code: string, over: Partial<JoinByLink> = {}) =>
  joinByLink(stranger(), { code, firstName: "Lena", lastName: "Fischer", password: PASSWORD, ...over });
const rowOf = (id: string) => db().invite.findUniqueOrThrow({ where: { id } });

describe("whoever has the link and no account", () => {
  test("joins with a name and password, as what they were invited to be and nothing more", async () => {
    const { code, inviteeEmail, ZUID } = await newInvite(acme, { kind: "guest" });
    const joined = await join(code);
    const user = await db().user.findUniqueOrThrow({ where: { id: joined.ZUID } });
    expect(user).toMatchObject({
      organizationId: acme.id,
      email: inviteeEmail,
      firstName: "Lena",
      lastName: "Fischer",
      kind: "guest",
      status: "active",
    });
    expect(await verifyPassword(user.passwordHash, PASSWORD)).toBe(true);
    expect(await rolesHeldBy(joined.ZUID)).toEqual([publisher]);
    expect(await rowOf(ZUID)).toMatchObject({ endReason: "accepted" });
  });

  test("leaves one event of the invitation and one of the person, by nobody signed in, without link or password", async () => {
    const { code, ZUID } = await newInvite(acme);
    const { ZUID: userId } = await join(code);
    const events = (await acme.events()).slice(-2);
    expect(events.map(({ action, actorType, targetId }) => [action, actorType, targetId])).toEqual([
      ["invite.accepted", "system", ZUID],
      ["user.joined", "system", userId],
    ]);
    expect(textOf(events)).not.toContain(code);
    expect(textOf(events)).not.toContain(PASSWORD);
  });

  test("is one person, of twenty who use the link at once", async () => {
    const { code, inviteeEmail } = await newInvite(acme);
    const from = Array.from({ length: 20 }, () => codeOf(join(code)));
    const codes = await Promise.all(from);
    expect(codes.filter((each) => each === "none")).toHaveLength(1);
    expect(codes.filter((each) => !["none", "link_not_valid", "conflict"].includes(each))).toEqual([]);
    expect(await db().user.count({ where: { email: inviteeEmail } })).toBe(1);
  });

  test("who was entered without a password begins with the one they choose", async () => {
    const id = idOfPerson(await acme.as("Developer"));
    const email = newEmail();
    await db().user.update({ where: { id }, data: { email, status: "invited" } });
    const { code } = await newInvite(acme, { inviteeEmail: email });
    expect(await join(code)).toEqual({ ZUID: id, email });
    const user = await db().user.findUniqueOrThrow({ where: { id } });
    expect(user).toMatchObject({ status: "active", firstName: "Lena" });
    expect(await rolesHeldBy(id)).toContain(publisher);
  });

  test("needs a password that is long enough and not easy to guess, and keeps the link until then", async () => {
    const { code, ZUID } = await newInvite(acme);
    expect(await codeOf(join(code, { password: "short" }))).toBe("invalid_input");
    expect(await codeOf(join(code, { password: "passwordpassword" }))).toBe("invalid_input");
    expect(await codeOf(join(code, { firstName: "Bartholomew", password: "bartholomewfischer" }))).toBe(
      "invalid_input",
    );
    expect((await rowOf(ZUID)).endedAt).toBeNull();
    expect(await codeOf(join(code))).toBe("none");
  });

  test("may decline, which ends it", async () => {
    const { code, ZUID } = await newInvite(acme);
    await declineByLink(stranger(), { code });
    expect(await rowOf(ZUID)).toMatchObject({ endReason: "declined" });
    expect((await acme.events()).at(-1)).toMatchObject({ action: "invite.declined", targetId: ZUID });
    expect(await codeOf(join(code))).toBe("link_not_valid");
  });
});

describe("a link", () => {
  test("that is unknown, used, replaced, canceled, expired or mistyped gets one answer", async () => {
    const [used, replaced, canceled, expired] = [
      await newInvite(acme),
      await newInvite(acme),
      await newInvite(acme),
      await newInvite(acme),
    ];
    await join(used.code);
    await resendInvite(acme.owner, replaced.ZUID);
    await cancelInvite(acme.owner, canceled.ZUID);
    await db().invite.update({ where: { id: expired.ZUID }, data: { expiresAt: new Date() } });
    const unknown = mintSecret("link").value;
    for (const code of [used.code, replaced.code, canceled.code, expired.code, unknown, `${used.code}x`, "", "lki_"]) {
      const refusal = await join(code).catch((error: unknown) => error);
      expect(refusal).toMatchObject({
        code: "link_not_valid",
        message: "This link does not work any more. Ask for a new one.",
      });
    }
    expect(await codeOf(join(await codeMailedTo(acme.id, replaced.inviteeEmail)))).toBe("none");
  });

  test("can be guessed at fifty times from one network, then not even a right one counts", async () => {
    const from = stranger();
    const { code: guess, ZUID } = await newInvite(acme);
    await cancelInvite(acme.owner, ZUID);
    const { code } = await newInvite(acme);
    const attempt = (given: string) => codeOf(declineByLink(from, { code: given }));
    for (let i = 0; i < 50; i++) expect(await attempt(guess)).toBe("link_not_valid");
    expect(await attempt(guess)).toBe("too_many_requests");
    expect(await attempt(code)).toBe("too_many_requests");
  });

  test("that leads to nothing costs a try each time, so that nobody keeps the hashing busy with it", async () => {
    const inviter = await acme.as("Admin");
    const { code } = await newInvite(acme, {}, inviter);
    await db().roleAssignment.deleteMany({ where: { userId: idOfPerson(inviter) } });
    const from = stranger();
    const attempt = () =>
      codeOf(joinByLink(from, { code, firstName: "Lena", lastName: "Fischer", password: PASSWORD }));
    for (let i = 0; i < 50; i++) expect(await attempt()).toBe("forbidden");
    expect(await attempt()).toBe("too_many_requests");
  });

  test("is no good to an address that has an account, here, elsewhere, or deactivated", async () => {
    const emailOf = async (id: string) => (await db().user.findUniqueOrThrow({ where: { id } })).email;
    const here = idOfPerson(await acme.as("Developer"));
    const left = idOfPerson(await acme.as("Developer"));
    const elsewhere = idOfPerson(globex.owner);
    const invites = [];
    for (const id of [here, left, elsewhere]) invites.push(await newInvite(acme, { inviteeEmail: await emailOf(id) }));
    await db().user.update({ where: { id: left }, data: { status: "deactivated" } });
    for (const { code, ZUID } of invites) {
      expect(await codeOf(join(code))).toBe("conflict");
      expect((await rowOf(ZUID)).endedAt).toBeNull();
    }
  });
});

test.each([{ firstName: "" }, { lastName: "a".repeat(81) }, { roleZUID: "30-1" }, { email: "me@example.com" }])(
  "refuses to join with %j",
  (over) => {
    const good = { code: "x", firstName: "Lena", lastName: "Fischer", password: PASSWORD };
    expect(JoinByLink.safeParse({ ...good, ...over }).success).toBe(false);
  },
);
