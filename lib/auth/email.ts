import { z } from "zod";

/**
 * One spelling per account: NFKC, lower case, without spaces, control and zero-width characters.
 * Sign-in and storage both use it, so no spelling of an address has a throttle of its own.
 */
export function normalizeEmail(given: string): string {
  return given
    .normalize("NFKC")
    .replace(/[\p{Cc}\p{Cf}\p{Z}]/gu, "")
    .toLowerCase();
}

/** An e-mail address for storage. */
export const Email = z.string().max(254).transform(normalizeEmail).pipe(z.email("must be an e-mail address"));
