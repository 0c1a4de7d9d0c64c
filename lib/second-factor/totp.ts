import "server-only";
import { Secret, TOTP } from "otpauth";

const PERIOD_SECONDS = 30;
/** A clock may be off by one step, either way. */
const WINDOW = 1;

const totp = (secret: string, label = "") =>
  new TOTP({
    issuer: "Latchkey",
    label,
    algorithm: "SHA1",
    digits: 6,
    period: PERIOD_SECONDS,
    secret: Secret.fromBase32(secret),
  });

/** 160 random bits in base32, as every authenticator app takes them. */
export const newTotpSecret = (): string => new Secret({ size: 20 }).base32;

/** What the QR code says: the secret, and for which account it is. */
export const totpUri = (secret: string, email: string): string => totp(secret, email).toString();

/** The step of time whose code this is, or undefined when it is none of the present ones. */
export function stepOf(secret: string, code: string, now: Date): bigint | undefined {
  // The library throws for other characters.
  if (!/^\d{6}$/.test(code)) return undefined;
  const delta = totp(secret).validate({ token: code, timestamp: now.getTime(), window: WINDOW });
  if (delta === null) return undefined;
  return BigInt(Math.floor(now.getTime() / 1000 / PERIOD_SECONDS) + delta);
}
