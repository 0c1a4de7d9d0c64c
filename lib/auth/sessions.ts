import "server-only";
import type { Ctx, Standing, UserPrincipal } from "@/lib/kernel/ctx";
import { addHours } from "@/lib/kernel/clock";
import type { Action } from "@/lib/kernel/actions";
import { db, type Db, type Tx } from "@/lib/kernel/db";
import { AppError } from "@/lib/kernel/errors";
import type { AuditEntry } from "@/lib/kernel/events";
import { mutate } from "@/lib/kernel/mutate";
import { mintSecret } from "@/lib/kernel/secrets";
import { refusalOf } from "@/lib/verification/decide";
import { findSession } from "@/lib/verification/find-session";
import type { Prisma } from "@/prisma/generated/client";

/** A session is slid at most this often, so that a busy page costs no write per request. */
const SLIDE_EVERY_SECONDS = 15;

export const SESSION_ENDED = "Your session has ended; sign in again.";

/** What the database says of a session now, by its own clock: undefined when it is over in whatever way. */
export async function sessionStanding(
  client: Db | Tx,
  sessionId: string,
): Promise<Standing<UserPrincipal> | undefined> {
  const found = await findSession(client, sessionId);
  return found && !refusalOf(found.facts, found.standing.now.getTime(), undefined) ? found.standing : undefined;
}

/** The same, for a caller that must have a live session. Throws `session_ended`. */
export async function requireSession(client: Db | Tx, sessionId: string): Promise<Standing<UserPrincipal>> {
  const standing = await sessionStanding(client, sessionId);
  if (!standing) throw new AppError("session_ended", SESSION_ENDED);
  return standing;
}

/** Records an action of the person: the idle time starts again. The absolute end stays. */
export async function slideSession(ctx: Ctx): Promise<void> {
  const { principal } = ctx;
  if (principal.kind !== "user") return;
  if (ctx.now.getTime() - principal.lastActionAt.getTime() <= SLIDE_EVERY_SECONDS * 1000) return;
  await db().$executeRaw`
    update session set last_action_at = now()
    where id = ${principal.sessionId} and organization_id = ${ctx.organizationId} and ended_at is null
      and last_action_at < now() - ${SLIDE_EVERY_SECONDS} * interval '1 second'`;
}

/** A browser holds its session by its cookie, a program by the bearer value of its login. */
export type SessionKind = "browser" | "api" | "single_sign_on";

export interface StartedSession {
  sessionId: string;
  userId: string;
  /** The bearer value of an API login, told this once. */
  token: string | undefined;
}

/** What let a person in: the hash of the password that was right, or the identity the provider vouched for. */
export type LetInBy = Pick<Prisma.UserWhereInput, "passwordHash" | "identities">;

interface SignedInWith {
  letInBy?: LetInBy;
  /** Uses up the second factor of the sign-in; throws when it is not right. */
  useFactor?: (tx: Tx, now: Date) => Promise<AuditEntry<Action>[]>;
}

/** Starts a session for a person who has just proved who they are, with the second factor where they have one. */
export async function startSession(
  ctx: Ctx & { principal: UserPrincipal },
  sessionHours: number,
  kind: SessionKind,
  { letInBy = {}, useFactor }: SignedInWith = {},
): Promise<StartedSession> {
  const bearer = kind === "api" ? mintSecret("session") : undefined;
  return mutate(ctx, { authority: "own", action: "session.started" }, async (tx, now) => {
    const { sessionId: id, id: userId } = ctx.principal;
    const { organizationId, ip, userAgent } = ctx;
    // The provider may have let in whoever sits at a browser it knows: that proves nothing of this moment.
    const provedAt = kind === "single_sign_on" && !useFactor ? new Date(0) : now;
    const times = { createdAt: now, lastActionAt: now, provedAt, expiresAt: addHours(now, sessionHours) };
    const digest = bearer?.digest ?? null;
    // Who left while the password was looked at gets no session: it would live again with their return. Nor does
    // who turned a second factor on or off meanwhile, or has another password by now: the sign-in was another one.
    const totpConfirmedAt = useFactor ? { not: null } : null;
    const open = await tx.user.updateMany({
      where: { id: userId, organizationId, status: "active", totpConfirmedAt, ...letInBy },
      data: { lastSignInAt: now },
    });
    if (open.count === 0) throw new AppError("session_ended", "This account was changed meanwhile.");
    const used = useFactor ? await useFactor(tx, now) : [];
    await tx.session.create({ data: { id, organizationId, userId, digest, ip, userAgent, ...times } });
    return {
      result: { sessionId: id, userId },
      secret: { token: bearer?.value },
      audit: [{ action: "session.started", target: { id, name: ctx.principal.name }, after: { kind } }, ...used],
    };
  });
}

/** Ends the caller's own session and no other. Ending it twice changes nothing. */
export async function endSession(ctx: Ctx & { principal: UserPrincipal }, reason = "signed out"): Promise<void> {
  const { sessionId, name } = ctx.principal;
  await mutate(ctx, { authority: "own", action: "session.ended" }, async (tx, now) => {
    await tx.session.updateMany({
      where: { id: sessionId, organizationId: ctx.organizationId, endedAt: null },
      data: { endedAt: now, endReason: reason },
    });
    return {
      result: {},
      audit: { action: "session.ended", target: { id: sessionId, name }, after: { reason } },
    };
  });
}

/**
 * Ends every session of a person but the one to keep, within the change that asks for it, and gives
 * the events to write. One that idled out ends too: a longer idle time must not bring it back. So does a
 * sign-in that still waits for its second factor.
 */
export async function endSessionsOf(
  tx: Tx,
  user: { id: string; organizationId: string; name: string },
  { reason, now, keep }: { reason: string; now: Date; keep?: string },
): Promise<AuditEntry<"session.ended">[]> {
  await tx.secondFactorChallenge.updateMany({
    where: { userId: user.id, organizationId: user.organizationId, endedAt: null },
    data: { endedAt: now },
  });
  const ended = await tx.session.updateManyAndReturn({
    where: {
      userId: user.id,
      organizationId: user.organizationId,
      endedAt: null,
      expiresAt: { gt: now },
      ...(keep && { id: { not: keep } }),
    },
    data: { endedAt: now, endReason: reason },
    select: { id: true },
  });
  return ended.map(({ id }) => ({
    action: "session.ended",
    target: { id, name: user.name },
    after: { reason },
  }));
}
