import "server-only";
import { inviteBucket, requireAttempt } from "@/lib/auth/throttle";
import { addHours } from "@/lib/kernel/clock";
import type { Ctx } from "@/lib/kernel/ctx";
import type { Tx } from "@/lib/kernel/db";
import { AppError, notFound } from "@/lib/kernel/errors";
import { mutate } from "@/lib/kernel/mutate";
import { newId } from "@/lib/kernel/new-id";
import { mintSecret } from "@/lib/kernel/secrets";
import { SYSTEM_ROLES } from "@/lib/kernel/system-roles";
import { sendMail } from "@/lib/mail/send";
import { requireCovered } from "@/lib/roles/guards";
import { type RoleRow, withRules } from "@/lib/roles/record";
import { findInvite, placeOfInvite } from "./find";
import { invitation } from "./mail";
import { inviteRecord, type InviteRow, inviteTarget, placeIn, withRole } from "./record";
import type { InviteRecord, SendInvite, SentInvite } from "./schema";

const VALID_HOURS = 7 * 24;
const GIVING = { authority: "users:create", isSensitive: true, takesTurn: true } as const;

/**
 * Invites somebody by mail to a role the caller may give. Whether the address belongs to another organization
 * makes no difference here: only the holder of the link is told. Throws `too_many_requests` for a sixth mail to
 * the address within the hour.
 */
export async function sendInvite(ctx: Ctx, input: SendInvite): Promise<SentInvite> {
  const { organizationId } = ctx;
  const { inviteeEmail: email, inviteeName: name, kind } = input;
  const instanceId = input.entityZUID === organizationId ? null : input.entityZUID;
  const act = {
    ...GIVING,
    action: "invite.sent",
    target: { id: null, name: email },
    ...placeIn({ instanceId }),
  } as const;
  const link = mintSecret("link");
  const { mail, ...record } = await mutate(ctx, act, async (tx, now, standing) => {
    const role = await findRoleOf(tx, ctx, instanceId, input);
    requireCovered(standing, role);
    await requireInvitable(tx, ctx, email, role);
    await requireNoOther(tx, ctx, { email, roleId: role.id }, now);
    await requireRoom(tx, email);
    const row = await tx.invite.create({
      data: {
        id: newId("invite"),
        organizationId,
        email,
        name,
        kind,
        roleId: role.id,
        digest: link.digest,
        ...sentBy(standing, now),
        createdAt: now,
      },
      include: withRole,
    });
    const after = { role: role.name, kind, expiresAt: row.expiresAt };
    return {
      result: inviteRecord(row, now),
      secret: { mail: invitation(row, link.value) },
      audit: { action: "invite.sent", target: inviteTarget(row), ...placeIn(role), after },
    };
  });
  return { ...record, mailed: await sendMail(mail) };
}

/** Mails a new link, from when on the old one is dead. The invitation is the caller's from then on. */
export async function resendInvite(ctx: Ctx, id: string): Promise<SentInvite> {
  const act = { ...GIVING, action: "invite.resent", ...(await placeOfInvite(ctx, id)) } as const;
  const link = mintSecret("link");
  const { mail, ...record } = await mutate(ctx, act, async (tx, now, standing) => {
    const before = await findInvite(tx, ctx, id);
    requireUnanswered(before);
    requireCovered(standing, before.role);
    await requireInvitable(tx, ctx, before.email, before.role);
    await requireNoOther(tx, ctx, before, now);
    await requireRoom(tx, before.email);
    const row = await tx.invite.update({
      where: { id, organizationId: ctx.organizationId },
      data: { digest: link.digest, ...sentBy(standing, now) },
      include: withRole,
    });
    return {
      result: inviteRecord(row, now),
      secret: { mail: invitation(row, link.value) },
      audit: {
        action: "invite.resent",
        target: inviteTarget(row),
        ...placeIn(row.role),
        before: { expiresAt: before.expiresAt },
        after: { expiresAt: row.expiresAt },
      },
    };
  });
  return { ...record, mailed: await sendMail(mail) };
}

/** Takes an invitation back. */
export async function cancelInvite(ctx: Ctx, id: string): Promise<InviteRecord> {
  const act = { ...GIVING, action: "invite.canceled", ...(await placeOfInvite(ctx, id)) } as const;
  return mutate(ctx, act, async (tx, now, standing) => {
    const before = await findInvite(tx, ctx, id);
    requireUnanswered(before);
    requireCovered(standing, before.role);
    const row = await tx.invite.update({
      where: { id, organizationId: ctx.organizationId },
      data: { endedAt: now, endReason: "canceled" },
      include: withRole,
    });
    return {
      result: inviteRecord(row, now),
      audit: {
        action: "invite.canceled",
        target: inviteTarget(row),
        ...placeIn(row.role),
        after: { role: row.role.name, reason: "canceled" },
      },
    };
  });
}

const sentBy = ({ principal }: Pick<Ctx, "principal">, now: Date) => ({
  createdById: principal.id ?? "",
  createdByName: principal.name,
  expiresAt: addHours(now, VALID_HOURS),
});

async function findRoleOf(
  tx: Tx,
  { organizationId }: Ctx,
  instanceId: string | null,
  { roleZUID, accessLevel }: SendInvite,
): Promise<RoleRow> {
  if (instanceId && (await tx.instance.count({ where: { id: instanceId, organizationId } })) === 0)
    throw notFound("instance");
  const systemRoleId = SYSTEM_ROLES.find(({ level }) => level === accessLevel)?.id ?? "";
  const role = await tx.role.findFirst({
    where: {
      organizationId,
      instanceId,
      deletedAt: null,
      ...(roleZUID ? { id: roleZUID } : { isStatic: true, systemRoleId }),
    },
    include: withRules,
  });
  if (!role) throw notFound("role");
  return role;
}

/** Of their own organization the caller is told why an invitation would lead nowhere. */
async function requireInvitable(
  tx: Tx,
  { organizationId }: Ctx,
  email: string,
  { id: roleId }: RoleRow,
): Promise<void> {
  const person = await tx.user.findUnique({
    where: { email, organizationId },
    include: { assignments: { where: { roleId } } },
  });
  if (person?.status === "deactivated") throw taken("belongs to somebody who was deactivated; reactivate them instead");
  if (person?.status === "active" && person.assignments.length > 0)
    throw taken("belongs to somebody who holds this role already");
}

async function requireNoOther(
  tx: Tx,
  { organizationId }: Ctx,
  { id, email, roleId }: { id?: string; email: string; roleId: string },
  now: Date,
): Promise<void> {
  const where = {
    organizationId,
    email,
    roleId,
    endedAt: null,
    expiresAt: { gt: now },
    ...(id && { id: { not: id } }),
  };
  if ((await tx.invite.count({ where })) > 0) throw taken("has an open invitation to this role; send that one again");
}

/** Charged with the invitation itself, or not at all. */
const requireRoom = (tx: Tx, email: string) =>
  requireAttempt(
    inviteBucket(email),
    "This address was mailed five invitations within the hour; try again in an hour.",
    tx,
  );

const taken = (detail: string) =>
  new AppError("conflict", `The address ${detail}.`, { errors: [{ pointer: "/inviteeEmail", detail }] });

function requireUnanswered({ endedAt }: InviteRow): void {
  if (endedAt !== null) throw new AppError("conflict", "This invitation has ended. Invite the person anew.");
}
