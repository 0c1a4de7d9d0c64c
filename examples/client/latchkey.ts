import { AnswerCache, now } from "./answer-cache";
import { isPermitted, type PermissionNeed } from "./permission";
import { type Receipt, recordEvents, type ReportedEvent } from "./record-events";

/** Who a credential is, as Latchkey tells it. */
export interface Principal {
  /** `api_key`, `access_token`, `login_token` or `session`. */
  kind: string;
  id: string;
  name: string;
  /** A name that its organization chose: decide by permissions, never by it. */
  role?: string;
  roleId?: string;
  instance?: string;
  organization: string;
  /** On the instance asked about. */
  permissions: string[];
  /** When the presented value stops working, if nothing changes. */
  expiresAt: string | null;
}

export interface Decision {
  valid: boolean;
  /** VALID, or why it is not: EXPIRED, REVOKED, INSUFFICIENT_PERMISSIONS, RATE_LIMITED and others. */
  code: string;
  detail: string;
  missingPermissions?: string[];
  rateLimit?: { requests: number; seconds: number; remaining: number; resetSeconds: number };
  principal?: Principal;
  /** The presented value was replaced; it works until the overlap ends. */
  rotation?: { endsAt: string };
}

export interface Needs {
  permission?: PermissionNeed;
  /** The instance the API belongs to. */
  instance?: string;
  /** The object that is acted on; rules may speak of single ones. */
  object?: string;
  /** The client's address, for credentials that are bound to networks. */
  ip?: string | undefined;
}

export interface Latchkey {
  verifyCredential(credential: string, needs?: Needs): Promise<Decision>;
  /** Puts what credentials did at this API on Latchkey's trail. Throws `EventsRefused` when it takes none of them. */
  recordEvents(events: readonly ReportedEvent[]): Promise<Receipt[]>;
}

/** No decision could be had. Refuse the request: it is not known to be allowed. */
export class VerificationUnavailable extends Error {
  override readonly name = "VerificationUnavailable";
  readonly retryAfterSeconds: number;

  constructor(message: string, retryAfterSeconds = 1, options?: ErrorOptions) {
    super(message, options);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** `apiKey` is the key of the service that asks. An answer is awaited for `timeoutMs` milliseconds at most. */
export function createClient(options: {
  url: string;
  apiKey: string;
  timeoutMs?: number;
  cachedAnswers?: number;
}): Latchkey {
  const { url, apiKey, timeoutMs = 2_000, cachedAnswers = 10_000 } = options;
  const cache = new AnswerCache<Decision>(cachedAnswers);

  return {
    async verifyCredential(credential, needs = {}) {
      const { permission, instance, object, ip } = needs;
      // What rules say of one object is not in the list of permissions, so it is always asked.
      const key = object === undefined ? AnswerCache.keyOf(credential, instance, ip) : undefined;
      const askedAt = now();
      const known = key === undefined ? undefined : cache.get(key, askedAt);
      // A known answer only lets in. What it would refuse is asked: the role may have been widened.
      if (known?.principal && (!permission || isPermitted(known.principal.permissions, permission))) return known;
      const { decision, maxAgeSeconds } = await ask({ credential, permission, instance, object, ip });
      if (key !== undefined && decision.valid)
        cache.set(key, decision, askedAt, usableMs(decision, maxAgeSeconds, askedAt.wall));
      return decision;
    },
    recordEvents: (events) => recordEvents({ url, apiKey, timeoutMs: 10 * timeoutMs }, events),
  };

  async function ask(question: object): Promise<{ decision: Decision; maxAgeSeconds: number }> {
    const answer = await fetch(new URL("/v1/verify", url), {
      method: "POST",
      headers: { authorization: `apikey ${apiKey}`, "content-type": "application/json" },
      body: JSON.stringify(question),
      redirect: "error",
      signal: AbortSignal.timeout(timeoutMs),
    }).catch((cause: unknown) => {
      throw new VerificationUnavailable(`Latchkey at ${url} did not answer.`, 1, { cause });
    });
    const text = await answer.text().catch((cause: unknown) => {
      throw new VerificationUnavailable(`The answer of Latchkey at ${url} broke off.`, 1, { cause });
    });
    const decision = answer.ok ? decisionIn(text) : undefined;
    if (!decision) {
      const retryAfter = Number(answer.headers.get("retry-after")) || undefined;
      throw new VerificationUnavailable(`Latchkey at ${url} answered ${answer.status}: ${text}`, retryAfter);
    }
    return { decision, maxAgeSeconds: maxAgeIn(answer.headers.get("cache-control") ?? "") };
  }
}

function decisionIn(text: string): Decision | undefined {
  try {
    const { data } = JSON.parse(text) as { data?: Decision };
    return typeof data?.valid === "boolean" ? data : undefined;
  } catch {
    return undefined;
  }
}

function maxAgeIn(cacheControl: string): number {
  if (/\bno-(store|cache)\b/i.test(cacheControl)) return 0;
  return Number(/(?:^|[\s,])max-age=(\d+)/i.exec(cacheControl)?.[1] ?? 0);
}

/** As long as the answer says, but not past the end of the credential or of the presented value. */
const usableMs = ({ principal }: Decision, maxAgeSeconds: number, since: number): number =>
  Math.min(maxAgeSeconds * 1000, principal?.expiresAt ? Date.parse(principal.expiresAt) - since : Infinity);
