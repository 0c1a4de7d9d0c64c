import "server-only";
import type { Ctx, Standing, UserPrincipal } from "@/lib/kernel/ctx";
import { addHours, addMinutes } from "@/lib/kernel/clock";
import type { Action } from "@/lib/kernel/actions";
import { db, type Db, type Tx } from "@/lib/kernel/db";
import { AppError } from "@/lib/kernel/errors";
import type { AuditEntry } from "@/lib/kernel/events";
import { mutate } from "@/lib/kernel/mutate";
import type { HeldRole } from "@/lib/kernel/permissions";
import { mintSecret } from "@/lib/kernel/secrets";
import { HELD_ROLES, resourcesOf } from "@/lib/verification/held-roles";
import { needsSecondFactor, type SecondFactorPolicy } from "@/lib/verification/second-factor";
import { Prisma } from "@/prisma/generated/client";

/** A session is slid at most this often, so that a busy page costs no write per request. */
const SLIDE_EVERY_SECONDS = 15;

interface SessionRow {
  organizationId: string;
  userId: string;
  firstName: string;
  lastName: string;
  email: string;
  provedAt: Date;
  lastActionAt: Date;
  expiresAt: Date;
  idleMinutes: number;
  now: Date;
  roles: HeldRole[];
  resources: string[];
  hasFactor: boolean;
  factorPolicy: SecondFactorPolicy;
}

/** The end the session began with, or an earlier one that the policy gives it by now. */
const ABSOLUTE_END = Prisma.sql`least(s.expires_at, s.created_at + o.session_hours * interval '1 hour')`;
const REGISTERED = resourcesOf(Prisma.sql`s.organization_id`);

/**
 * What the database says of a session now, by its own clock: undefined when it ended, idled out,
 * reached its absolute end, or its user is not active any more. Who needs a second factor and has none
 * holds nothing, from the request after the policy says so.
 */
export async function sessionStanding(
  client: Db | Tx,
  sessionId: string,
): Promise<Standing<UserPrincipal> | undefined> {
  const [row] = await client.$queryRaw<SessionRow[]>`
    select s.organization_id as "organizationId", s.user_id as "userId",
      u.first_name as "firstName", u.last_name as "lastName", u.email,
      s.proved_at as "provedAt", s.last_action_at as "lastActionAt", ${ABSOLUTE_END} as "expiresAt",
      o.idle_minutes as "idleMinutes", now() as now,
      ${HELD_ROLES} as roles, ${REGISTERED} as resources,
      u.totp_confirmed_at is not null as "hasFactor", o.second_factor::text as "factorPolicy"
    from session s
      join "user" u on u.id = s.user_id and u.organization_id = s.organization_id
      join organization o on o.id = s.organization_id
    where s.id = ${sessionId} and s.ended_at is null and u.status = 'active' and ${ABSOLUTE_END} > now()
      and s.last_action_at + o.idle_minutes * interval '1 minute' > now()`;
  if (!row) return undefined;
  const owesFactor = !row.hasFactor && needsSecondFactor(row.factorPolicy, row.roles);
  const principal: UserPrincipal = {
    kind: "user",
    id: row.userId,
    name: `${row.firstName} ${row.lastName}`.trim(),
    email: row.email,
    sessionId,
    provedAt: row.provedAt,
    idleEndsAt: addMinutes(row.lastActionAt, row.idleMinutes),
    absoluteEndsAt: row.expiresAt,
    ...(owesFactor && { owesFactor }),
  };
  const held = { kind: "roles", roles: row.roles, resources: row.resources } as const;
  const power = owesFactor ? ({ kind: "none" } as const) : held;
  return { principal, organizationId: row.organizationId, power, now: row.now };
}

/** The id of the API login whose bearer value has this digest, whatever its state. */
export async function findSession(client: Db | Tx, digest: Uint8Array<ArrayBuffer>): Promise<string | undefined> {
  const row = await client.session.findUnique({ where: { digest }, select: { id: true } });
  return row?.id;
}

/** The same, for a caller that must have a live session. Throws `session_ended`. */
export async function requireSession(client: Db | Tx, sessionId: string): Promise<Standing<UserPrincipal>> {
  const standing = await sessionStanding(client, sessionId);
  if (!standing) throw new AppError("session_ended", "Your session has ended; sign in again.");
  return standing;
}

/** Records an action of the person: the idle time starts again. The absolute end stays. */
export async function slideSession(ctx: Ctx): Promise<void> {
  const { principal } = ctx;
  if (principal.kind !== "user") return;
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
