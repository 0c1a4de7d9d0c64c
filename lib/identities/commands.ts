import "server-only";
import { endSessionsOf } from "@/lib/auth/sessions";
import { endGrants } from "@/lib/grants/end";
import type { Ctx, UserPrincipal } from "@/lib/kernel/ctx";
import { notFound } from "@/lib/kernel/errors";
import { mutate } from "@/lib/kernel/mutate";
import { requireCovered } from "@/lib/roles/guards";
import { findUser, personOf } from "@/lib/users/find";
import { unlinkAll } from "./unlink";

export interface Identity {
  issuer: string;
  subject: string;
}

const TAKEN = { detail: "Somebody is linked to this identity, or this person to another one of the provider." };

/** Links an identity to the caller, who has just shown it to be theirs. Throws `conflict` when it is somebody's. */
export async function linkIdentity(ctx: Ctx & { principal: UserPrincipal }, identity: Identity): Promise<Identity> {
  const { organizationId, principal } = ctx;
  const target = { id: principal.id, name: principal.name };
  const act = { authority: "own", action: "identity.linked", target, conflict: TAKEN } as const;
  return mutate(ctx, act, async (tx) => {
    await tx.externalIdentity.create({ data: { ...identity, organizationId, userId: principal.id } });
    return { result: identity, audit: { action: "identity.linked", target, after: { issuer: identity.issuer } } };
  });
}

/** Takes away the caller's own identities, or somebody else's: from now on they sign in with the password. Throws `not_found` for none. */
export async function unlinkIdentities(ctx: Ctx, userId: string): Promise<{ unlinked: number }> {
  const { principal, organizationId } = ctx;
  if (principal.kind !== "user" || principal.id !== userId) return unlinkSomebody(ctx, userId);
  const target = { id: userId, name: principal.name };
  const act = { authority: "own", isSensitive: true, action: "identity.unlinked", target } as const;
  return mutate(ctx, act, async (tx) => {
    const [first, ...others] = await unlinkAll(tx, { ...target, organizationId });
    if (!first) throw notFound("single sign-on");
    return { result: { unlinked: others.length + 1 }, audit: [first, ...others] };
  });
}

/** Ends all the person has open, too: it may be somebody else who came in that way. Throws `forbidden` for more power than one's own. */
async function unlinkSomebody(ctx: Ctx, userId: string): Promise<{ unlinked: number }> {
  const act = {
    authority: "users:update",
    isSensitive: true,
    takesTurn: true,
    action: "identity.unlinked",
    target: { id: userId, name: "user" },
  } as const;
  return mutate(ctx, act, async (tx, now, standing) => {
    const user = await findUser(tx, ctx, userId);
    requireCovered(standing, ...user.assignments.map(({ role }) => role));
    const person = { ...personOf(user), organizationId: ctx.organizationId };
    const [first, ...others] = await unlinkAll(tx, person);
    if (!first) throw notFound("single sign-on");
    const reason = "the single sign-on was unlinked";
    const ended = await endSessionsOf(tx, person, { reason, now });
    const logins = await endGrants(tx, { userId }, person, reason, now);
    return { result: { unlinked: others.length + 1 }, audit: [first, ...others, ...ended, ...logins] };
  });
}
