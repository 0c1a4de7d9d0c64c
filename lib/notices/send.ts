import "server-only";
import pLimit from "p-limit";
import { DAY, databaseNow } from "@/lib/kernel/clock";
import { db } from "@/lib/kernel/db";
import { allows } from "@/lib/kernel/permissions";
import { sendMail } from "@/lib/mail/send";
import type { Prisma } from "@/prisma/generated/client";
import { digest } from "./mail";
import { peopleOf } from "./people";

/** So many days before its end a credential is told of; the nearest that has come counts. */
const STEPS = [1, 7, 14, 30] as const;
const FARTHEST = 30;
const MAILS_AT_ONCE = 4;

const withPlace = {
  app: { select: { name: true } },
  instance: { select: { name: true } },
  role: { select: { name: true } },
} satisfies Prisma.CredentialInclude;

type Row = Prisma.CredentialGetPayload<{ include: typeof withPlace }>;
export type Ending = Row & { expiresAt: Date };

/**
 * Mails whoever may do something about it which keys and tokens end soon: each person one mail for all of
 * them, each credential once per step and end. Of many processes one tells. Answers how many mails went out.
 */
export async function sendExpiryNotices(): Promise<number> {
  const now = await databaseNow(db());
  const claimed = await claim(await findEnding(now), now);
  let sent = 0;
  for (const organizationId of new Set(claimed.map((row) => row.organizationId))) {
    const ending = claimed.filter((row) => row.organizationId === organizationId);
    const outcomes = await tell(organizationId, ending, now);
    sent += outcomes.filter(Boolean).length;
    // Nobody was reached: the next run tries again.
    if (outcomes.length > 0 && !outcomes.includes(true)) await release(ending, now);
  }
  return sent;
}

const findEnding = async (now: Date): Promise<Ending[]> =>
  (await db().credential.findMany({
    where: {
      revokedAt: null,
      disabledAt: null,
      quarantinedAt: null,
      expiresAt: { gt: now, lte: new Date(now.getTime() + FARTHEST * DAY) },
      OR: [{ appId: null }, { app: { disabledAt: null, deletedAt: null } }],
    },
    include: withPlace,
    orderBy: [{ expiresAt: "asc" }, { id: "asc" }],
  })) as Ending[];

/** The step that has come; none while the credential is younger than that: whoever made it so short knows. */
function stepOf({ expiresAt, createdAt }: Ending, now: Date): number | undefined {
  const days = STEPS.find((step) => expiresAt.getTime() - step * DAY <= now.getTime());
  return days !== undefined && expiresAt.getTime() - days * DAY > createdAt.getTime() ? days : undefined;
}

const noticeOf = (row: Ending, now: Date) => {
  const days = stepOf(row, now);
  return days === undefined ? [] : [{ credentialId: row.id, expiresAt: row.expiresAt, days }];
};

/** Those this process tells of: the first to insert a notice has it. */
async function claim(ending: Ending[], now: Date): Promise<Ending[]> {
  const data = ending.flatMap((row) => noticeOf(row, now));
  const mine = await db().expiryNotice.createManyAndReturn({ data, skipDuplicates: true });
  const ids = new Set(mine.map(({ credentialId }) => credentialId));
  return ending.filter(({ id }) => ids.has(id));
}

async function release(ending: Ending[], now: Date): Promise<void> {
  await db().expiryNotice.deleteMany({ where: { OR: ending.flatMap((row) => noticeOf(row, now)) } });
}

async function tell(organizationId: string, ending: Ending[], now: Date): Promise<boolean[]> {
  const mails = (await peopleOf(organizationId)).flatMap(({ person, power }) => {
    const theirs = ending.filter(({ kind, instanceId }) =>
      kind === "api_key" ? allows(power, "keys:update") : allows(power, "tokens:update", instanceId ?? undefined),
    );
    return theirs.length > 0 ? [digest(person, theirs, now)] : [];
  });
  return pLimit(MAILS_AT_ONCE).map(mails, sendMail);
}
