import { beforeAll, describe, expect, test } from "vitest";
import { db } from "@/lib/kernel/db";
import { newKey } from "@/lib/testing/app";
import { codeMailedTo, mailsTo } from "@/lib/testing/mail";
import { codeOf, ctxOfKey, foundOrganization, textOf, type TestOrganization } from "@/lib/testing/organization";
import { baseRole, idOfPerson, newRole } from "@/lib/testing/roles";
import { newEmail } from "@/lib/testing/invite";
import { deactivateUser } from "@/lib/users/commands";
import { deleteRole } from "@/lib/roles/commands";
import { cancelInvite, resendInvite, sendInvite } from "./commands";
import { SendInvite } from "./schema";

let acme: TestOrganization;
let globex: TestOrganization;
beforeAll(async () => {
  acme = await foundOrganization();
  globex = await foundOrganization();
});

/** Publisher of the instance unless told otherwise. */
const input = (over: Record<string, unknown> = {}) =>
  SendInvite.parse({ inviteeEmail: newEmail(), entityZUID: acme.instanceId, accessLevel: 4, ...over });
const rowOf = (id: string) => db().invite.findUniqueOrThrow({ where: { id } });

describe("an invitation", () => {
  test("is kept for seven days with its role, and mailed with a link that is nowhere else", async () => {
    const given = input({ inviteeName: "Lena Fischer" });
    const { mailed, ...record } = await sendInvite(acme.owner, given);
    expect(mailed).toBe(true);
    expect(record).toEqual({
      ZUID: expect.stringMatching(/^70-/),
      inviteeName: "Lena Fischer",
      inviteeEmail: given.inviteeEmail,
      kind: "employee",
      entityZUID: acme.instanceId,
      instanceName: "Main",
      roleZUID: await baseRole(acme, "Publisher", acme.instanceId),
      roleName: "Publisher",
      accessLevel: 4,
      status: "open",
      accepted: false,
      declined: false,
      cancelled: false,
      endReason: null,
      createdByUserZUID: idOfPerson(acme.owner),
      createdByName: "Olivia Owner",
      createdAt: expect.stringMatching(/Z$/),
      expiresAt: new Date(Date.parse(record.createdAt) + 7 * 86_400_000).toISOString(),
      endedAt: null,
    });
    const [mail] = await mailsTo(acme.id, given.inviteeEmail);
    expect(mail?.subject).toBe("Olivia Owner invites you to Acme");
    expect(mail?.text).toContain("to be Publisher of Main, an instance of Acme");
    expect(mail?.text).toMatch(/^http:\/\/127\.0\.0\.1:3000\/invite\/lki_\w{42}$/m);
    const code = await codeMailedTo(acme.id, given.inviteeEmail);
    expect(JSON.stringify([record, await rowOf(record.ZUID)])).not.toContain(code.slice(4, 40));
  });

  test("leaves one event that says to what, by whom and to whom, and holds no link", async () => {
    const given = input();
    const { ZUID } = await sendInvite(acme.owner, given);
    const events = (await acme.events()).filter(({ targetId }) => targetId === ZUID);
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({
      action: "invite.sent",
      actorId: idOfPerson(acme.owner),
      targetName: given.inviteeEmail,
      instanceId: acme.instanceId,
      after: { role: "Publisher", kind: "employee" },
    });
    expect(textOf(events[0])).not.toContain("lki_");
  });

  test("to a role beyond one's own, or without the permission there, is refused and mails nothing", async () => {
    const everywhere = { entityZUID: acme.id };
    const refused = [
      [await acme.as("Admin"), input({ ...everywhere, accessLevel: 0 })],
      [await acme.as("Access Admin"), input({ ...everywhere, accessLevel: 1 })],
      [await acme.as("Owner", acme.instanceId), input(everywhere)],
      [await acme.as("Developer"), input()],
      [await acme.as("Auditor"), input()],
      [await ctxOfKey((await newKey(acme)).key), input()],
    ] as const;
    for (const [ctx, given] of refused) {
      expect(await codeOf(sendInvite(ctx, given))).toBe("forbidden");
      expect(await db().invite.count({ where: { email: given.inviteeEmail } })).toBe(0);
      expect(await mailsTo(acme.id, given.inviteeEmail)).toEqual([]);
      expect((await acme.events()).at(-1)).toMatchObject({ action: "invite.sent", outcome: "denied" });
    }
  });

  test("to another organization's instance or role is to none", async () => {
    const role = await newRole(globex);
    expect(await codeOf(sendInvite(acme.owner, input({ entityZUID: globex.instanceId })))).toBe("not_found");
    const foreign = { entityZUID: acme.id, accessLevel: undefined, roleZUID: role.ZUID };
    expect(await codeOf(sendInvite(acme.owner, input(foreign)))).toBe("not_found");
    const elsewhere = { accessLevel: undefined, roleZUID: await baseRole(acme, "Publisher") };
    expect(await codeOf(sendInvite(acme.owner, input(elsewhere)))).toBe("not_found");
  });

  test("to an address of another organization is like any other", async () => {
    const { email } = await db().user.findUniqueOrThrow({ where: { id: idOfPerson(globex.owner) } });
    const same = (record: object) => ({ ...record, ZUID: "", inviteeEmail: "", createdAt: "", expiresAt: "" });
    const theirs = await sendInvite(acme.owner, input({ inviteeEmail: email }));
    expect(same(theirs)).toEqual(same(await sendInvite(acme.owner, input())));
    expect(theirs).toMatchObject({ inviteeEmail: email, mailed: true });
  });

  test("to a person who holds the role, who has left, or who has one for it already is a conflict", async () => {
    const addressOf = async (name: string) => {
      const id = idOfPerson(await acme.as(name, acme.instanceId));
      return { id, ...(await db().user.findUniqueOrThrow({ where: { id }, select: { email: true } })) };
    };
    const holder = await addressOf("Publisher");
    expect(await codeOf(sendInvite(acme.owner, input({ inviteeEmail: holder.email })))).toBe("conflict");
    await deactivateUser(acme.owner, holder.id);
    expect(await codeOf(sendInvite(acme.owner, input({ inviteeEmail: holder.email, accessLevel: 5 })))).toBe(
      "conflict",
    );
    const given = input();
    const tries = Array.from({ length: 5 }, () => codeOf(sendInvite(acme.owner, given)));
    expect((await Promise.all(tries)).sort()).toEqual(["conflict", "conflict", "conflict", "conflict", "none"]);
  });
});

