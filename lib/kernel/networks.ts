import ipaddr from "ipaddr.js";

type Address = ipaddr.IPv4 | ipaddr.IPv6;
type Network = [Address, number];

/** An address or CIDR network, v4 or v6; IPv4-mapped IPv6 becomes IPv4. Undefined when it is neither. */
export function parseCidr(text: string): Network | undefined {
  const [address, bits, ...rest] = text.split("/");
  if (rest.length > 0 || !address) return undefined;
  const parsed = parseAddress(address);
  if (!parsed) return undefined;
  const width = parsed.kind() === "ipv4" ? 32 : 128;
  if (bits === undefined) return [parsed, width];
  if (!/^\d{1,3}$/.test(bits) || Number(bits) > width) return undefined;
  return [parsed, Number(bits)];
}

/** True when the address lies in one of the networks. What cannot be parsed matches nothing. */
export function isInNetworks(address: string, networks: readonly string[]): boolean {
  if (networks.length === 0) return false;
  const parsed = parseAddress(address);
  if (!parsed) return false;
  return networks.some((text) => {
    const network = parseCidr(text);
    return network !== undefined && network[0].kind() === parsed.kind() && parsed.match(network);
  });
}

function parseAddress(text: string): Address | undefined {
  // Only the dotted-quad form: ipaddr.js also reads octal, hex and single-number IPv4 spellings.
  if (text.includes(".") && !text.includes(":") && !ipaddr.IPv4.isValidFourPartDecimal(text)) return undefined;
  if (!ipaddr.isValid(text) || (!text.includes(".") && !text.includes(":"))) return undefined;
  return ipaddr.process(text);
}

/** Whose address it is: a whole /64 of IPv6, which one customer commonly holds. */
export function networkOf(address: string): string {
  const parsed = parseAddress(address);
  if (!parsed || parsed.kind() === "ipv4") return parsed?.toString() ?? address;
  return parsed.toByteArray().slice(0, 8).join(".");
}

/**
 * Where a machine asks about itself or speaks to all its neighbors: link-local, the metadata services of clouds,
 * multicast, and IPv6 that stands for IPv4. A server that is told to send something there would be lent to whoever
 * told it.
 */
const FORBIDDEN = [
  "0.0.0.0/8",
  "100.100.100.200",
  "168.63.129.16",
  "169.254.0.0/16",
  "192.0.0.0/24",
  "224.0.0.0/3",
  "::",
  "64:ff9b::/32",
  "2002::/16",
  "fd00:ec2::/32",
  "fd20:ce::254",
  "fe80::/10",
  "ff00::/8",
];

/** False for what is no address. */
export const isForbiddenAddress = (address: string) => isInNetworks(address.split("%")[0] ?? "", FORBIDDEN);

/** Of this machine. */
export const isLoopbackHost = (hostname: string) =>
  hostname === "localhost" || isInNetworks(hostname.replace(/^\[|\]$/g, ""), ["127.0.0.0/8", "::1"]);
