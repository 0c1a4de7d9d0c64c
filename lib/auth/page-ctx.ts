import "server-only";
import { headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import { originOf } from "@/lib/http/request";
import type { Ctx } from "@/lib/kernel/ctx";
import { db } from "@/lib/kernel/db";
import { allows, type Permission } from "@/lib/kernel/permissions";
import { challengeState, findChallenge } from "./challenge";
import { challengeIdOf, sessionIdOf } from "./session-cookie";
import { requireSession, sessionStanding, slideSession } from "./sessions";

/** The one page of who has to set up a second factor first. */
const ENROLLMENT = "/account/security";

/**
 * The signed-in person of this page, read once per request. Nobody signed in: leads to the sign-in
 * and back, or to its second step. Opening a page is an action and slides the session; a prefetch is not.
 */
export const pageCtx = cache(async (): Promise<Ctx> => {
  const sent = await headers();
  const sessionId = await sessionIdOf(sent);
  const standing = sessionId ? await sessionStanding(db(), sessionId) : undefined;
  if (!sessionId || !standing) redirect(await signInPath(sent, sessionId !== undefined));
  if (standing.principal.owesFactor && targetOf(sent).pathname !== ENROLLMENT) redirect(ENROLLMENT);
  const ctx: Ctx = { ...originOf(sent), ...standing, recheck: (tx) => requireSession(tx, sessionId) };
  if (!isPrefetch(sent)) await slideSession(ctx);
  return ctx;
});

/** The same for a page that needs a permission: who lacks it sees the page as absent. */
export async function pageCtxWith(permission: Permission, instanceId?: string): Promise<Ctx> {
  const ctx = await pageCtx();
  if (!allows(ctx.power, permission, instanceId)) notFound();
  return ctx;
}

/** Whether the person has to set up a second factor before anything else. */
export const owesFactor = ({ principal }: Pick<Ctx, "principal">) =>
  principal.kind === "user" && principal.owesFactor === true;

/** Whether somebody is signed in, for the pages that are for nobody in particular. */
export async function isSignedIn(): Promise<boolean> {
  const sessionId = await sessionIdOf(await headers());
  return sessionId !== undefined && (await sessionStanding(db(), sessionId)) !== undefined;
}

/** Whether this browser's sign-in waits for a second factor. */
export async function isFactorDue(): Promise<boolean> {
  const id = await challengeIdOf(await headers());
  const challenge = id === undefined ? null : await findChallenge({ id });
  return challenge !== null && (await challengeState(challenge)) === "pending";
}

const isPrefetch = (sent: Headers) =>
  sent.has("x-latchkey-prefetch") ||
  sent.get("x-latchkey-method") === "HEAD" ||
  /prefetch|prerender/.test(sent.get("sec-purpose") ?? "");

const targetOf = (sent: Headers) => new URL(sent.get("x-latchkey-target") ?? "/", "http://localhost");

async function signInPath(sent: Headers, hadSession: boolean): Promise<string> {
  const target = targetOf(sent);
  target.searchParams.delete("_rsc");
  const query = new URLSearchParams({
    ...(target.pathname !== "/" && { next: target.pathname + target.search }),
    ...(hadSession && { ended: "1" }),
  });
  const page = (await challengeIdOf(sent)) === undefined ? "/sign-in" : "/sign-in/second-factor";
  return query.size > 0 ? `${page}?${query}` : page;
}
