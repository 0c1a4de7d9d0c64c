import "server-only";
import { endLinksOf } from "@/lib/auth/links";
import { endSessionsOf } from "@/lib/auth/sessions";
import { endGrants } from "@/lib/grants/end";
import { unlinkAll } from "@/lib/identities/unlink";
import { endInvites } from "@/lib/invites/end";
import type { Ctx } from "@/lib/kernel/ctx";
import { defined } from "@/lib/kernel/defined";
import { AppError } from "@/lib/kernel/errors";
import { mutate } from "@/lib/kernel/mutate";
import { requireCovered, requireOwnerLeft } from "@/lib/roles/guards";
import { findUser, personOf } from "./find";
import { userRecord } from "./record";
import type { UpdateUser, UserRecord } from "./schema";

type FoundUser = Awaited<ReturnType<typeof findUser>>;

const rolesOf = ({ assignments }: FoundUser) => assignments.map(({ role }) => role);
const LEAVING = { authority: "users:update", isSensitive: true, takesTurn: true } as const;

/** Renames a person: oneself, or somebody whose roles one covers. */
export async function updateUser(ctx: Ctx, id: string, input: UpdateUser): Promise<UserRecord> {
  const isSelf = ctx.principal.kind === "user" && ctx.principal.id === id;
  const act = {
    authority: isSelf ? "own" : "users:update",
    action: "user.updated",
    target: { id, name: "user" },
  } as const;
  return mutate(ctx, act, async (tx, _now, standing) => {
    const before = await findUser(tx, ctx, id);
    if (!isSelf) requireCovered(standing, ...rolesOf(before));
    const row = await tx.user.update({ where: { id, organizationId: ctx.organizationId }, data: defined(input) });
    return { result: userRecord(row), audit: { action: "user.updated", target: personOf(row), before, after: row } };
  });
}

/**
 * A person leaves the organization: every session, login, link and single sign-on of theirs ends at once. What they
 * issued for the organization stays valid.
 */
export async function deactivateUser(ctx: Ctx, id: string): Promise<UserRecord> {
  const act = { ...LEAVING, action: "user.deactivated", target: { id, name: "user" } } as const;
  return mutate(ctx, act, async (tx, now, standing) => {
    const { organizationId } = ctx;
    const before = await findUser(tx, ctx, id);
    requireCovered(standing, ...rolesOf(before));
    if (before.status === "deactivated") throw new AppError("conflict", "This person was deactivated already.");
    const row = await tx.user.update({ where: { id, organizationId }, data: { status: "deactivated" } });
    await requireOwnerLeft(
      tx,
      ctx,
      before.assignments.map(({ roleId }) => roleId),
    );
    const target = personOf(row);
    const ended = await endSessionsOf(tx, { ...target, organizationId }, { reason: "deactivated", now });
    const logins = await endGrants(tx, { userId: id }, ctx, "deactivated", now);
    await endLinksOf(tx, row, now);
    const unlinked = await unlinkAll(tx, { ...target, organizationId });
    const invites = await endInvites(tx, { email: row.email }, ctx, "the person was deactivated", now);
    return {
      result: userRecord(row),
      audit: [
        { action: "user.deactivated", target, before: { status: before.status }, after: { status: row.status } },
        ...ended,
        ...logins,
        ...unlinked,
        ...invites,
      ],
    };
  });
}

/** A person comes back with the roles they held, which is giving them those roles. Who never had a password is invited still. */
export async function reactivateUser(ctx: Ctx, id: string): Promise<UserRecord> {
  const act = { ...LEAVING, action: "user.reactivated", target: { id, name: "user" } } as const;
  return mutate(ctx, act, async (tx, _now, standing) => {
    const before = await findUser(tx, ctx, id);
    requireCovered(standing, ...rolesOf(before));
    if (before.status !== "deactivated") throw new AppError("conflict", "This person is not deactivated.");
    const row = await tx.user.update({
      where: { id, organizationId: ctx.organizationId },
      data: { status: before.passwordHash === null ? "invited" : "active" },
    });
    return {
      result: userRecord(row),
      audit: {
        action: "user.reactivated",
        target: personOf(row),
        before: { status: before.status },
        after: { status: row.status },
      },
    };
  });
}
