import { beforeAll, expect, test } from "vitest";
import { db } from "@/lib/kernel/db";
import { newEmail } from "@/lib/testing/invite";
import { mailsTo } from "@/lib/testing/mail";
import { codeOf, foundOrganization, type TestOrganization } from "@/lib/testing/organization";
import { resendInvite, sendInvite } from "./commands";
import { SendInvite } from "./schema";

let acme: TestOrganization;
let globex: TestOrganization;
beforeAll(async () => {
  acme = await foundOrganization();
  globex = await foundOrganization();
});

const input = () => SendInvite.parse({ inviteeEmail: newEmail(), entityZUID: acme.instanceId, accessLevel: 4 });
const rowOf = (id: string) => db().invite.findUniqueOrThrow({ where: { id } });

test("an address gets five invitations an hour, sent by whomever, and what was refused is not kept", async () => {
  const given = input();
  const { ZUID } = await sendInvite(acme.owner, given);
  for (let again = 0; again < 3; again++) await resendInvite(acme.owner, ZUID);
  // What is refused for another reason mails nothing and costs nothing.
  expect(await codeOf(sendInvite(acme.owner, given))).toBe("conflict");
  const elsewhere = { ...given, entityZUID: globex.instanceId };
  const other = await sendInvite(globex.owner, elsewhere);
  const before = await rowOf(ZUID);
  expect(await codeOf(resendInvite(acme.owner, ZUID))).toBe("too_many_requests");
  expect(await codeOf(resendInvite(globex.owner, other.ZUID))).toBe("too_many_requests");
  expect(await codeOf(sendInvite(acme.owner, { ...given, accessLevel: 5 }))).toBe("too_many_requests");
  expect(await rowOf(ZUID)).toEqual(before);
  expect(await db().invite.count({ where: { organizationId: acme.id, email: given.inviteeEmail } })).toBe(1);
  expect(await mailsTo(acme.id, given.inviteeEmail)).toHaveLength(4);
  expect(await codeOf(sendInvite(acme.owner, input()))).toBe("none");
});
