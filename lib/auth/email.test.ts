import { expect, test } from "vitest";
import { Email, normalizeEmail } from "@/lib/auth/email";

test.each([
  "ada@example.com",
  "ADA@Example.COM",
  " ada@example.com ",
  "ada @ example.com",
  "a\u200bda@example.com",
  "ada@example.com\u0000",
  "\ufeffada@example.com",
  "ada\u00ad@example.com",
  "ａｄａ＠ｅｘａｍｐｌｅ．ｃｏｍ",
  "ada@example.com\r\n",
  "ada\u00a0@example.com",
])("%j is one spelling of one account", (spelling) => {
  expect(normalizeEmail(spelling)).toBe("ada@example.com");
});

test("an address is stored in that one spelling, and what is no address is refused", () => {
  expect(Email.parse(" Ada@Example.com ")).toBe("ada@example.com");
  for (const wrong of ["", "ada", "ada@", "@example.com", `${"a".repeat(250)}@example.com`, "a@b@example.com"])
    expect(Email.safeParse(wrong).success, wrong).toBe(false);
});
