import "server-only";
import { requirePerson } from "@/lib/kernel/authority";
import type { Ctx } from "@/lib/kernel/ctx";
import { db } from "@/lib/kernel/db";
import { requireSession, slideSession } from "./sessions";

export interface CurrentSession {
  ZUID: string;
  userZUID: string;
  name: string;
  email: string;
  /** When the session ends if nothing more is done; and when it ends whatever is done. */
  idleEndsAt: string;
  absoluteEndsAt: string;
  /** The database's time of this answer: a browser's own clock may be off. */
  now: string;
}

export function currentSession(ctx: Pick<Ctx, "principal" | "now">): CurrentSession {
  const { principal, now } = ctx;
  if (principal.kind !== "user") throw new Error("Only a person has a session.");
  return {
    ZUID: principal.sessionId,
    userZUID: principal.id,
    name: principal.name,
    email: principal.email,
    idleEndsAt: principal.idleEndsAt.toISOString(),
    absoluteEndsAt: principal.absoluteEndsAt.toISOString(),
    now: now.toISOString(),
  };
}

export async function getCurrentSession(ctx: Ctx): Promise<CurrentSession> {
  await requirePerson(ctx);
  return currentSession(ctx);
}

/** The person chose to stay signed in: the idle time starts again. */
export async function extendSession(ctx: Ctx): Promise<CurrentSession> {
  const { sessionId } = await requirePerson(ctx);
  await slideSession(ctx);
  return currentSession(await requireSession(db(), sessionId));
}
