import "server-only";
import { originOf } from "@/lib/http/request";
import { db } from "@/lib/kernel/db";
import { sessionIdOf } from "./session-cookie";
import { endSession, sessionStanding } from "./sessions";

/**
 * Ends the session whose cookie the browser presents, before next-auth takes the cookie away: it
 * would swallow a failure and leave a copied cookie alive.
 */
export async function endPresentedSession(sent: Headers, reason?: string): Promise<void> {
  const sessionId = await sessionIdOf(sent);
  const standing = sessionId ? await sessionStanding(db(), sessionId) : undefined;
  if (!standing) return;
  await endSession({ ...originOf(sent), ...standing, recheck: () => Promise.resolve(standing) }, reason);
}
