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
