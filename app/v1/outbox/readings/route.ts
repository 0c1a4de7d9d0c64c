import { NoBody } from "@/lib/http/request";
import { route } from "@/lib/http/route";
import { readMails } from "@/lib/mail/commands";

export const POST = route({ summary: "Read the mails that wait for a mail server", body: NoBody }, (ctx) =>
  readMails(ctx),
);
