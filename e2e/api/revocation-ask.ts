import type { Caller } from "./send";

/** A question about a credential. */
export interface Asked {
  /** Who asks: a key of the same organization. */
  by: Caller;
  credential: string;
  permission?: string;
  instance?: string;
  ip?: string;
}

export type Answer = "accepted" | "refused" | "unavailable";

/** A process that is stopped answers when it goes on. */
const PATIENCE_MS = 30_000;

/** What the server of this origin says of the credential. No answer and 503 are the same: nobody is let in. */
export async function ask(origin: string, { by, ...question }: Asked): Promise<Answer> {
  const headers = { "content-type": "application/json", ...by };
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const request = { method: "POST", headers, body: JSON.stringify(question), signal };
  const reply = await fetch(`${origin}/v1/verify`, request).catch(() => undefined);
  if (!reply) return "unavailable";
  const text = await reply.text();
  if (reply.status === 503) return "unavailable";
  if (reply.status !== 200) throw new Error(`A check was answered ${reply.status} ${text}`);
  const { data } = JSON.parse(text) as { data: { valid: boolean } };
  return data.valid ? "accepted" : "refused";
}
