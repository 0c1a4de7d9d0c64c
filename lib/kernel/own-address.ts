import "server-only";
import { env } from "./env";
import { processSlot } from "./process-slot";

const slot = processSlot<string>("latchkey.own-address");

/** Told once at start, when the port is known. */
export const setOwnAddress = slot.set;

/**
 * The origin that links in mails lead to: the public address, else the one this process listens on.
 * Never the Host of a request, which whoever asks for the mail could choose.
 */
export function ownAddress(): string {
  const { publicUrl, host, port } = env();
  return publicUrl?.origin ?? slot.get() ?? `http://${host}:${port}`;
}
