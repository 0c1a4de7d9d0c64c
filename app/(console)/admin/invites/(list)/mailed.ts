import { toast } from "@/components/toast";
import type { SentInvite } from "@/lib/invites/schema";

/** An invitation stands whether or not its mail went out; the sender has to know. */
export function tellWhetherMailed({ mailed, inviteeEmail }: SentInvite): void {
  if (mailed) toast(`The invitation was mailed to ${inviteeEmail}.`);
  else toast(`The mail to ${inviteeEmail} could not be sent. The invitation stands: send it again later.`, "error");
}
