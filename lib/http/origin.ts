import "server-only";
import { env } from "@/lib/kernel/env";
import { AppError } from "@/lib/kernel/errors";

/**
 * Refuses a cookie-authenticated write that another site could have sent. The edge has already
 * refused foreign hosts, so the request's own Host is one of ours. Absent headers count as foreign.
 */
export function requireSameOrigin(headers: Headers): void {
  const site = headers.get("sec-fetch-site");
  const origin = headers.get("origin");
  const isSameSite = site === null || site === "same-origin";
  const isSameOrigin = origin === null || origin === ownOrigin(headers);
  if ((site === null && origin === null) || !isSameSite || !isSameOrigin) {
    throw new AppError("foreign_origin", "A change by cookie must come from this console's own pages.");
  }
}

function ownOrigin(headers: Headers): string {
  const host = headers.get("host") ?? "";
  const { publicUrl } = env();
  return publicUrl?.host === host ? publicUrl.origin : `http://${host}`;
}
