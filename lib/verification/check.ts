import "server-only";
import { db } from "@/lib/kernel/db";
import type { RateLimitState } from "@/lib/kernel/errors";
import { ID_PREFIX } from "@/lib/kernel/ids";
import { metrics } from "@/lib/kernel/metrics";
import { digestOf, secretKind } from "@/lib/kernel/secrets";
import { type Asked, denialOf, type Facts, isOfAsked, type Refusal, refusalOf } from "./decide";
import { type CheckedKind, findPresented, isChecked } from "./find";
import { markFirstUse } from "./find-login";
import type { Found } from "./found";
import { countRequest } from "./rate-limit";
import { recordUse } from "./record-use";
import { inTurn } from "./turns";
import { recordCheck } from "./usage";
import { verifier } from "./verifier";

export interface Question extends Asked {
  /** False for a question about the credential that does not count against its rate. */
  isLimited?: false;
  userAgent?: string;
}

export interface Accepted {
  code: "VALID";
  found: Found;
  /** The database's time of the decision. */
  now: Date;
  rateLimit?: RateLimitState;
}

/** What a check found out. A refused credential is told with what it is, where it is one of the asked organization. */
export type Verdict = Accepted | (Refusal & { found?: Found });

const MALFORMED: Refusal = {
  code: "MALFORMED",
  detail: "This is no credential of this product, or a character of it is wrong.",
};
const NOT_FOUND: Refusal = { code: "NOT_FOUND", detail: "No credential has this value." };

/**
 * Whether a presented value is accepted at this moment for what is asked. Answers from memory while this
 * process holds its lease, else from the database; throws `store_unavailable` when neither can tell.
 */
export async function check(value: string, question: Question): Promise<Verdict> {
  const verdict = await verdictOn(value, question);
  metrics().checks.inc(verdict.code);
  return verdict;
}

async function verdictOn(value: string, question: Question): Promise<Verdict> {
  const kind = secretKind(value);
  if (!isChecked(kind)) return noneOfTheirs(MALFORMED, question);
  const known = await lookUp(kind, value, question);
  if (!known || !isOfAsked(known.found, question)) return noneOfTheirs(NOT_FOUND, question);
  const { found, now } = known;
  const verdict = await decide(found, now, question);
  recordUse({ ...useIn(question), ...found.standing, outcome: verdict.code, at: now });
  return verdict;
}

/** What is no credential of the organization that asks is one of its refusals, and of no other's. */
function noneOfTheirs(refusal: Refusal, question: Question): Refusal {
  const { organization: organizationId = "" } = question;
  if (organizationId.startsWith(`${ID_PREFIX.organization}-`)) {
    recordCheck({ ...useIn(question), organizationId, credentialId: "", outcome: refusal.code, at: new Date() });
  }
  return refusal;
}

const useIn = ({ permissions, ip = "unknown", userAgent = "" }: Question) => ({
  permission: permissions?.names.length === 1 ? permissions.names[0] : undefined,
  ip,
  userAgent,
});

async function decide(found: Found, now: Date, question: Question): Promise<Verdict> {
  const refusal = refusalOf(found.facts, now, question.ip);
  if (refusal) return { ...refusal, found };
  if (found.standing.power.kind === "none") return { code: "INSUFFICIENT_PERMISSIONS", detail: OWES_FACTOR, found };
  if (found.unusedPair && !(await useFirst(found))) {
    return { code: "REVOKED", detail: "This login token has ended.", found };
  }
  const rateLimit = question.isLimited === false ? undefined : await countUse(found);
  if (rateLimit?.isExceeded) return { ...exceeded(found.facts, rateLimit), found };
  const denial = denialOf(found, question);
  return denial ? { ...denial, found } : { code: "VALID", found, now, ...(rateLimit && { rateLimit }) };
}

const OWES_FACTOR = "Its person has to set up a second factor first.";

/**
 * What is known of the value, and the database's time at which to decide about it. One of another organization
 * than asked is looked up each time, like one that never was: how long it takes does not tell them apart.
 */
async function lookUp(
  kind: CheckedKind,
  value: string,
  asked: Asked,
): Promise<{ found: Found; now: Date } | undefined> {
  const digest = digestOf(value);
  const { cache, lease } = verifier() ?? {};
  const key = cache && `${kind} ${Buffer.from(digest).toString("base64")}`;
  if (cache && key && lease?.isUsable()) {
    const found = cache.get(key);
    const now = lease.now();
    if (found && isOfAsked(found, asked) && !isIdledOut(found.facts, now)) {
      metrics().cacheLookups.inc("hit");
      return { found, now };
    }
  }
  metrics().cacheLookups.inc("miss");
  return inTurn(async () => {
    const remember = cache?.beginLoad();
    const found = await findPresented(db(), kind, digest);
    if (!found) return undefined;
    if (key) remember?.(key, found);
    return { found, now: found.standing.now };
  });
}

/** Its person may have acted since it was read, which moves this end and nothing else. */
const isIdledOut = ({ idleEndsAt }: Facts, now: Date) => idleEndsAt !== null && idleEndsAt <= now;

async function useFirst(found: Found): Promise<boolean> {
  const isMarked = found.unusedPair !== undefined && (await markFirstUse(db(), found.unusedPair));
  if (isMarked) delete found.unusedPair;
  return isMarked;
}

const countUse = ({ rateLimit, standing }: Found) => rateLimit && countRequest(standing.principal.id, rateLimit);

const exceeded = ({ noun }: Facts, rateLimit: RateLimitState): Refusal => ({
  code: "RATE_LIMITED",
  detail: `This ${noun} may make ${rateLimit.requests} requests per ${rateLimit.seconds} seconds.`,
  rateLimit,
});
