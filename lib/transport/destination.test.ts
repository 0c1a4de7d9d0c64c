import { createServer, type AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { isForbiddenAddress } from "@/lib/kernel/networks";
import { guardedLookup } from "./destination";
import { post } from "./post";

const looked = (host: string, all: boolean) =>
  new Promise((resolve) => {
    guardedLookup(host, { all }, (error, address) => resolve(error ? error.message : address));
  });

test("a host that is found at a forbidden address is not connected to, one or all of its addresses asked for", async () => {
  for (const all of [true, false]) {
    expect(await looked("169.254.169.254", all)).toBe("169.254.169.254 is an address that nothing may be sent to.");
    expect(await looked("0.0.0.0", all)).toContain("nothing may be sent to");
  }
  expect(await looked("127.0.0.1", false)).toBe("127.0.0.1");
});

test.each([
  ["169.254.169.254", true],
  ["::ffff:169.254.169.254", true],
  ["64:ff9b::a9fe:a9fe", true],
  ["fe80::1%eth0", true],
  ["0.0.0.0", true],
  ["255.255.255.255", true],
  ["239.1.2.3", true],
  ["168.63.129.16", true],
  ["fd20:ce::254", true],
  ["fd20:ce::253", false],
  ["127.0.0.1", false],
  ["10.0.0.1", false],
  ["198.51.100.7", false],
  ["2001:db8::1", false],
  ["example.com", false],
])("%s is forbidden: %s", (address, isForbidden) => {
  expect(isForbiddenAddress(address)).toBe(isForbidden);
});

test("who takes the connection and says nothing is given up in time", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  const sent = post(url, { body: "{}", headers: {}, timeoutMs: 200 });
  await expect(sent).rejects.toThrow("did not answer within 200 ms");
  server.close();
});
