"use client";

import { useRouter } from "next/navigation";
import { useRef } from "react";
import { loadReveal } from "@/components/reveal-once";
import { api, ApiError, newIdempotencyKey, type Method } from "@/lib/http/client";

/** Sends a change and shows the page as it then is, after a refusal too: another tab may have been first. */
export function useChange() {
  const router = useRouter();
  return async <T>(method: Method, path: string, body?: unknown, idempotencyKey?: string): Promise<T> => {
    try {
      return (await api<T>(method, path, body, { idempotencyKey })).data;
    } finally {
      router.refresh();
    }
  };
}

/**
 * Sends what creates a secret. The same request keeps its idempotency key when it is sent again, so that an answer
 * lost on the way does not make a second one. Throws `ApiError` when the secret was in such an answer.
 */
export function useCreateOnce<Record extends object>(secretField: string) {
  const change = useChange();
  const last = useRef({ request: "", key: "" });
  return async (path: string, body: unknown): Promise<{ record: Record; secret: string }> => {
    const request = `${path} ${JSON.stringify(body)}`;
    if (last.current.request !== request) last.current = { request, key: newIdempotencyKey() };
    await loadReveal();
    const answer = await change<Record & { [field: string]: unknown }>("POST", path, body, last.current.key);
    last.current = { request: "", key: "" };
    const { [secretField]: secret, ...record } = answer;
    if (typeof secret === "string") return { record: record as Record, secret };
    throw new ApiError({
      status: 200,
      code: "secret_lost",
      title: "The value did not arrive",
      detail: "It was created, but the answer with its value got lost on the way. It can only be replaced now.",
    });
  };
}
