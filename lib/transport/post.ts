import "server-only";

/**
 * Posts a text and answers the status. A redirect is an answer, not followed: what is sent goes to whom it was
 * meant for. Throws when there is no whole answer within the time.
 */
export async function post(
  url: URL,
  { body, headers, timeoutMs }: { body: string; headers: Record<string, string>; timeoutMs: number },
): Promise<number> {
  const signal = AbortSignal.timeout(timeoutMs);
  const response = await fetch(url, { method: "POST", body, headers, signal, redirect: "manual" });
  await response.body?.cancel();
  return response.status;
}
