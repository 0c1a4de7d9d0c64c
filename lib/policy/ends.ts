import type { Ctx } from "@/lib/kernel/ctx";
import type { Tx } from "@/lib/kernel/db";
import type { Policy } from "./schema";

/**
 * Writes down on the open sessions and logins the ends that the shorter of the two policies gives them. What decides
 * reads the policy itself; this keeps a longer one from bringing back what was over, and lists from promising it.
 */
export async function shortenEnds(
  tx: Tx,
  { organizationId }: Ctx,
  [before, after]: [before: Policy, after: Policy],
): Promise<void> {
  const shorter = (name: "idleMinutes" | "sessionHours" | "loginAccessHours" | "loginRefreshDays") =>
    Math.min(before[name], after[name]);
  await tx.$executeRaw`
    update session set ended_at = now(), end_reason = 'idle'
    where organization_id = ${organizationId} and ended_at is null
      and last_action_at + ${shorter("idleMinutes")}::int * interval '1 minute' <= now()`;
  await tx.$executeRaw`
    update session set expires_at = least(expires_at, created_at + ${shorter("sessionHours")}::int * interval '1 hour')
    where organization_id = ${organizationId} and ended_at is null`;
  const days = shorter("loginRefreshDays");
  await tx.$executeRaw`
    update login_grant set expires_at = least(expires_at, created_at + ${days}::int * interval '1 day')
    where organization_id = ${organizationId} and ended_at is null`;
  await tx.$executeRaw`
    update login_pair p set
      access_expires_at =
        least(p.access_expires_at, p.created_at + ${shorter("loginAccessHours")}::int * interval '1 hour', g.expires_at),
      refresh_expires_at = least(p.refresh_expires_at, p.created_at + ${days}::int * interval '1 day', g.expires_at)
    from login_grant g
    where g.id = p.grant_id and g.organization_id = ${organizationId} and g.ended_at is null and p.ended_at is null`;
}
