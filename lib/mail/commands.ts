import "server-only";
import { requireGrantable } from "@/lib/kernel/authority";
import type { Ctx } from "@/lib/kernel/ctx";
import { env } from "@/lib/kernel/env";
import { AppError } from "@/lib/kernel/errors";
import { mutate } from "@/lib/kernel/mutate";
import { ORGANIZATION_OWNER } from "@/lib/kernel/system-roles";
import { readOutbox } from "./outbox";
import type { MailRecord } from "./schema";

/**
 * The mails of the organization, the newest first. A reset link among them is as good as its person's password, so a
 * reading takes a fresh proof and is recorded before a mail is looked at. Throws `not_found` where a mail server is set up.
 */
export async function readMails(ctx: Ctx): Promise<MailRecord[]> {
  const target = { id: ctx.organizationId, name: "outbox" };
  const act = { authority: "policy:update", isSensitive: true, action: "outbox.read", target } as const;
  await mutate(ctx, act, async (_tx, _now, standing) => {
    requireGrantable(standing.power, ORGANIZATION_OWNER);
    if (env().smtpUrl) throw new AppError("not_found", "A mail server is set up, so there is no outbox.");
    return { result: {}, audit: { action: "outbox.read", target } };
  });
  const mails = await readOutbox(ctx.organizationId);
  return mails.map(({ to, subject, text, sentAt }) => ({ to, subject, text, sentAt }));
}
