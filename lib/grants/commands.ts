import "server-only";
import { provePassword } from "@/lib/auth/sign-in";
import { requirePerson } from "@/lib/kernel/authority";
import { databaseNow, DAY } from "@/lib/kernel/clock";
import type { Ctx, Origin } from "@/lib/kernel/ctx";
import type { Tx } from "@/lib/kernel/db";
import { notFound } from "@/lib/kernel/errors";
import { type Act, mutate } from "@/lib/kernel/mutate";
import { newId } from "@/lib/kernel/new-id";
import { endGrants } from "./end";
import { findAppOf, isPasswordEnoughOf } from "./find";
import { createPair } from "./pair";
import { grantRecord, withPeople } from "./record";
import { refused } from "./refused";
import type { GrantRecord, LoginTokens, PasswordGrant } from "./schema";

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
  if (!(await isPasswordEnoughOf(user))) {
    await proof.recordFailure("a password alone is not enough for this person");
    throw refused();
  }
  return mutate(ctx, { authority: "own", action: "login.granted" }, async (tx) => {
    const { organizationId, ip, userAgent } = ctx;
    await requireOpen(tx, user, app.id);
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

/** Holds the person, the password and the app as they are until the grant is made: none changes behind its back. */
async function requireOpen(
  tx: Tx,
  { id, organizationId, passwordHash }: { id: string; organizationId: string; passwordHash: string | null },
  appId: string,
) {
  const open = await tx.$queryRaw<unknown[]>`
    select 1 from "user" u join app a on a.organization_id = u.organization_id
    where u.id = ${id} and u.organization_id = ${organizationId} and u.status = 'active'
      and u.password_hash = ${passwordHash} and u.totp_confirmed_at is null
      and a.id = ${appId} and a.disabled_at is null and a.deleted_at is null
    for share`;
  if (open.length === 0) throw refused();
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
