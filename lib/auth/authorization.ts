import "server-only";
import { AppError } from "@/lib/kernel/errors";
import { type Refusal, VERDICTS } from "@/lib/verification/decide";

/** How a credential is sent: API keys by the first, all others by the second. */
export type Scheme = "apikey" | "Bearer";

/** The credential in an Authorization header. Throws 400 unless it is exactly one, 401 for another scheme. */
export function readAuthorization(header: string): { scheme: Scheme; value: string } {
  const match = /^([a-z]+) +(\S+)$/i.exec(header.trim());
  if (!match) {
    throw new AppError(
      "ambiguous_credentials",
      "Send one credential: `Authorization: apikey <key>` or `Authorization: bearer <token>`.",
    );
  }
  const [, scheme, value] = match as unknown as [string, string, string];
  switch (scheme.toLowerCase()) {
    case "apikey":
      return { scheme: "apikey", value };
    case "bearer":
      return { scheme: "Bearer", value };
    default:
      throw new AppError("unauthenticated", `The scheme ${scheme} is not known here; use apikey or bearer.`);
  }
}

/** The WWW-Authenticate value for a refused credential (RFC 6750, 3). */
export function challengeOf(
  scheme: Scheme | "Basic",
  parameters: { error?: string; error_description?: string; scope?: string },
): string {
  const given = Object.entries({ realm: "latchkey", ...parameters });
  return `${scheme} ${given.map(([name, value]) => `${name}="${value.replace(/[^ !#-[\]-~]/g, "")}"`).join(", ")}`;
}

/** The error for a refused credential: 401 or 403 with its challenge, or 429. The scope is what it would have needed. */
export function refusalError(scheme: Scheme, refusal: Refusal, scope?: string): AppError {
  const { code, detail, missingPermissions, rateLimit } = refusal;
  if (code === "RATE_LIMITED" && rateLimit) {
    return new AppError(VERDICTS[code], detail, { retryAfterSeconds: rateLimit.resetSeconds, rateLimit });
  }
  const isForbidden = ["IP_NOT_ALLOWED", "WRONG_INSTANCE", "INSUFFICIENT_PERMISSIONS"].includes(code);
  const challenge = challengeOf(scheme, {
    error: isForbidden ? "insufficient_scope" : "invalid_token",
    error_description: detail,
    ...(isForbidden && scope !== undefined && { scope }),
  });
  return new AppError(VERDICTS[code], detail, { challenge, ...(missingPermissions && { missingPermissions }) });
}
