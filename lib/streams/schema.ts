import { z } from "zod";
import { idOf } from "@/lib/kernel/ids";
import { isForbiddenAddress, isLoopbackHost } from "@/lib/kernel/networks";
import { prose, text } from "@/lib/kernel/text";

export const StreamId = z.object({ stream: idOf("stream") });

export const STREAM_KINDS = ["webhook", "syslog"] as const;
export const STREAMS_AT_MOST = 50;
/** For how long an earlier secret signs beside the new one. */
export const OVERLAP_HOURS = 24;
/** After so many days of failures in a row a stream pauses by itself. */
export const PATIENCE_DAYS = 3;

const name = text(1, 100);
const certificate = prose(20_000)
  .refine(
    (pem) => pem === "" || /^-----BEGIN CERTIFICATE-----[^]+-----END CERTIFICATE-----$/.test(pem),
    "must be certificates in PEM: from BEGIN CERTIFICATE to END CERTIFICATE",
  )
  .transform((pem) => pem || null)
  .nullable();

const FORMS = {
  webhook: "must be an address such as https://siem.example.com/latchkey; http is for this machine alone",
  syslog: "must be an address such as tls://logs.example.com:6514",
} as const;

/** Whether the trail may be sent there, as far as the address itself tells. */
function isAddress(kind: (typeof STREAM_KINDS)[number], address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname, pathname, username, password, hash, search } = new URL(address);
  if (hostname === "" || username || password || hash) return false;
  if (isForbiddenAddress(hostname.replace(/^\[|\]$/g, ""))) return false;
  if (kind === "syslog") return protocol === "tls:" && ["", "/"].includes(pathname) && search === "";
  return protocol === "https:" || (protocol === "http:" && isLoopbackHost(hostname));
}

const requireAddress = (
  { kind, url }: { kind: (typeof STREAM_KINDS)[number]; url: string },
  check: z.core.$RefinementCtx,
) => {
  if (!isAddress(kind, url)) check.addIssue({ code: "custom", path: ["url"], message: FORMS[kind] });
};

const url = text(1, 1000);

export const CreateStream = z
  .strictObject({
    kind: z.enum(STREAM_KINDS, "must be webhook or syslog"),
    name,
    url,
    certificate: certificate.optional(),
    /** With which event to begin: the next one, or the first that is kept. */
    from: z.enum(["next", "first"], "must be next or first").default("next"),
  })
  .superRefine(requireAddress);
export type CreateStream = z.infer<typeof CreateStream>;

export const UpdateStream = z.strictObject({ name, url, certificate, paused: z.boolean() }).partial();
export type UpdateStream = z.infer<typeof UpdateStream>;

/** The address that a stream of this kind may not have, said so; undefined when it may. */
export const wrongAddress = (kind: (typeof STREAM_KINDS)[number], address: string): string | undefined =>
  isAddress(kind, address) ? undefined : FORMS[kind];

export interface StreamRecord {
  ZUID: string;
  kind: (typeof STREAM_KINDS)[number];
  name: string;
  url: string;
  /** Whether it trusts certificates of its own. */
  certificate: string | null;
  status: "delivering" | "failing" | "paused";
  /** Why it is paused. */
  pauseReason: string | null;
  /** Of the secret that signs, and until when an earlier one does so too. */
  secretHint: string | null;
  earlierSecretEndsAt: string | null;
  /** How many events are sealed, and how many of them were delivered or skipped. */
  size: number;
  cursor: number;
  deliveredAt: string | null;
  failingSince: string | null;
  nextAttemptAt: string | null;
  createdByName: string;
  createdAt: string;
}

export interface DeliveryRecord {
  at: string;
  durationMs: number;
  /** From the first event to before the second number; equal for a test. */
  from: number;
  to: number;
  status: number | null;
  /** Null when it was delivered. */
  error: string | null;
}
