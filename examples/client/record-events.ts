import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";

/** What a credential did, or was refused, at your API. */
export interface ReportedEvent {
  /** Yours; made up when it is missing. An event whose id the trail has is not stored again, until it is archived. */
  id?: string;
  /** The value that was presented, or the id of its key, token or login. */
  credential: string;
  /** Begins with `api.`: `api.orders.refunded`. */
  action: string;
  /** 1 create, 2 update, 3 delete, 4 publish, 5 unpublish. */
  verb: 1 | 2 | 3 | 4 | 5;
  target: { type: string; id?: string; name: string };
  instance?: string;
  outcome: "allowed" | "denied" | "failed";
  occurredAt?: string;
  requestId?: string;
  ip?: string;
  userAgent?: string;
  details?: Record<string, unknown>;
}

export interface Receipt {
  ZUID: string;
  id: string;
  status: "stored" | "repeated";
}

/** Latchkey refused the batch and stored nothing of it: mend or drop the events that `errors` names, and send it again. */
export class EventsRefused extends Error {
  override readonly name = "EventsRefused";
  readonly errors: { pointer: string; detail: string }[];

  constructor(message: string, errors: { pointer: string; detail: string }[]) {
    super(message);
    this.errors = errors;
  }
}

/** Below the 1,000 events and the megabyte that one request may have. */
const BATCH = 500;
const ATTEMPTS = 6;

/**
 * Reports events in their order. What gets no answer is sent again under the same ids, for about half a minute; then
 * this throws, and may be called again with the same events if they have ids.
 */
export async function recordEvents(
  { url, apiKey, timeoutMs }: { url: string; apiKey: string; timeoutMs: number },
  events: readonly ReportedEvent[],
): Promise<Receipt[]> {
  const named = events.map((event) => ({ id: randomUUID() as string, ...event }));
  const receipts: Receipt[] = [];
  for (let from = 0; from < named.length; from += BATCH) {
    receipts.push(...(await send(named.slice(from, from + BATCH))));
  }
  return receipts;

  async function send(batch: object[]): Promise<Receipt[]> {
    for (let attempt = 1; ; attempt += 1) {
      const answer = await fetch(new URL("/v1/audit-events", url), {
        method: "POST",
        headers: { authorization: `apikey ${apiKey}`, "content-type": "application/json" },
        body: JSON.stringify(batch),
        redirect: "error",
        signal: AbortSignal.timeout(timeoutMs),
      }).catch((cause: unknown) => cause as Error);
      if (!(answer instanceof Error) && answer.ok) return ((await answer.json()) as { data: Receipt[] }).data;
      if (!(answer instanceof Error) && answer.status < 500 && answer.status !== 429) throw await refusal(answer);
      if (attempt === ATTEMPTS) throw new Error(`Latchkey at ${url} took no events.`, { cause: answer });
      const seconds = answer instanceof Error ? 0 : Number(answer.headers.get("retry-after")) || 0;
      await delay(Math.max(seconds, 2 ** (attempt - 1)) * 1000);
    }
  }
}

async function refusal(answer: Response): Promise<EventsRefused> {
  const text = await answer.text();
  const { detail = text, errors = [] } = JSON.parse(text) as Partial<EventsRefused & { detail: string }>;
  return new EventsRefused(`Latchkey answered ${answer.status}: ${detail}`, errors);
}
