import "server-only";
import { z } from "zod";
import { type Identity, linkIdentity } from "@/lib/identities/commands";
import type { Origin } from "@/lib/kernel/ctx";
import { db, type Tx } from "@/lib/kernel/db";
import { env } from "@/lib/kernel/env";
import { AppError } from "@/lib/kernel/errors";
import { type StartedChallenge, startChallenge } from "./challenge";
import { normalizeEmail } from "./email";
import { personCtx, recordFailedLogin } from "./person-ctx";
import { requireSession, sessionStanding, type StartedSession, startSession } from "./sessions";

/** What the provider's signed ID token says of somebody. */
const Claims = z.object({
  iss: z.string().min(1).max(500),
  sub: z.string().min(1).max(500),
  email: z.string().max(300).optional().catch(undefined),
  email_verified: z.boolean().optional().catch(undefined),
});
export type Claims = z.infer<typeof Claims>;

/** The claims, when they are of the provider that is configured. */
export function readClaims(profile: unknown, issuer = env().oidc?.issuer): Claims | undefined {
  const parsed = Claims.safeParse(profile);
  return parsed.success && issuer && bare(parsed.data.iss) === bare(issuer) ? parsed.data : undefined;
}

const bare = (issuer: string) => issuer.replace(/\/$/, "");

const withOrganization = { include: { organization: true } } as const;

/**
 * Signs on the person whom the provider vouches for. They are known by the identity that is linked to them; by
 * e-mail only where the organization wants that and the provider says it is verified. Nobody is created.
 */
export async function signOn(
  origin: Origin,
  claims: Claims,
): Promise<StartedSession | StartedChallenge | "unknown" | "refused"> {
  const identity = { issuer: claims.iss, subject: claims.sub };
  const linked = await db().externalIdentity.findUnique({
    where: { issuer_subject: identity },
    include: { user: withOrganization },
  });
  const user = linked?.user ?? (await findByEmail(claims));
  if (!user) {
    await recordFailedLogin(origin, null, "a single sign-on that is linked to nobody");
    return "unknown";
  }
  if (user.status !== "active") {
    await recordFailedLogin(origin, user, "single sign-on of a deactivated person");
    return "refused";
  }
  const ctx = await personCtx(origin, user);
  if (!linked) await linkIdentity(ctx, identity);
  const letInBy = { identities: { some: identity } };
  if (user.totpConfirmedAt) return startChallenge(ctx, "single_sign_on", letInBy);
  return startSession(ctx, user.organization.sessionHours, "single_sign_on", { letInBy });
}

/** The active person who has this e-mail and no identity at the provider yet. */
async function findByEmail({ iss, email, email_verified }: Claims) {
  if (!email || email_verified !== true) return null;
  return db().user.findFirst({
    where: {
      email: normalizeEmail(email),
      status: "active",
      organization: { linksSsoByEmail: true },
      identities: { none: { issuer: iss } },
    },
    ...withOrganization,
  });
}

/** Links the identity to the person of the session that asked for it, which has to be live still. */
export async function linkTo(origin: Origin, sessionId: string, claims: Claims): Promise<"linked" | "taken" | "over"> {
  const standing = await sessionStanding(db(), sessionId);
  if (!standing) return "over";
  const identity: Identity = { issuer: claims.iss, subject: claims.sub };
  const ctx = { ...origin, ...standing, recheck: (tx: Tx) => requireSession(tx, sessionId) };
  try {
    await linkIdentity(ctx, identity);
    return "linked";
  } catch (error) {
    if (error instanceof AppError && error.code === "conflict") return "taken";
    throw error;
  }
}
