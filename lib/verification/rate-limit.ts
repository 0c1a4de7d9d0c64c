import "server-only";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import type { RateLimitState } from "@/lib/kernel/errors";
import { processSlot } from "@/lib/kernel/process-slot";

const slot = processSlot<Map<string, RateLimiterMemory>>("latchkey.rate-limiters");

/** Counts one request of whoever is named (a credential's id) against the limit, in this process. */
export async function countRequest(
  name: string,
  { requests, seconds }: { requests: number; seconds: number },
): Promise<RateLimitState & { isExceeded: boolean }> {
  const limiter = limiterFor(requests, seconds);
  const answer = await limiter.consume(name).catch((refused: unknown) => {
    if (refused instanceof RateLimiterRes) return refused;
    throw refused;
  });
  return {
    requests,
    seconds,
    remaining: answer.remainingPoints,
    resetSeconds: Math.ceil(answer.msBeforeNext / 1000),
    isExceeded: answer.consumedPoints > requests,
  };
}

/** One limiter per distinct limit; changing a key's limit starts its window anew. */
function limiterFor(requests: number, seconds: number): RateLimiterMemory {
  const limiters = slot.get() ?? new Map<string, RateLimiterMemory>();
  slot.set(limiters);
  const name = `${requests}/${seconds}`;
  const limiter = limiters.get(name) ?? new RateLimiterMemory({ points: requests, duration: seconds });
  limiters.set(name, limiter);
  return limiter;
}
