import "server-only";
import { env } from "@/lib/kernel/env";
import { exceeding, type Power } from "@/lib/kernel/permissions";
import { ORGANIZATION_OWNER } from "@/lib/kernel/system-roles";

/** Without a mail server mails stay here. They carry links that act for anybody, an Owner too, so only who covers an Owner reads them. */
export const hasOutbox = (power: Power) =>
  env().smtpUrl === undefined && exceeding(power, ORGANIZATION_OWNER).length === 0;