describe("an open invitation", () => {
  test("sent again has a new link, another seven days, and is the sender's", async () => {
    const given = input();
    const { ZUID } = await sendInvite(acme.owner, given);
    const old = await codeMailedTo(acme.id, given.inviteeEmail);
    const { digest, expiresAt } = await rowOf(ZUID);
    const admin = await acme.as("Admin");
    const again = await resendInvite(admin, ZUID);
    expect(again).toMatchObject({ createdByUserZUID: idOfPerson(admin), mailed: true, status: "open" });
    const row = await rowOf(ZUID);
    expect(row.digest).not.toEqual(digest);
    expect(row.expiresAt.getTime()).toBeGreaterThan(expiresAt.getTime());
    expect(await codeMailedTo(acme.id, given.inviteeEmail)).not.toBe(old);
    expect((await acme.events()).at(-1)).toMatchObject({ action: "invite.resent", targetId: ZUID });
  });

  test("that is canceled has ended, and is neither sent again nor canceled twice", async () => {
    const { ZUID } = await sendInvite(acme.owner, input());
    expect(await cancelInvite(acme.owner, ZUID)).toMatchObject({ status: "canceled", cancelled: true });
    expect((await acme.events()).at(-1)).toMatchObject({ action: "invite.canceled", after: { reason: "canceled" } });
    expect(await codeOf(cancelInvite(acme.owner, ZUID))).toBe("conflict");
    expect(await codeOf(resendInvite(acme.owner, ZUID))).toBe("conflict");
  });

  test.each([
    ["sent again", resendInvite],
    ["canceled", cancelInvite],
  ])("is not %s by another organization, nor by who may not give its role", async (_, act) => {
    const { ZUID } = await sendInvite(acme.owner, input({ entityZUID: acme.id, accessLevel: 0 }));
    const before = await rowOf(ZUID);
    expect(await codeOf(act(globex.owner, ZUID))).toBe("not_found");
    expect(await codeOf(act(globex.owner, "70-19d41b7f2a0-zzzzzzzz"))).toBe("not_found");
    expect(await codeOf(act(await acme.as("Admin"), ZUID))).toBe("forbidden");
    expect(await codeOf(act(await acme.as("Developer"), ZUID))).toBe("forbidden");
    expect(await rowOf(ZUID)).toEqual(before);
    expect((await acme.events()).at(-1)).toMatchObject({ targetId: ZUID, outcome: "denied" });
  });

  test("ends with its role, or moves to what replaces it", async () => {
    const [gone, replaced, replacement] = [await newRole(acme), await newRole(acme), await newRole(acme)];
    const to = (roleZUID: string) => ({ entityZUID: acme.id, accessLevel: undefined, roleZUID });
    const first = await sendInvite(acme.owner, input(to(gone.ZUID)));
    const second = await sendInvite(acme.owner, input(to(replaced.ZUID)));
    await deleteRole(acme.owner, gone.ZUID, {});
    await deleteRole(acme.owner, replaced.ZUID, { replacement: replacement.ZUID });
    expect(await rowOf(first.ZUID)).toMatchObject({ endReason: "the role was deleted" });
    expect(await rowOf(second.ZUID)).toMatchObject({ endedAt: null, roleId: replacement.ZUID });
    const told = (await acme.events()).filter(({ targetId }) => [first.ZUID, second.ZUID].includes(targetId ?? ""));
    expect(told.map(({ action }) => action)).toEqual(["invite.sent", "invite.sent", "invite.canceled", "invite.moved"]);
  });
});

test.each([
  [{ accessLevel: undefined }],
  [{ roleZUID: "30-19d41b7f2a0-zzzzzzzz" }],
  [{ accessLevel: 9 }],
  [{ accessLevel: 1.5 }],
  [{ inviteeEmail: "nobody" }],
  [{ inviteeEmail: "a@example.com\r\nBcc: b@example.com, c@example.com" }],
  [{ inviteeName: "a\nb" }],
  [{ entityZUID: "5-19d41b7f2a0-zzzzzzzz" }],
  [{ kind: "owner" }],
  [{ digest: "00" }],
])("refuses an invitation with %j", (over) => {
  const good = { inviteeEmail: "lena@example.com", entityZUID: "8-19d41b7f2a0-zzzzzzzz", accessLevel: 4 };
  expect(SendInvite.safeParse(good).success).toBe(true);
  expect(SendInvite.safeParse({ ...good, ...over }).success).toBe(false);
});
