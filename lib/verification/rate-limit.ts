import "server-only";
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from "rate-limiter-flexible";
import type { RateLimitState } from "@/lib/kernel/errors";
import { metrics } from "@/lib/kernel/metrics";
import { processSlot } from "@/lib/kernel/process-slot";
import { sharedCounts } from "./shared-counts";

type Limiter = RateLimiterMemory | RateLimiterRedis;

const slot = processSlot<Map<string, Limiter>>("latchkey.rate-limiters");

/**
 * Counts one request of whoever is named (a credential's id) against the limit: over all processes
 * when they share a Redis that answers, else in this one.
 */
export async function countRequest(
  name: string,
  { requests, seconds }: { requests: number; seconds: number },
): Promise<RateLimitState & { isExceeded: boolean }> {
  let isExceeded = false;
  const answer = await limiterFor(requests, seconds)
    .consume(name)
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
  const limiters = slot.get() ?? new Map<string, Limiter>();
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
