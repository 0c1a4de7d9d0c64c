import "server-only";
import { guardedLookup, requireAllowedHost } from "@/lib/transport/destination";
import { post } from "@/lib/transport/post";
import { sendSyslog, SYSLOG_TLS_PORT } from "@/lib/transport/syslog";
import type { EventStream } from "@/prisma/generated/client";
import { signatureOf } from "./secret";

const TIMEOUT_MS = 10_000;

/** Records of events as the log has them, one JSON text each; none for a test. */
export interface Batch {
  from: bigint;
  to: bigint;
  records: readonly string[];
}

export interface Outcome {
  durationMs: number;
  status: number | null;
  /** Null when it was delivered. */
  error: string | null;
}

/** Sends a batch to where the stream leads. It never throws: what went wrong is part of the outcome. */
export async function send(stream: EventStream, batch: Batch, now: Date): Promise<Outcome> {
  const began = performance.now();
  let status: number | null = null;
  let error: string | null = null;
  try {
    const url = new URL(stream.url);
    requireAllowedHost(url);
    if (stream.kind === "syslog") await toSyslog(stream, url, batch, now);
    else {
      status = await toWebhook(stream, url, batch, now);
      if (status < 200 || status > 299) error = `It answered ${status}.`;
    }
  } catch (thrown) {
    error = thrown instanceof Error ? reasonOf(thrown) : "It failed.";
  }
  return { durationMs: Math.round(performance.now() - began), status, error };
}

function toWebhook(stream: EventStream, url: URL, { from, to, records }: Batch, now: Date): Promise<number> {
  // The records go out as they were sealed: whoever has a proof compares bytes.
  const body = `{"stream":"${stream.id}","from":${from},"to":${to},"events":[${records.join(",")}]}`;
  return post(url, {
    body,
    timeoutMs: TIMEOUT_MS,
    lookup: guardedLookup,
    ...(stream.ca !== null && { ca: stream.ca }),
    headers: {
      "content-type": "application/json",
      "user-agent": "Latchkey",
      "latchkey-signature": signatureOf(stream, body, now),
    },
  });
}

async function toSyslog(stream: EventStream, url: URL, { records }: Batch, now: Date): Promise<void> {
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const server = { host, port: Number(url.port || SYSLOG_TLS_PORT), lookup: guardedLookup };
  const texts = records.length > 0 ? records : [JSON.stringify({ test: true, stream: stream.id })];
  const messages = texts.map((text) => ({ at: now, id: "event", text }));
  await sendSyslog({ ...server, ...(stream.ca !== null && { ca: stream.ca }) }, messages, TIMEOUT_MS);
}

/** What stands for the words of the system, which name addresses that a name was resolved to. */
const UNREACHED: Record<string, string> = {
  ECONNREFUSED: "The connection was refused.",
  ECONNRESET: "The connection was broken off.",
  EPIPE: "The connection was broken off.",
  ETIMEDOUT: "Nothing answered at its address.",
  EHOSTUNREACH: "Its address cannot be reached.",
  ENETUNREACH: "Its address cannot be reached.",
  ENOTFOUND: "Its host name is not known.",
  EAI_AGAIN: "Its host name could not be looked up.",
};

/** Several addresses that failed are told by the first. */
function reasonOf(thrown: Error): string {
  const [first] = thrown instanceof AggregateError ? (thrown.errors as NodeJS.ErrnoException[]) : [thrown];
  const { code = "", message = "It failed." } = (first ?? {}) as NodeJS.ErrnoException;
  return UNREACHED[code] ?? message.replace(/\s+/g, " ").slice(0, 300);
}
