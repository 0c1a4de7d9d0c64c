import { expect, test } from "vitest";
import { isInNetworks, parseCidr } from "@/lib/kernel/networks";

test.each<[address: string, networks: string[], isIn: boolean]>([
  ["203.0.113.7", ["203.0.113.0/24"], true],
  ["203.0.114.7", ["203.0.113.0/24"], false],
  ["203.0.113.7", ["203.0.113.7"], true],
  ["203.0.113.8", ["203.0.113.7"], false],
  ["203.0.113.8", ["203.0.113.7/31", "203.0.113.8/32"], true],
  ["8.8.8.8", ["0.0.0.0/0"], true],
  ["::ffff:203.0.113.7", ["203.0.113.0/24"], true],
  ["203.0.113.7", ["::ffff:203.0.113.0"], false],
  ["203.0.113.7", ["::/0"], false],
  ["2001:db8::1", ["2001:db8::/32"], true],
  ["2001:DB8:0:0::1", ["2001:db8::1"], true],
  ["2001:db9::1", ["2001:db8::/32"], false],
  ["2001:db8::1", ["0.0.0.0/0"], false],
  ["unknown", ["0.0.0.0/0", "::/0"], false],
  ["", ["0.0.0.0/0"], false],
  ["203.0.113.7", ["nonsense"], false],
  ["203.0.113.7", [], false],
])("%s in %j: %s", (address, networks, isIn) => {
  expect(isInNetworks(address, networks)).toBe(isIn);
});

test.each(["203.0.113.7", "203.0.113.0/0", "203.0.113.0/32", "2001:db8::/128", "::1", "::ffff:203.0.113.7"])(
  "%s is an address or a network",
  (text) => {
    expect(parseCidr(text)).toBeDefined();
  },
);

test.each([
  "",
  "/24",
  "203.0.113.0/33",
  "203.0.113.0/-1",
  "203.0.113.0/",
  "203.0.113.0/24/8",
  "203.0.113.0/2 4",
  "203.0.113",
  "0xcb.0.113.7",
  "0313.0.113.7",
  "3405803783",
  "203.0.113.256",
  "2001:db8::/129",
  "example.com",
])("%j is neither an address nor a network", (text) => {
  expect(parseCidr(text)).toBeUndefined();
});
