import "server-only";
import { settleAfterwards } from "@/lib/mail/afterwards";
import { readOutbox } from "@/lib/mail/outbox";

/** The mails to one address of the organization, the newest first. */
export async function mailsTo(organizationId: string, email: string) {
  await settleAfterwards();
  return (await readOutbox(organizationId)).filter(({ to }) => to === email);
}

/** The code in the newest mail to the address. */
export async function codeMailedTo(organizationId: string, email: string): Promise<string> {
  const [newest] = await mailsTo(organizationId, email);
  const code = /\blki_\w{42}\b/.exec(newest?.text ?? "")?.[0];
  if (!code) throw new Error(`No link was mailed to ${email}.`);
  return code;
}
