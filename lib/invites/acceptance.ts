import "server-only";
import { followLink, linkNotValid } from "@/lib/auth/links";
import { requireGoodPassword } from "@/lib/auth/new-password";
import { hashPassword } from "@/lib/auth/passwords";
import { requirePerson } from "@/lib/kernel/authority";
import type { Ctx, Origin } from "@/lib/kernel/ctx";
import type { Tx } from "@/lib/kernel/db";
import { AppError, notFound } from "@/lib/kernel/errors";
import { mutate } from "@/lib/kernel/mutate";
import { newId } from "@/lib/kernel/new-id";
import { systemCtx } from "@/lib/kernel/system-ctx";
import { personOf } from "@/lib/users/find";
import { findAddressee, findByLink, findInvite, placeOfInvite, requireStillGrantable } from "./find";
import { inviteRecord, type InviteRow, inviteTarget, placeIn } from "./record";
import type { InviteRecord, JoinByLink, LinkHolder } from "./schema";

const ELSEWHERE = "This address belongs to an account elsewhere. Ask to be invited under another address.";
const CHANGED = { detail: "An account with this address was made meanwhile. Open the link again." };

/**
 * The holder of a link without an account joins with a name and password. Throws `link_not_valid`,
 * `invalid_input`, `conflict` when the address has an account, `forbidden` when the inviter lost the right.
 */
export async function joinByLink(origin: Origin, input: JoinByLink): Promise<{ ZUID: string; email: string }> {
  return followLink(origin, input.code, findByLink, (invite) => join(origin, invite, input));
}

type FoundInvite = NonNullable<Awaited<ReturnType<typeof findByLink>>>;

async function join(origin: Origin, invite: FoundInvite, { password, firstName, lastName }: JoinByLink) {
  const { organization, organizationId, email, kind } = invite;
  const person = await findAddressee(email);
  requireNoAccount(person, organizationId);
  const words = [email, firstName, lastName, organization.name, organization.accountName];
  requireGoodPassword(password, organization.passwordMinLength, words);
  const passwordHash = await hashPassword(password);

  const ctx = systemCtx(origin, organizationId);
  const { role } = invite;
  const act = {
    authority: "system",
    action: "invite.accepted",
    target: inviteTarget(invite),
    ...placeIn(role),
    takesTurn: true,
    conflict: CHANGED,
  } as const;
  return mutate(ctx, act, async (tx, now) => {
    const row = await take(tx, ctx, invite, now);
    const id = person?.id ?? newId("user");
    const fields = { firstName, lastName, passwordHash };
    if (person) {
      // Whoever was entered without a password begins with the first one that is chosen.
      const where = { id, organizationId, status: "invited", passwordHash: null } as const;
      const begun = await tx.user.updateMany({ where, data: { ...fields, status: "active" } });
      if (begun.count === 0) throw new AppError("conflict", CHANGED.detail);
    } else {
      await tx.user.create({ data: { id, organizationId, email, kind, ...fields } });
    }
    await giveRole(tx, row, id);
    const target = personOf({ id, firstName, lastName });
    return {
      result: { ZUID: id, email },
      audit: [
        { action: "invite.accepted", target: inviteTarget(row), ...placeIn(row.role), after: { role: row.role.name } },
        { action: "user.joined", target, ...placeIn(row.role), after: { email, kind, role: row.role.name } },
      ],
    };
  });
}

/** The holder of a link wants none of it. */
export async function declineByLink(origin: Origin, { code }: LinkHolder): Promise<{ ZUID: string }> {
  return followLink(origin, code, findByLink, (invite) => {
    const ctx = systemCtx(origin, invite.organizationId);
    return mutate(ctx, { authority: "system", action: "invite.declined" }, async (tx, now) => {
      await end(tx, invite, "declined", now);
      return { result: { ZUID: invite.id }, audit: { action: "invite.declined", ...about(invite) } };
    });
  });
}

/** The signed-in person whom the invitation was sent to gets the role it is for. */
export async function acceptInvite(ctx: Ctx, id: string): Promise<InviteRecord> {
  const person = await requirePerson(ctx);
  const place = await placeOfInvite(ctx, id);
  const act = { authority: "own", action: "invite.accepted", ...place, takesTurn: true } as const;
  return mutate(ctx, act, async (tx, now) => {
    const row = await take(tx, ctx, await findOwn(tx, ctx, id, person.email), now);
    await giveRole(tx, row, person.id);
    const after = { role: row.role.name };
    return {
      result: inviteRecord({ ...row, endedAt: now, endReason: "accepted" }, now),
      audit: [
        { action: "invite.accepted", ...about(row) },
        { action: "user.role_assigned", target: { id: person.id, name: person.name }, ...placeIn(row.role), after },
      ],
    };
  });
}

export async function declineInvite(ctx: Ctx, id: string): Promise<InviteRecord> {
  const person = await requirePerson(ctx);
  const act = { authority: "own", action: "invite.declined", ...(await placeOfInvite(ctx, id)) } as const;
  return mutate(ctx, act, async (tx, now) => {
    const row = await findOwn(tx, ctx, id, person.email);
    await end(tx, row, "declined", now);
    return {
      result: inviteRecord({ ...row, endedAt: now, endReason: "declined" }, now),
      audit: { action: "invite.declined", ...about(row) },
    };
  });
}

const about = (row: Pick<InviteRow, "id" | "email" | "role">) => ({
  target: inviteTarget(row),
  ...placeIn(row.role),
  after: { role: row.role.name },
});

/** Somebody else's invitation looks like none. */
async function findOwn(tx: Tx, ctx: Ctx, id: string, email: string): Promise<InviteRow> {
  const row = await findInvite(tx, ctx, id);
  if (row.email !== email) throw notFound("invitation");
  return row;
}

function requireNoAccount(person: Awaited<ReturnType<typeof findAddressee>>, organizationId: string): void {
  if (!person) return;
  if (person.organizationId !== organizationId) throw new AppError("conflict", ELSEWHERE);
  if (person.status === "active") throw new AppError("conflict", "You have an account already. Sign in to accept.");
  if (person.status === "deactivated")
    throw new AppError("conflict", "Your account was deactivated. Ask to be reactivated instead.");
}

/** Of parallel answers one counts. Throws `link_not_valid`. */
async function end(
  tx: Tx,
  { id, organizationId, digest }: Pick<InviteRow, "id" | "organizationId" | "digest">,
  endReason: "accepted" | "declined",
  now: Date,
): Promise<void> {
  const where = { id, organizationId, digest, endedAt: null, expiresAt: { gt: now } };
  const { count } = await tx.invite.updateMany({ where, data: { endedAt: now, endReason } });
  if (count !== 1) throw linkNotValid();
}

/**
 * Uses the invitation up. Whoever sent it hands the role out at this moment, so it counts what they hold now,
 * not what they held then. Throws `link_not_valid`, `forbidden`.
 */
async function take(
  tx: Tx,
  ctx: Ctx,
  invite: Pick<InviteRow, "id" | "organizationId" | "digest">,
  now: Date,
): Promise<InviteRow> {
  await end(tx, invite, "accepted", now);
  const row = await findInvite(tx, ctx, invite.id);
  await requireStillGrantable(tx, row);
  return row;
}

async function giveRole(tx: Tx, { organizationId, roleId, createdById }: InviteRow, userId: string): Promise<void> {
  const data = [{ userId, roleId, organizationId, createdById }];
  await tx.roleAssignment.createMany({ data, skipDuplicates: true });
}
