import "server-only";
import { env } from "@/lib/kernel/env";
import { log } from "@/lib/kernel/log";
import { putInOutbox } from "./outbox";
import { sendBySmtp } from "./smtp";
import type { Mail } from "./text";

const NOBODY = "Latchkey <latchkey@localhost>";

/** Sends a mail, after the change it tells of is committed: whether it went out, and never an error. */
export async function sendMail(mail: Mail): Promise<boolean> {
  const { smtpUrl, mailFrom = NOBODY } = env();
  try {
    if (smtpUrl) await sendBySmtp(smtpUrl, mailFrom, mail);
    else log().info({ file: await putInOutbox(mail, mailFrom) }, "a mail is in the outbox");
    return true;
  } catch (thrown) {
    // Not the error itself: what a mail server says may quote the mail.
    log().warn({ reason: (thrown as NodeJS.ErrnoException).code ?? "unknown" }, "a mail could not be sent");
    return false;
  }
}
