import "server-only";
import { ownAddress } from "@/lib/kernel/own-address";
import { allows } from "@/lib/kernel/permissions";
import { sendMail } from "@/lib/mail/send";
import type { EventStream } from "@/prisma/generated/client";
import { peopleOf } from "./people";

/** Tells whoever may mend it that a stream has been given up. */
export async function mailAboutPause({ organizationId, name, cursor }: EventStream, reason: string): Promise<void> {
  const people = await peopleOf(organizationId);
  for (const { person } of people.filter(({ power }) => allows(power, "streams:update"))) {
    const text = `Hello ${person.firstName},

the stream “${name}” of ${person.organization.name} is paused.
${reason}

No event is lost: those from number ${cursor} on wait until somebody resumes it.
${ownAddress()}/audit/streams
`;
    await sendMail({ organizationId, to: person.email, subject: `The stream ${name} is paused`, text });
  }
}
