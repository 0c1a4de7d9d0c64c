import "server-only";
import { LRUCache } from "lru-cache";
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from "rate-limiter-flexible";
import type { RateLimitState } from "@/lib/kernel/errors";
import { metrics } from "@/lib/kernel/metrics";
import { processSlot } from "@/lib/kernel/process-slot";
import { sharedCounts } from "./shared-counts";

type Limiter = RateLimiterMemory | RateLimiterRedis;

/** Distinct limits that are kept; who goes beyond them starts a window anew. */
const LIMITS_AT_MOST = 1_000;

const slot = processSlot<LRUCache<string, Limiter>>("latchkey.rate-limiters");

/**
 * Counts a request of whoever is named (a credential's id) against the limit, or several at once: over all
 * processes when they share a Redis that answers, else in this one.
 */
export async function countRequest(
  name: string,
  { requests, seconds }: { requests: number; seconds: number },
  times = 1,
): Promise<RateLimitState & { isExceeded: boolean }> {
  let isExceeded = false;
  const answer = await limiterFor(requests, seconds)
    .consume(name, times)
    .catch((refused: unknown) => {
      if (!(refused instanceof RateLimiterRes)) throw refused;
      isExceeded = true;
      return refused;
    });
  return {
    requests,
    seconds,
    remaining: answer.remainingPoints,
    resetSeconds: Math.ceil(answer.msBeforeNext / 1000),
    isExceeded,
  };
}

/** One limiter per distinct limit; changing a key's limit starts its window anew. */
function limiterFor(requests: number, seconds: number): Limiter {
  const limiters = slot.get() ?? new LRUCache<string, Limiter>({ max: LIMITS_AT_MOST });
  slot.set(limiters);
  const name = `${requests}/${seconds}`;
  const limiter = limiters.get(name) ?? newLimiter(name, { points: requests, duration: seconds });
  limiters.set(name, limiter);
  return limiter;
}

function newLimiter(name: string, limit: { points: number; duration: number }): Limiter {
  const storeClient = sharedCounts();
  if (!storeClient) return new RateLimiterMemory(limit);
  return new RateLimiterRedis({
    ...limit,
    storeClient,
    useRedisPackage: true,
    keyPrefix: `latchkey:rate:${name}`,
    rejectIfRedisNotReady: true,
    insuranceLimiter: new Fallback(limit),
    // What has used up its limit is refused from memory until its window ends.
    inMemoryBlockOnConsumed: limit.points + 1,
  });
}

class Fallback extends RateLimiterMemory {
  override consume(...args: Parameters<RateLimiterMemory["consume"]>): Promise<RateLimiterRes> {
    metrics().limiterFallbacks.inc();
    return super.consume(...args);
  }
}
