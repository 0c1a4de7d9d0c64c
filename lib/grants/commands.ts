import "server-only";
import { provePassword } from "@/lib/auth/sign-in";
import { requirePerson } from "@/lib/kernel/authority";
import { databaseNow, DAY } from "@/lib/kernel/clock";
import type { Ctx, Origin } from "@/lib/kernel/ctx";
import type { Tx } from "@/lib/kernel/db";
import { AppError, notFound } from "@/lib/kernel/errors";
import { type Act, mutate } from "@/lib/kernel/mutate";
import { newId } from "@/lib/kernel/new-id";
import { digestOf, secretKind } from "@/lib/kernel/secrets";
import { findAppOf, findGrant, type FoundGrant } from "./find";
import { endGrants } from "./end";
import { createPair } from "./pair";
import { grantRecord, withPeople } from "./record";
import type { GrantRecord, LoginTokens, PasswordGrant, RefreshGrant } from "./schema";

/** A refresh whose answer was lost may be repeated this long, while nobody has used what it answered. */
const RETRY_MS = 10_000;

const refused = () => new AppError("login_refused", "The login was not accepted.");

/**
 * Login tokens for a person's password through an app. Whatever is wrong (account, person, password,
 * app, its secret, the kind of user, too many attempts) is the one `login_refused`. Throws `busy`.
 */
export async function grantByPassword(origin: Origin, input: PasswordGrant): Promise<LoginTokens> {
  const proof = await provePassword(origin, { email: input.user_name, password: input.password });
  if (typeof proof === "string") throw refused();
  const { user, ctx } = proof;
  const app = await findAppOf(user, input);
  if (!app) {
    await proof.recordFailure("the app did not accept the login");
    throw refused();
  }
  return mutate(ctx, { authority: "own", action: "login.granted" }, async (tx) => {
    const { organizationId, ip, userAgent } = ctx;
    await requireOpen(tx, { userId: user.id, appId: app.id, organizationId });
    const now = await databaseNow(tx);
    const policy = await tx.organization.findUniqueOrThrow({ where: { id: organizationId } });
    const grant = await tx.loginGrant.create({
      data: {
        id: newId("grant"),
        organizationId,
        userId: user.id,
        appId: app.id,
        deviceId: input.device_id ?? null,
        ip,
        userAgent,
        createdAt: now,
        expiresAt: new Date(now.getTime() + policy.loginRefreshDays * DAY),
      },
    });
    return {
      result: {},
      secret: await createPair(tx, { grant, user, policy }, 1, now),
      audit: {
        action: "login.granted",
        target: { id: grant.id, name: app.name },
        appId: app.id,
        after: { deviceId: grant.deviceId },
      },
    };
  });
}

/** Holds the person and the app as they are until the grant is made: neither leaves behind its back. */
async function requireOpen(
  tx: Tx,
  { userId, appId, organizationId }: Record<"userId" | "appId" | "organizationId", string>,
) {
  const open = await tx.$queryRaw<unknown[]>`
    select 1 from "user" u join app a on a.organization_id = u.organization_id
    where u.id = ${userId} and u.organization_id = ${organizationId} and u.status = 'active'
      and a.id = ${appId} and a.disabled_at is null and a.deleted_at is null
    for share`;
  if (open.length === 0) throw refused();
}

/**
 * A new pair for a refresh token, which is used up by it. One that was used up before ends the whole
 * grant, unless its answer seems to have been lost: then the pair nobody has used is replaced, once.
 * Throws `login_refused`.
 */
export async function refreshGrant(origin: Origin, { refresh_token: value }: RefreshGrant): Promise<LoginTokens> {
  const digest = secretKind(value) === "login_refresh" ? digestOf(value) : undefined;
  const known = digest && (await findGrant(digest));
  if (!known) throw refused();
  const tokens = await mutate<object, "login.refreshed", Partial<LoginTokens>>(
    ctxOf(origin, known.grant),
    { authority: "own", action: "login.refreshed" },
    async (tx) => {
      await tx.$queryRaw`select 1 from login_grant where id = ${known.grant.id} for update`;
      const found = await findGrant(digest, tx);
      const now = await databaseNow(tx);
      if (!found || !isAlive(found, now)) throw refused();
      const { grant, pair, latest } = found;
      const place = { target: { id: grant.id, name: grant.app.name }, appId: grant.appId };
      const before = { pair: pair.number };
      if (pair.endedAt !== null && !(await replaceLost(tx, found, now))) {
        const replay = { action: "login.replayed", ...place, outcome: "denied", before } as const;
        return { result: {}, audit: [replay, ...(await endGrants(tx, { id: grant.id }, grant, "replayed", now))] };
      }
      if (pair.endedAt === null) await endPair(tx, pair, { refreshedAt: now, endedAt: now });
      const number = latest.number + 1;
      return {
        result: {},
        secret: await createPair(tx, { grant, user: grant.user, policy: grant.organization }, number, now),
        audit: { action: "login.refreshed", ...place, before, after: { pair: number } },
      };
    },
  );
  if (!isAnswer(tokens)) throw refused();
  return tokens;
}

