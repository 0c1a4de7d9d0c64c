import "server-only";
import pLimit from "p-limit";
import { requireRate } from "@/lib/auth/authenticate";
import { type Caller, requireCallingKey } from "@/lib/auth/calling-key";
import type { RateLimitState } from "@/lib/kernel/errors";
import { type Accepted, check, type Question, type Verdict } from "@/lib/verification/check";
import type { Asked } from "@/lib/verification/decide";
import { describe, maxAgeOf } from "@/lib/verification/describe";
import { countRequest } from "@/lib/verification/rate-limit";
import { type Verify, VerifyOneOrMany } from "@/lib/verification/schema";
import { v1 } from "@/lib/http/envelopes";
import { rateLimitHeaders } from "@/lib/http/problem";
import { parse, parseJson } from "@/lib/http/request";
import { answerer, json, NOT_KEPT } from "./answer";

/** Of one batch: what is not remembered is a look-up each. */
const AT_ONCE = 10;

/** Whether presented values are accepted for what each is wanted for: one question, or a batch of them. */
export const verify = answerer(async ({ headers, body, origin }) => {
  const caller = await requireCallingKey(headers.authorization, origin);
  const given = parseJson(body, headers["content-type"] ?? "");
  const questions = [parse(VerifyOneOrMany, given, "body")].flat();
  const rateLimit = await charge(caller, questions.length - 1);
  const ask = async (question: Verify) =>
    told(await check(question.credential, askedOf(question, caller.organizationId)), question.instance);
  const answers = await pLimit(AT_ONCE).map(questions, ask);
  const data = Array.isArray(given) ? answers : answers[0];
  return json(JSON.stringify(v1.success(data, 200)), {
    ...keptFor(Math.min(...answers.map(({ maxAge }) => maxAge))),
    ...(rateLimit && rateLimitHeaders(rateLimit)),
  });
});

/** Each question of a batch is a request of who asks, of whom the first was counted already. */
async function charge({ id, rateLimit }: Caller, more: number): Promise<RateLimitState | undefined> {
  if (!rateLimit || more === 0) return rateLimit;
  return requireRate("apikey", "api_key", await countRequest(id, rateLimit, more));
}

const keptFor = (seconds: number) => (seconds > 0 ? { "cache-control": `private, max-age=${seconds}` } : NOT_KEPT);

function askedOf({ permission, instance, object, ip }: Verify, organization: string): Question {
  const permissions = permission === undefined ? undefined : needOf(permission);
  return {
    organization,
    askedBy: organization,
    ...(permissions && { permissions }),
    ...(instance !== undefined && { instanceId: instance }),
    ...(object !== undefined && { objectId: object }),
    ...(ip !== undefined && { ip }),
  };
}

function needOf(permission: NonNullable<Verify["permission"]>): Asked["permissions"] {
  if (typeof permission === "string") return { of: "all", names: [permission] };
  return "all" in permission ? { of: "all", names: permission.all } : { of: "any", names: permission.any };
}

function told(verdict: Verdict, instanceId: string | undefined) {
  if (verdict.code === "VALID") return toldOfAccepted(verdict, instanceId);
  const { code, detail, missingPermissions, rateLimit } = verdict;
  return {
    valid: false,
    code,
    detail,
    missingPermissions,
    rateLimit: rateLimit && shown(rateLimit),
    maxAge: 0,
  };
}

function toldOfAccepted(accepted: Accepted, instanceId: string | undefined) {
  const { code, found, rateLimit } = accepted;
  const { rotation } = found;
  const principal = describe(found, instanceId);
  return {
    valid: true,
    code,
    detail: "It is accepted.",
    rateLimit: rateLimit && shown(rateLimit),
    principal: { ...principal, expiresAt: principal.expiresAt && new Date(principal.expiresAt).toISOString() },
    rotation: rotation && { replacedBy: rotation.version, endsAt: rotation.endsAt.toISOString() },
    maxAge: maxAgeOf(accepted),
  };
}

const shown = ({ requests, seconds, remaining, resetSeconds }: RateLimitState): RateLimitState => ({
  requests,
  seconds,
  remaining,
  resetSeconds,
});
