import "server-only";
import { createTransport } from "nodemailer";
import { isLoopbackHost } from "@/lib/kernel/networks";
import { type Mail, oneLine } from "./text";

const STEP_MS = 5_000;
const WHOLE_MS = 15_000;

/** Hands the mail to the server at the address; in the clear only within this machine, as mails carry links that act. Throws when it does not take it, after fifteen seconds at the latest. */
export async function sendBySmtp(
  url: URL,
  from: string,
  { to, subject, text }: Mail,
  wholeMs = WHOLE_MS,
): Promise<void> {
  const steps = { connectionTimeout: STEP_MS, greetingTimeout: STEP_MS, socketTimeout: STEP_MS };
  const transport = createTransport({
    url: url.href,
    ...steps,
    requireTLS: url.protocol === "smtp:" && !isLoopbackHost(url.hostname),
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(Object.assign(new Error("too slow"), { code: "ETIMEDOUT" })), wholeMs);
  });
  try {
    // As an object the address is taken as it is; as text it could name several.
    const message = { from, to: { name: "", address: to }, subject: oneLine(subject), text };
    await Promise.race([transport.sendMail(message), late]);
  } finally {
    clearTimeout(timer);
    transport.close();
  }
}