const isAnswer = (tokens: Partial<LoginTokens>): tokens is LoginTokens => tokens.credentials !== undefined;

const isAlive = ({ grant, pair }: FoundGrant, now: Date) =>
  grant.endedAt === null &&
  grant.expiresAt > now &&
  pair.refreshExpiresAt > now &&
  grant.user.status === "active" &&
  grant.app.disabledAt === null &&
  grant.app.deletedAt === null;

/**
 * Ends the pair that answered this refresh token the first time, if its answer seems lost: nobody has
 * used it within the time. Throws `login_refused` for whoever asks a third time meanwhile: of many
 * requests at once they are the slower ones, and no sign of a theft. False: the token was replayed.
 */
async function replaceLost(tx: Tx, { pair, latest }: FoundGrant, now: Date): Promise<boolean> {
  if (!pair.refreshedAt || now.getTime() - pair.refreshedAt.getTime() > RETRY_MS) return false;
  if (latest.firstUsedAt || latest.endedAt) return false;
  if (latest.number === pair.number + 2) throw refused();
  return latest.number === pair.number + 1 && (await endPair(tx, latest, { endedAt: now }));
}

/** False when it has been used or has ended meanwhile. */
async function endPair(
  tx: Tx,
  { grantId, number, firstUsedAt }: FoundGrant["latest"],
  data: { endedAt: Date; refreshedAt?: Date },
): Promise<boolean> {
  const where = { grantId, number, endedAt: null, ...(data.refreshedAt === undefined && { firstUsedAt }) };
  return (await tx.loginPair.updateMany({ where, data })).count === 1;
}

function ctxOf(origin: Origin, grant: FoundGrant["grant"]): Ctx {
  const standing = {
    principal: {
      kind: "login_token",
      id: grant.id,
      name: grant.app.name,
      userId: grant.userId,
      appId: grant.appId,
      expiresAt: grant.expiresAt,
    },
    organizationId: grant.organizationId,
    power: { kind: "none" },
    now: grant.createdAt,
  } as const;
  return { ...origin, ...standing, recheck: () => Promise.resolve(standing) };
}

/** Ends the caller's own logins, or those on one device: everywhere, whichever app they came through. */
export async function revokeOwnGrants(ctx: Ctx, deviceId?: string): Promise<{ revoked: number }> {
  const { principal } = ctx;
  const userId = principal.kind === "login_token" ? principal.userId : (await requirePerson(ctx)).id;
  const act = {
    authority: "own",
    action: "login.revoked",
    target: { id: principal.id, name: principal.name },
  } as const;
  return mutate(ctx, act, async (tx) => {
    const now = await databaseNow(tx);
    const ended = await endGrants(
      tx,
      { userId, ...(deviceId !== undefined && { deviceId }) },
      ctx,
      "revoked by its person",
      now,
    );
    const [first, ...others] = ended;
    // Nothing to end is told too: somebody asked for it.
    const none = { action: "login.revoked", target: { id: null, name: "no login" } } as const;
    return { result: { revoked: ended.length }, audit: [first ?? none, ...others] };
  });
}

/** The presented login token ends its own login, refresh token included. */
export async function revokePresentedGrant(ctx: Ctx): Promise<GrantRecord> {
  return endOne(
    ctx,
    {
      authority: "own",
      target: { id: ctx.principal.id, name: ctx.principal.name },
      where: { id: ctx.principal.id ?? "" },
    },
    "revoked by itself",
  );
}

/** An admin ends one login of the app. */
export async function revokeGrant(ctx: Ctx, appId: string, id: string): Promise<GrantRecord> {
  const target = { id, name: "login" };
  return endOne(ctx, { authority: "sessions:delete", target, where: { id, appId } }, "ended by an admin");
}

async function endOne(
  ctx: Ctx,
  {
    authority,
    target,
    where,
  }: Pick<Act<"login.revoked">, "authority" | "target"> & { where: { id: string; appId?: string } },
  reason: string,
): Promise<GrantRecord> {
  return mutate(ctx, { authority, action: "login.revoked", target }, async (tx) => {
    const now = await databaseNow(tx);
    const { organizationId } = ctx;
    const row = await tx.loginGrant.findUnique({ where: { ...where, organizationId }, include: withPeople });
    const [ended] = row ? await endGrants(tx, where, ctx, reason, now) : [];
    if (!row || !ended) throw notFound("login");
    return { result: grantRecord(row), audit: ended };
  });
}
