import "server-only";
import type { Ctx } from "@/lib/kernel/ctx";
import { databaseNow } from "@/lib/kernel/clock";
import { db, type Tx } from "@/lib/kernel/db";
import { AppError, notFound } from "@/lib/kernel/errors";
import { allows, exceeding, type Power } from "@/lib/kernel/permissions";
import { heldRole } from "@/lib/roles/record";
import { HELD_ROLES, resourcesOf } from "@/lib/verification/held-roles";
import { type FactorFacts, needsSecondFactor } from "@/lib/verification/second-factor";
import { Prisma } from "@/prisma/generated/client";
import { type InviteRow, inviteTarget, placeIn, withRole } from "./record";

const REGISTERED = resourcesOf(Prisma.sql`u.organization_id`);

/** Throws `not_found`, also for another organization's. */
export async function findInvite(tx: Tx, { organizationId }: Ctx, id: string): Promise<InviteRow> {
  const row = await tx.invite.findUnique({ where: { id, organizationId }, include: withRole });
  if (!row) throw notFound("invitation");
  return row;
}

/**
 * What an act on an invitation is recorded against, and the instance its permission is needed on. Its role may
 * move, but never to another place. One that is not there is asked for at the organization.
 */
export async function placeOfInvite({ organizationId }: Ctx, id: string) {
  const where = { id, organizationId };
  const row = await db().invite.findUnique({ where, include: { role: { select: { instanceId: true } } } });
  return row ? { target: inviteTarget(row), ...placeIn(row.role) } : { target: { id, name: "invite" } };
}

/** The open invitation whose link has this digest. */
export const findByLink = async (digest: Uint8Array<ArrayBuffer>) =>
  db().invite.findUnique({
    where: { digest, endedAt: null, expiresAt: { gt: await databaseNow(db()) } },
    include: { ...withRole, organization: true },
  });

/** Who has the address, in whichever organization. */
export const findAddressee = (email: string) => db().user.findUnique({ where: { email } });

/** What somebody else holds at this moment; who is not active, or owes a second factor, holds nothing. */
async function powerOf(tx: Tx, organizationId: string, userId: string): Promise<Power> {
  const [row] = await tx.$queryRaw<(FactorFacts & { resources: string[] })[]>`
    select ${HELD_ROLES} as roles, ${REGISTERED} as resources,
      u.totp_confirmed_at is not null as "hasFactor", o.second_factor::text as "factorPolicy"
    from "user" u join organization o on o.id = u.organization_id
    where u.id = ${userId} and u.organization_id = ${organizationId} and u.status = 'active'`;
  if (!row || (!row.hasFactor && needsSecondFactor(row.factorPolicy, row.roles))) return { kind: "none" };
  return { kind: "roles", roles: row.roles, resources: row.resources };
}

/** Throws `forbidden` when whoever sent the invitation may not give its role any more. */
export async function requireStillGrantable(
  tx: Tx,
  row: Pick<InviteRow, "organizationId" | "createdById" | "createdByName" | "role">,
): Promise<void> {
  const power = await powerOf(tx, row.organizationId, row.createdById);
  const mayInvite = allows(power, "users:create", row.role.instanceId ?? undefined);
  if (!mayInvite || exceeding(power, heldRole(row.role)).length > 0) {
    const detail = `${row.createdByName} may not give this role any more. Ask for an invitation by somebody who may.`;
    throw new AppError("forbidden", detail);
  }
}
