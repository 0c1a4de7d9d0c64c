import { describe, expect, it } from "vitest";
import { clientAddress } from "./client-address";

const PROXIES = ["10.0.0.0/8", "fd00::/8"];

describe("the client's address", () => {
  it.each([
    ["is the peer when no proxy is trusted", "203.0.113.7", "198.51.100.1", [], "203.0.113.7"],
    ["is the peer when the peer is no trusted proxy", "203.0.113.7", "198.51.100.1", PROXIES, "203.0.113.7"],
    ["is what the trusted proxy saw", "10.0.0.1", "198.51.100.1", PROXIES, "198.51.100.1"],
    ["ignores what the client wrote left of that", "10.0.0.1", "1.1.1.1, 198.51.100.1", PROXIES, "198.51.100.1"],
    ["is found behind two trusted proxies", "10.0.0.1", "198.51.100.1, 10.0.0.2", PROXIES, "198.51.100.1"],
    ["is the farthest proxy when all are trusted", "10.0.0.1", "10.0.0.3, 10.0.0.2", PROXIES, "10.0.0.3"],
    ["is the proxy when it wrote nothing", "10.0.0.1", "", PROXIES, "10.0.0.1"],
    ["is the proxy when it wrote no address", "10.0.0.1", "198.51.100.1, unknown", PROXIES, "10.0.0.1"],
    ["is no network", "10.0.0.1", "198.51.100.0/24", PROXIES, "10.0.0.1"],
    ["is no octal spelling", "10.0.0.1", "0177.0.0.1", PROXIES, "10.0.0.1"],
    ["loses the mapping of IPv4 into IPv6", "::ffff:203.0.113.7", "", [], "203.0.113.7"],
    ["is trusted by its unmapped form", "::ffff:10.0.0.1", "::ffff:198.51.100.1", PROXIES, "198.51.100.1"],
    ["has one spelling in IPv6", "fd00::1", "2001:DB8:0:0::0001", PROXIES, "2001:db8::1"],
    ["is unknown when the connection is gone", "", "198.51.100.1", PROXIES, "unknown"],
  ])("%s", (_title, peer, forwardedFor, trusted, expected) => {
    expect(clientAddress(peer, forwardedFor, trusted)).toBe(expected);
  });
});
