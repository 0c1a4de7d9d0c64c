import "server-only";
import { endSessionsOf } from "@/lib/auth/sessions";
import { requireHeld, requirePerson } from "@/lib/kernel/authority";
import type { Ctx } from "@/lib/kernel/ctx";
import { notFound } from "@/lib/kernel/errors";
import type { AuditEntry } from "@/lib/kernel/events";
import { mutate } from "@/lib/kernel/mutate";
import { sessionRecord } from "./record";
import type { EndSessions, SessionRecord } from "./schema";

const ELSEWHERE = "signed out from another session";
const BY_ANOTHER = "ended by somebody else";

/**
 * Ends one session: one's own, or anybody's of the organization for who may. It is refused from the
 * very next request on. Throws `not_found` when it is over already.
 */
export async function endOneSession(ctx: Ctx, id: string): Promise<SessionRecord> {
  const { organizationId } = ctx;
  const act = { authority: "own", action: "session.ended", target: { id, name: "session" } } as const;
  return mutate(ctx, act, async (tx, now, standing) => {
    const where = { id, organizationId };
    const row = await tx.session.findUnique({ where, include: { user: { include: { organization: true } } } });
    const isOwn = row?.userId === standing.principal.id;
    if (!isOwn) requireHeld(standing, "sessions:delete");
    const reason = isOwn ? ownReason(standing.principal, id) : BY_ANOTHER;
    const { count } = await tx.session.updateMany({
      where: { ...where, endedAt: null, expiresAt: { gt: now } },
      data: { endedAt: now, endReason: reason },
    });
    if (!row || count === 0) throw notFound("session");
    const name = `${row.user.firstName} ${row.user.lastName}`.trim();
    return {
      result: sessionRecord(row, row.user.organization.idleMinutes, standing.principal),
      audit: { action: "session.ended", target: { id, name }, after: { reason } },
    };
  });
}

const ownReason = (caller: Ctx["principal"], id: string) =>
  caller.kind === "user" && caller.sessionId === id ? "signed out" : ELSEWHERE;

/** Ends all sessions of the person named, or of the caller all but the one it is called from. */
export async function endSessions(ctx: Ctx, { user }: EndSessions): Promise<{ ended: string[] }> {
  return user === undefined || user === ctx.principal.id ? endOtherSessions(ctx) : endAllSessionsOf(ctx, user);
}

async function endAllSessionsOf(ctx: Ctx, userId: string): Promise<{ ended: string[] }> {
  const { organizationId } = ctx;
  const target = { id: userId, name: "user" };
  return mutate(ctx, { authority: "sessions:delete", action: "session.ended", target }, async (tx, now) => {
    const user = await tx.user.findUnique({ where: { id: userId, organizationId } });
    if (!user) throw notFound("user");
    const whose = { id: userId, name: `${user.firstName} ${user.lastName}`.trim(), organizationId };
    return endedBy(await endSessionsOf(tx, whose, { reason: BY_ANOTHER, now }));
  });
}

/** Ends every session of the caller but the one it is called from. */
async function endOtherSessions(ctx: Ctx): Promise<{ ended: string[] }> {
  const { id, name, sessionId } = await requirePerson(ctx);
  return mutate(ctx, { authority: "own", action: "session.ended" }, async (tx, now) => {
    const user = { id, name, organizationId: ctx.organizationId };
    return endedBy(await endSessionsOf(tx, user, { reason: ELSEWHERE, now, keep: sessionId }));
  });
}

const endedBy = (events: AuditEntry<"session.ended">[]) => ({
  result: { ended: events.map(({ target }) => target.id as string) },
  // Where there was none to end, nothing changed and there is nothing to tell.
  audit: events as [AuditEntry<"session.ended">, ...typeof events],
});
