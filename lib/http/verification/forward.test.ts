import { expect, test } from "vitest";
import { ORIGIN } from "@/lib/testing/organization";
import { checkForward } from "./forward";

/** What a value that is no credential is answered with these headers of the proxy. */
const answerTo = (more: Record<string, string>) =>
  checkForward({
    target: "/auth/check",
    headers: { authorization: "apikey letmein", ...more },
    body: "",
    origin: ORIGIN,
  });

const statusFor = async (required?: string) =>
  (await answerTo(required === undefined ? {} : { "x-required-permission": required })).status;

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

test.each([
  ["x-required-permissions", "content:read"],
  ["x-required-role", ""],
  ["x-instance", "foo"],
  ["x-instance", "30-19d41b7f2a0-zzzzzzzz"],
  ["x-instance", "8-19d41b7f2a0-zzzzzzzz, 8-19d41b7f2a0-zzzzzzzz"],
  ["x-organization", "Acme Inc."],
  ["x-organization", "8-19d41b7f2a0-zzzzzzzz"],
])("a proxy that sends %s: %s is told that this header is wrong", async (name, value) => {
  const { status, body } = await answerTo({ [name]: value });
  expect(status).toBe(400);
  expect((JSON.parse(body) as { detail: string }).detail.toLowerCase()).toContain(name);
});

test("an instance and an organization may be named, or left out by an empty header", async () => {
  const right = { "x-instance": "8-19d41b7f2a0-zzzzzzzz", "x-organization": "60-19d41b7f2a0-zzzzzzzz" };
  for (const headers of [right, { "x-instance": "", "x-organization": "" }, { "x-organization": "acme" }])
    expect([headers, (await answerTo(headers)).status]).toEqual([headers, 401]);
});
