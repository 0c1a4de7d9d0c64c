import "server-only";
import { sendInvite } from "@/lib/invites/commands";
import { SendInvite } from "@/lib/invites/schema";
import { randomText } from "@/lib/kernel/random";
import { codeMailedTo } from "./mail";
import type { TestOrganization } from "./organization";

/** An address nobody has. */
export const newEmail = () => `${randomText("abcdefghijklmnop", 16)}@example.com`;

/** A sent invitation, of a Publisher of the instance unless told otherwise, with the code of its link. */
export async function newInvite(
  organization: TestOrganization,
  over: Record<string, unknown> = {},
  by = organization.owner,
) {
  const given = { inviteeEmail: newEmail(), entityZUID: organization.instanceId, accessLevel: 4, ...over };
  const invite = await sendInvite(by, SendInvite.parse(given));
  return { ...invite, code: await codeMailedTo(organization.id, invite.inviteeEmail) };
}
