import "server-only";
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { deriveKey } from "@/lib/kernel/secret-key";

const IV_BYTES = 12;
const TAG_BYTES = 16;
const key = () => deriveKey("second factor");

/**
 * A second factor's secret as it is stored: AES-256-GCM under a key derived from the deployment's. Bound
 * to its person, so that one row's secret put into another's opens nothing.
 */
export function seal(secret: string, userId: string): Uint8Array<ArrayBuffer> {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv("aes-256-gcm", key(), iv).setAAD(Buffer.from(userId));
  const sealed = Buffer.concat([cipher.update(secret, "utf8"), cipher.final()]);
  return new Uint8Array(Buffer.concat([iv, cipher.getAuthTag(), sealed]));
}

/** Throws when it was altered, is somebody else's, or was sealed under another key. */
export function unseal(sealed: Uint8Array, userId: string): string {
  const bytes = Buffer.from(sealed);
  const text = bytes.subarray(IV_BYTES + TAG_BYTES);
  const decipher = createDecipheriv("aes-256-gcm", key(), bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES })
    .setAAD(Buffer.from(userId))
    .setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
  return Buffer.concat([decipher.update(text), decipher.final()]).toString("utf8");
}
