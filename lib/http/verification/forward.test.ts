import { expect, test } from "vitest";
import { ORIGIN } from "@/lib/testing/organization";
import { checkForward } from "./forward";

/** What a value that is no credential is answered when the proxy says that this is needed. */
async function statusFor(required?: string) {
  const headers = {
    authorization: "apikey letmein",
    ...(required !== undefined && { "x-required-permission": required }),
  };
  return (await checkForward({ target: "/auth/check", headers, body: "", origin: ORIGIN })).status;
}

test("a proxy may say what a request needs, or nothing", async () => {
  const fifty = Array.from({ length: 50 }, (_, i) => `r${i}:read`).join(" ");
  for (const required of [undefined, "", "content:read", "content:read, my.own-resource:publish", fifty])
    expect([required, await statusFor(required)]).toEqual([required, 401]);
});

test("what is set and names no permission, or too many, is refused before anything is checked", async () => {
  const many = Array.from({ length: 51 }, (_, i) => `r${i}:read`).join(" ");
  const long = Array.from({ length: 12 }, (_, i) => `${"r".repeat(78)}${i}:read`).join(" ");
  for (const required of [",", " , ", "content", "content:read everything", '"everything', "Content:read", many, long])
    expect([required, await statusFor(required)]).toEqual([required, 400]);
});
