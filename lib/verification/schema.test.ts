import { expect, test } from "vitest";
import { Verify } from "./schema";

const addressIn = (ip: string) => Verify.safeParse({ credential: "", ip }).data?.ip;

test("an address is read in its one spelling, however it was written", () => {
  expect(addressIn("192.0.2.7")).toBe("192.0.2.7");
  expect(addressIn("::ffff:192.0.2.7")).toBe("192.0.2.7");
  expect(addressIn("2001:DB8:0:0::0001")).toBe("2001:db8::1");
  expect(addressIn("2001:0db8:0000:0000:0000:0000:192.0.2.7")).toBe("2001:db8::c000:207");
});

test("what is no address is refused, and so is one with a zone or a network", () => {
  const texts = ["", "here", "192.0.2.0/24", "0x7f000001", "fe80::1%eth0", `fe80::1%${"a".repeat(6_000)}`];
  for (const text of [...texts, `${"0".repeat(6_000)}::1`]) expect([text, addressIn(text)]).toEqual([text, undefined]);
});
