import { isIPv4 } from "node:net";
import { isInNetworks, parseCidr } from "@/lib/kernel/networks";

/**
 * The address of the client. X-Forwarded-For is read from its right, where each trusted proxy wrote
 * whom it saw; the first address that is no trusted proxy is the client, whatever stands left of it.
 */
export function clientAddress(
  peer: string,
  forwardedFor: string | string[] | undefined,
  trustedProxies: readonly string[],
): string {
  let address = normalized(peer) ?? "unknown";
  if (forwardedFor === undefined) return address;
  for (const hop of String(forwardedFor).split(",").reverse()) {
    if (!isInNetworks(address, trustedProxies)) break;
    const seen = normalized(hop.trim());
    if (!seen) break;
    address = seen;
  }
  return address;
}

/** IPv4-mapped IPv6 becomes IPv4, so that one client has one spelling. */
function normalized(address: string): string | undefined {
  // Nearly every peer, on nearly every request: it has one spelling already.
  if (isIPv4(address)) return address;
  return address.includes("/") ? undefined : parseCidr(address)?.[0].toString();
}
