import "server-only";
import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { deriveKey } from "@/lib/kernel/secret-key";

/** A device that signed in to an account before carries a signed mark of it, so that strangers' failures do not lock it out. */
export function markDevice(email: string): string {
  const deviceId = randomBytes(16).toString("base64url");
  return `${deviceId}.${sign(email, deviceId)}`;
}

/** The device's id when the mark was made for this account; undefined for anything else. */
export function deviceOf(email: string, mark: string | undefined): string | undefined {
  const [deviceId, signature, ...rest] = mark?.split(".") ?? [];
  if (!deviceId || !signature || rest.length > 0) return undefined;
  const expected = Buffer.from(sign(email, deviceId));
  const given = Buffer.from(signature);
  return expected.length === given.length && timingSafeEqual(expected, given) ? deviceId : undefined;
}

const sign = (email: string, deviceId: string) =>
  createHmac("sha256", deriveKey("known device")).update(`${email}\0${deviceId}`).digest("base64url");
