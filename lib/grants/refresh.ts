import "server-only";
import { databaseNow, DAY } from "@/lib/kernel/clock";
import type { Ctx, Origin } from "@/lib/kernel/ctx";
import type { Tx } from "@/lib/kernel/db";
import { mutate } from "@/lib/kernel/mutate";
import { digestOf, secretKind } from "@/lib/kernel/secrets";
import { endGrants } from "./end";
import { findGrant, type FoundGrant, isPasswordEnoughOf } from "./find";
import { createPair } from "./pair";
import { refused } from "./refused";
import type { LoginTokens, RefreshGrant } from "./schema";

/** A refresh whose answer was lost may be repeated this long, while nobody has used what it answered. */
const RETRY_MS = 10_000;

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
      if (!(await isPasswordEnoughOf(found.grant.user, tx))) throw refused();
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
  // The policy may have become shorter since.
  [grant, pair].every(({ createdAt }) => +createdAt + grant.organization.loginRefreshDays * DAY > +now) &&
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
