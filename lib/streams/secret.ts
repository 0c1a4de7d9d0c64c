import "server-only";
import { createHmac } from "node:crypto";
import { seal, unseal } from "@/lib/kernel/seal";
import { mintSecret } from "@/lib/kernel/secrets";
import type { EventStream } from "@/prisma/generated/client";

const PURPOSE = "event stream";

/** A new secret of a stream: shown once, and kept sealed for signing. */
export function newStreamSecret(streamId: string) {
  const { value, hint } = mintSecret("stream");
  return { value, columns: { secret: seal(PURPOSE, value, streamId), secretHint: hint } };
}

/**
 * `t=<unix seconds>,v1=<hex>`: HMAC-SHA-256 of `<unix seconds>.<body>` by each secret that is in force, so that a
 * receiver believes whichever it has, and nothing that is older than it likes.
 */
export function signatureOf(
  stream: Pick<EventStream, "id" | "secret" | "earlierSecret" | "earlierEndsAt">,
  body: string,
  now: Date,
): string {
  const { id, secret, earlierSecret, earlierEndsAt } = stream;
  const isBoth = earlierSecret && earlierEndsAt && earlierEndsAt > now;
  const sealed = [secret, isBoth ? earlierSecret : null].filter((one) => one !== null);
  const at = Math.floor(now.getTime() / 1000);
  const sign = (key: string) => createHmac("sha256", key).update(`${at}.${body}`).digest("hex");
  return [`t=${at}`, ...sealed.map((one) => `v1=${sign(unseal(PURPOSE, one, id))}`)].join(",");
}
