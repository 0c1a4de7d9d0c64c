import "server-only";
import { setTimeout as delay } from "node:timers/promises";
import { createClient, type RedisClientType } from "@redis/client";
import { log } from "@/lib/kernel/log";
import { metrics } from "@/lib/kernel/metrics";
import { processSlot } from "@/lib/kernel/process-slot";

const CONNECT_MS = 1_000;
const PING_EVERY_MS = 50;
const ANSWER_MS = 200;
const RETRY_MS = 500;

/** What the limiters ask of Redis. Not ready, they are to count by themselves. */
export interface SharedCounts {
  readonly isReady: boolean;
  eval(script: string, input: { keys: string[]; arguments: string[] }): Promise<unknown>;
}

const slot = processSlot<SharedCounts>("latchkey.shared-counts");

export const sharedCounts = slot.get;

/**
 * Counts in Redis from now on, whenever it can be reached. The connection is its own circuit breaker:
 * it is dropped, with everything that waits on it, when a ping is not answered in time, and made anew
 * in the background. So no check waits for longer than a ping and its answer, and the start for nothing.
 * Returns what ends it.
 */
export function shareCounts(url: string): () => void {
  let connected: RedisClientType | undefined;
  const ended = new AbortController();
  const pause = (ms: number) => delay(ms, undefined, { ref: false, signal: ended.signal }).catch(() => undefined);
  slot.set({
    get isReady() {
      return connected?.isReady ?? false;
    },
    eval: (script, input) => connected?.eval(script, input) ?? Promise.reject(new Error("Redis is not connected.")),
  });
  metrics().limiterShared.from = () => (connected?.isReady ? 1 : 0);
  void keepConnected();
  return () => ended.abort();

  async function keepConnected(): Promise<void> {
    for (let failures = 0; !ended.signal.aborted; failures++) {
      const client: RedisClientType = createClient({
        url,
        disableOfflineQueue: true,
        socket: { connectTimeout: CONNECT_MS, reconnectStrategy: false },
      });
      client.on("error", () => undefined);
      try {
        await within(CONNECT_MS, client.connect());
        connected = client;
        if (failures > 0) log().info("Redis answers: request limits are shared by all processes");
        failures = 0;
        for (; !ended.signal.aborted; await pause(PING_EVERY_MS)) await within(ANSWER_MS, client.ping());
      } catch (err) {
        if (failures === 0) log().warn({ err }, "Redis does not answer: each process counts request limits by itself");
      }
      connected = undefined;
      client.destroy();
      await pause(RETRY_MS);
    }
  }
}

/** Rejects when there is no answer in time, nor one that only this process was too busy to read. */
async function within(ms: number, answer: Promise<unknown>): Promise<void> {
  const isAnswered = answer.then(() => true);
  const late = delay(ms, undefined, { ref: false });
  if (await Promise.race([isAnswered, late])) return;
  await new Promise((resolve) => setImmediate(resolve));
  if (await Promise.race([isAnswered, Promise.resolve(false)])) return;
  throw new Error(`There was no answer within ${ms} ms.`);
}
