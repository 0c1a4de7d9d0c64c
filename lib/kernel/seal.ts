import "server-only";
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { deriveKey } from "./secret-key";

const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * A secret that has to be read again, as it is stored: AES-256-GCM under a key derived from the deployment's for one
 * purpose. Bound to the id of its owner, so that one row's secret put into another's opens nothing.
 */
export function seal(purpose: string, secret: string, ownerId: string): Uint8Array<ArrayBuffer> {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv("aes-256-gcm", deriveKey(purpose), iv).setAAD(Buffer.from(ownerId));
  const sealed = Buffer.concat([cipher.update(secret, "utf8"), cipher.final()]);
  return new Uint8Array(Buffer.concat([iv, cipher.getAuthTag(), sealed]));
}

/** Throws when it was altered, is somebody else's, or was sealed under another key or for another purpose. */
export function unseal(purpose: string, sealed: Uint8Array, ownerId: string): string {
  const bytes = Buffer.from(sealed);
  const text = bytes.subarray(IV_BYTES + TAG_BYTES);
  const iv = bytes.subarray(0, IV_BYTES);
  const decipher = createDecipheriv("aes-256-gcm", deriveKey(purpose), iv, { authTagLength: TAG_BYTES })
    .setAAD(Buffer.from(ownerId))
    .setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
  return Buffer.concat([decipher.update(text), decipher.final()]).toString("utf8");
}
