import "server-only";
import { lookup as resolve } from "node:dns";
import type { LookupFunction } from "node:net";
import { isForbiddenAddress } from "@/lib/kernel/networks";
import { maskSecrets } from "@/lib/kernel/secrets";

/**
 * Finds the addresses of a host and refuses it when one of them is where a machine asks about itself: decided at the
 * moment of connecting, so that no other answer can follow the one that was checked.
 */
export const guardedLookup: LookupFunction = (hostname, options, callback) =>
  resolve(hostname, options, (error, address, family) => {
    if (error) return callback(error, "", 0);
    const addresses =
      typeof address === "string" ? [address] : (address as { address: string }[]).map((one) => one.address);
    const refused = addresses.find(isForbiddenAddress);
    if (refused !== undefined) return callback(new Error(refusal(hostname)), "", 0);
    callback(null, address, family);
  });

/** Throws for an address that is written out, which nobody looks up. */
export function requireAllowedHost({ hostname }: URL): void {
  const host = hostname.replace(/^\[|\]$/g, "");
  if (isForbiddenAddress(host)) throw new Error(refusal(host));
}

/** Where an address leads, as it may be written down: receivers have tokens in their queries. */
export const placeOf = ({ protocol, host, pathname }: URL) => maskSecrets(`${protocol}//${host}${pathname}`);

const refusal = (host: string) => `${host} is an address that nothing may be sent to.`;
