import "server-only";
import type { Origin } from "@/lib/kernel/ctx";
import { AppError } from "@/lib/kernel/errors";
import { digestOf, secretKind } from "@/lib/kernel/secrets";
import { bearerRefused, refuseQueryCredentials } from "./authenticate";
import { findChallenge, type FoundChallenge } from "./challenge";

export type PendingOrigin = Origin & { challenge: FoundChallenge };

/**
 * Which sign-in waits for its second factor, by the pending value in the Authorization header. No cookie is
 * looked at. Throws 401 for anything else.
 */
export async function authenticatePending(headers: Headers, url: URL, origin: Origin): Promise<PendingOrigin> {
  refuseQueryCredentials(url);
  const value = /^bearer +(\S+)$/i.exec(headers.get("authorization")?.trim() ?? "")?.[1];
  if (!value) throw new AppError("unauthenticated", "Send the pending value of the login as a bearer token.");
  if (secretKind(value) !== "pending_factor")
    throw bearerRefused("credential_malformed", "This is no pending value of a login.");
  const challenge = await findChallenge({ digest: digestOf(value) });
  if (!challenge) throw bearerRefused("credential_unknown", "No login waits under this value.");
  return { ...origin, challenge };
}
