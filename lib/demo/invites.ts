import { DAY } from "@/lib/kernel/clock";
import { db } from "@/lib/kernel/db";
import { mintSecret } from "@/lib/kernel/secrets";
import type { Past } from "./keys";
import { emailOf } from "./people";

interface DemoInvite {
  name: string;
  role: string;
  by: string;
  sentDaysAgo: number;
  /** Absent: on the organization. */
  instance?: string;
  kind?: "guest";
  ended?: { daysAgo: number; as: "declined" | "canceled" };
}

const VALID_DAYS = 7;

const INVITES: DemoInvite[] = [
  { name: "Samuel Ortega", role: "Developer", by: "Dana Okafor", sentDaysAgo: 1.2 },
  { name: "Ottilie Brandt", role: "Publisher", by: "Mei Tanaka", sentDaysAgo: 0.1, instance: "Seattle" },
  {
    name: "Marco Bianchi",
    role: "Contributor",
    by: "Sofia Almeida",
    sentDaysAgo: 4.6,
    instance: "Portland",
    kind: "guest",
  },
  { name: "Wei Zhang", role: "Auditor", by: "Miguel Santos", sentDaysAgo: 11 },
  { name: "Anouk Visser", role: "SEO", by: "Priya Raman", sentDaysAgo: 16, ended: { daysAgo: 15.4, as: "declined" } },
  { name: "Pavel Novak", role: "Admin", by: "Dana Okafor", sentDaysAgo: 23, ended: { daysAgo: 22.9, as: "canceled" } },
];

/** Inserts invitations in every state; the links of their mails are nobody's. */
export async function inviteColleagues({ organizationId, now, chance, trail, by }: Past): Promise<void> {
  const ago = (days: number) => new Date(now.getTime() - days * DAY);
  const roles = await db().role.findMany({ where: { organizationId, isStatic: true }, include: { instance: true } });
  for (const { name, role: roleName, by: inviter, sentDaysAgo, instance, kind = "employee", ended } of INVITES) {
    const role = roles.find((each) => each.name === roleName && each.instance?.name === instance);
    if (!role) throw new Error(`The demo has no role ${roleName} for ${name}.`);
    const [firstName = "", lastName = ""] = name.split(" ");
    const email = emailOf({ firstName, lastName, role: roleName });
    const [createdAt, expiresAt] = [ago(sentDaysAgo), ago(sentDaysAgo - VALID_DAYS)];
    const id = chance.id("invite", createdAt);
    const { id: createdById, name: createdByName } = by(inviter);
    await db().invite.create({
      data: {
        id,
        organizationId,
        email,
        name,
        kind,
        roleId: role.id,
        digest: mintSecret("link").digest,
        createdById: createdById as string,
        createdByName,
        createdAt,
        expiresAt,
        ...(ended && { endedAt: ago(ended.daysAgo), endReason: ended.as }),
      },
    });
    const about = { target: { id, name: email }, ...(role.instanceId && { instanceId: role.instanceId }) };
    trail.add(createdAt, by(inviter), {
      action: "invite.sent",
      ...about,
      after: { role: roleName, kind, expiresAt: expiresAt.toISOString() },
    });
    if (ended?.as === "canceled")
      trail.add(ago(ended.daysAgo), by(inviter), {
        action: "invite.canceled",
        ...about,
        after: { role: roleName, reason: "canceled" },
      });
  }
}
