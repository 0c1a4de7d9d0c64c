import "server-only";
import { requirePermission } from "@/lib/kernel/authority";
import type { Ctx } from "@/lib/kernel/ctx";
import { db } from "@/lib/kernel/db";
import { writeEvent } from "@/lib/kernel/events";
import { allows, type HeldRole } from "@/lib/kernel/permissions";
import { HELD_ROLES } from "@/lib/verification/held-roles";
import { needsSecondFactor, type SecondFactorPolicy } from "@/lib/verification/second-factor";
import { policyOf } from "./record";
import type { Policy, PolicyReach } from "./schema";

/** The policy. Who reads it without the power to set it is who audits it: auditors are audited, too. */
export async function getPolicy(ctx: Ctx): Promise<Policy> {
  await requirePermission(ctx, "policy:read");
  const audits = ctx.principal.kind === "user" && !allows(ctx.power, "policy:update");
  if (audits && !ctx.isHead) {
    await writeEvent(db(), ctx, { action: "policy.read", target: { id: ctx.organizationId, name: "policy" } });
  }
  return policyOf(await db().organization.findUniqueOrThrow({ where: { id: ctx.organizationId } }));
}

/** Whom a change would meet: for the page, before it is made. */
export async function getPolicyReach(ctx: Ctx): Promise<PolicyReach> {
  await requirePermission(ctx, "policy:read");
  const { organizationId, now } = ctx;
  const [[open], logins, missing] = await Promise.all([
    db().$queryRaw<{ count: number }[]>`
      select count(*)::int as count from session s
        join "user" u on u.id = s.user_id and u.organization_id = s.organization_id
        join organization o on o.id = s.organization_id
      where s.organization_id = ${organizationId} and s.ended_at is null and u.status = 'active'
        and least(s.expires_at, s.created_at + o.session_hours * interval '1 hour') > now()
        and s.last_action_at + o.idle_minutes * interval '1 minute' > now()`,
    db().loginGrant.count({ where: { organizationId, endedAt: null, expiresAt: { gt: now } } }),
    db().$queryRaw<{ roles: HeldRole[] }[]>`
      select ${HELD_ROLES} as roles from "user" u
      where u.organization_id = ${organizationId} and u.status = 'active' and u.totp_confirmed_at is null`,
  ]);
  const without = (policy: SecondFactorPolicy) =>
    missing.filter(({ roles }) => needsSecondFactor(policy, roles)).length;
  return {
    sessions: open?.count ?? 0,
    logins,
    withoutSecondFactor: { everyone: without("everyone"), grant_holders: without("grant_holders") },
  };
}
