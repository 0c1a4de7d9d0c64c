import "server-only";
import { hash } from "node:crypto";
import { db } from "@/lib/kernel/db";
import type { RateLimitState } from "@/lib/kernel/errors";
import { metrics } from "@/lib/kernel/metrics";
import { digestOf, secretKind } from "@/lib/kernel/secrets";
import { LEASE_MS } from "@/lib/kernel/settle";
import { after, type Soon } from "@/lib/kernel/soon";
import { type Asked, denialOf, type Facts, isOfAsked, missingOf, overRate, type Refusal, refusalOf } from "./decide";
import type { Digest } from "./digests";
import { CHECKED, type CheckedKind, findAll, isChecked } from "./find";
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
  /** The organization of the key that asks: what is no credential of its is counted as its refusal. */
  askedBy?: string;
  userAgent?: string;
}

export interface Accepted {
  code: "VALID";
  found: Found;
  /** The database's time of the decision, in milliseconds. */
  now: number;
  rateLimit?: RateLimitState | undefined;
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
export function check(value: string, question: Question): Soon<Verdict> {
  const kind = secretKind(value);
  if (!isChecked(kind)) return noneOfTheirs(MALFORMED, question);
  return after(lookUp(kind, value, question), (known) => {
    if (!known || !isOfAsked(known.found, question)) return noneOfTheirs(NOT_FOUND, question);
    const { found, now } = known;
    return after(decide(found, now, question), (verdict) => counted(verdict, found, now, question));
  });
}

function counted(verdict: Verdict, found: Found, at: number, question: Question): Verdict {
  const { principal, organizationId } = found.standing;
  const { permission, ip, userAgent } = useIn(question);
  // Written out: spreading objects of several shapes would cost more than all the rest of a warm check.
  const together = togetherOf(verdict, found, question);
  recordUse({ principal, organizationId, outcome: verdict.code, permission, together, ip, userAgent, at });
  metrics().checks.inc(verdict.code);
  return verdict;
}

/** Only whoever asks by a key has a count of these: a header that names an organization may come from anybody. */
function noneOfTheirs(refusal: Refusal, question: Question): Refusal {
  const { askedBy: organizationId } = question;
  if (organizationId !== undefined) {
    const { permission, ip, userAgent } = useIn(question);
    recordCheck({ organizationId, credentialId: "", outcome: refusal.code, permission, ip, userAgent, at: Date.now() });
  }
  metrics().checks.inc(refusal.code);
  return refusal;
}

const useIn = ({ permissions, ip = "unknown", userAgent = "" }: Question) => ({
  permission: permissions?.names.length === 1 ? permissions.names[0] : undefined,
  ip,
  userAgent,
});

/** Of several permissions that were asked for: those that it holds, or those for whose lack it is refused. */
function togetherOf(verdict: Verdict, found: Found, question: Question): readonly string[] | undefined {
  const { permissions } = question;
  if (permissions === undefined || permissions.names.length === 1) return undefined;
  if (verdict.code !== "VALID") return "missingPermissions" in verdict ? verdict.missingPermissions : undefined;
  if (permissions.of === "all") return permissions.names;
  const missing = missingOf(found, question);
  return permissions.names.filter((name) => !missing.includes(name));
}

function decide(found: Found, now: number, question: Question): Soon<Verdict> {
  const refusal = refusalOf(found.facts, now, question.ip);
  if (refusal) return { ...refusal, found };
  if (found.standing.power.kind === "none") return { code: "INSUFFICIENT_PERMISSIONS", detail: OWES_FACTOR, found };
  return after(found.unusedPair ? useFirst(found) : true, (isFirst) => {
    if (isFirst !== true) return { code: "REVOKED", detail: "This login token has ended.", found };
    return after(question.isLimited === false ? undefined : countUse(found), (rateLimit) => {
      if (rateLimit?.isExceeded) return { ...overRate(found.facts.noun, rateLimit), found };
      const denial = denialOf(found, question);
      return denial ? { ...denial, found } : { code: "VALID", found, now, rateLimit };
    });
  });
}

const OWES_FACTOR = "Its person has to set up a second factor first.";

/**
 * What is known of the value, and the database's time at which to decide about it. One of another organization
 * than asked is looked up each time, like one that never was: how long it takes does not tell them apart.
 */
function lookUp(kind: CheckedKind, value: string, asked: Asked): Soon<Known | undefined> {
  const key = verifier() && hash("sha256", value, "base64");
  const known = remembered(key, asked);
  if (known) {
    metrics().cacheLookups.inc("hit");
    return known;
  }
  metrics().cacheLookups.inc("miss");
  return inTurn(FIND[kind], { digest: digestOf(value), key, asked });
}

interface Wanted {
  digest: Digest;
  key: string | undefined;
  asked: Asked;
}

/** One function for each kind of value: what waits for the same one is looked up together. */
const FIND = Object.fromEntries(
  CHECKED.map((kind) => [kind, (wanted: readonly Wanted[]) => findTogether(kind, wanted)]),
) as Record<CheckedKind, (wanted: readonly Wanted[]) => Promise<(Known | undefined)[]>>;

async function findTogether(kind: CheckedKind, wanted: readonly Wanted[]): Promise<(Known | undefined)[]> {
  // Of many that wait for the same value an earlier statement has found it for all.
  const known = wanted.map(({ key, asked }) => remembered(key, asked));
  const open = wanted.filter((_, at) => !known[at]);
  const remember = verifier()?.cache.beginLoad();
  const found =
    open.length > 0
      ? await findAll(
          db(),
          kind,
          open.map(({ digest }) => digest),
        )
      : [];
  const looked = new Map(open.map((each, at) => [each, found[at]]));
  return wanted.map((each, at) => {
    const one = looked.get(each);
    if (!one) return known[at];
    if (each.key) remember?.(each.key, one);
    return { found: one, now: one.standing.now.getTime() };
  });
}

interface Known {
  found: Found;
  now: number;
}

function remembered(key: string | undefined, asked: Asked): Known | undefined {
  const { cache, lease } = verifier() ?? {};
  const now = lease?.now();
  if (key === undefined || now === undefined) return undefined;
  const found = cache?.get(key);
  return found && isOfAsked(found, asked) && !isDoubtful(found.facts, now) ? { found, now } : undefined;
}

/**
 * A session that has idled out may have been acted in since it was read, which moves this end and nothing else. And
 * what begins about now may not have begun yet: the remembered time runs ahead of the database's by a renewal.
 */
const isDoubtful = ({ idleEndsAt, notBefore }: Facts, now: number) =>
  (idleEndsAt !== null && idleEndsAt <= now) || (notBefore !== null && Math.abs(notBefore - now) < LEASE_MS);

async function useFirst(found: Found): Promise<boolean> {
  const isMarked = found.unusedPair !== undefined && (await markFirstUse(db(), found.unusedPair));
  if (isMarked) delete found.unusedPair;
  return isMarked;
}

const countUse = ({ rateLimit, standing }: Found) => rateLimit && countRequest(standing.principal.id, rateLimit);
