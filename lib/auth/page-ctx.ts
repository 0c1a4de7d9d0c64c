import "server-only";
import { headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import { originOf } from "@/lib/http/request";
import type { Ctx } from "@/lib/kernel/ctx";
import { db } from "@/lib/kernel/db";
import { allows, type Permission } from "@/lib/kernel/permissions";
import { sessionIdOf } from "./session-cookie";
import { requireSession, sessionStanding, slideSession } from "./sessions";

/**
 * The signed-in person of this page, read once per request. Nobody signed in: leads to the sign-in
 * and back. Opening a page is an action and slides the session; a prefetch is not.
 */
export const pageCtx = cache(async (): Promise<Ctx> => {
  const sent = await headers();
  const sessionId = await sessionIdOf(sent);
  const standing = sessionId ? await sessionStanding(db(), sessionId) : undefined;
  if (!sessionId || !standing) redirect(signInPath(sent, sessionId !== undefined));
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

/** Whether somebody is signed in, for the pages that are for nobody in particular. */
export async function isSignedIn(): Promise<boolean> {
  const sessionId = await sessionIdOf(await headers());
  return sessionId !== undefined && (await sessionStanding(db(), sessionId)) !== undefined;
}

const isPrefetch = (sent: Headers) =>
  sent.has("next-router-prefetch") ||
  sent.get("x-latchkey-method") === "HEAD" ||
  /prefetch|prerender/.test(sent.get("sec-purpose") ?? "");

function signInPath(sent: Headers, hadSession: boolean): string {
  const target = new URL(sent.get("x-latchkey-target") ?? "/", "http://localhost");
  target.searchParams.delete("_rsc");
  const query = new URLSearchParams({
    ...(target.pathname !== "/" && { next: target.pathname + target.search }),
    ...(hadSession && { ended: "1" }),
  });
  return query.size > 0 ? `/sign-in?${query}` : "/sign-in";
}
