import "server-only";
import { originOf } from "@/lib/http/request";
import { db } from "@/lib/kernel/db";
import { settleInvalidations } from "@/lib/kernel/settle";
import { sessionIdOf } from "./session-cookie";
import { endSession, sessionStanding } from "./sessions";

/**
 * Ends the session whose cookie the browser presents, before next-auth takes the cookie away: it
 * would swallow a failure and leave a copied cookie alive.
 */
export async function endPresentedSession(sent: Headers, reason?: string): Promise<void> {
  const sessionId = await sessionIdOf(sent);
  if (!sessionId) return;
  const standing = await sessionStanding(db(), sessionId);
  // Whoever ended it may still wait for that to be so everywhere.
  if (!standing) return settleInvalidations();
  await endSession({ ...originOf(sent), ...standing, recheck: () => Promise.resolve(standing) }, reason);
}
