import "server-only";
import { ownAddress } from "@/lib/kernel/own-address";
import type { Mail } from "@/lib/mail/text";
import type { InviteRow } from "./record";

/** The mail that carries the link: the only place where its secret ever stands. */
export function invitation(row: InviteRow, code: string): Mail {
  const { organizationId, email, name, role, organization, createdByName, expiresAt } = row;
  const place = role.instance ? `${role.instance.name}, an instance of ${organization.name}` : organization.name;
  return {
    organizationId,
    to: email,
    subject: `${createdByName} invites you to ${organization.name}`,
    text: `Hello${name ? ` ${name}` : ""},

${createdByName} invites you to be ${role.name} of ${place}.
Answer here:

${ownAddress()}/invite/${code}

The link works until ${expiresAt.toISOString().slice(0, 16).replace("T", " ")} UTC. Do not pass it on: whoever opens it can join in your place.
`,
  };
}
