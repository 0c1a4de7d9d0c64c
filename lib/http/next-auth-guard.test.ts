import { afterEach, beforeEach, expect, test } from "vitest";
import { env } from "@/lib/kernel/env";
import { guardNextAuth } from "./next-auth-guard";

const { oidc } = env();
const PROVIDER = { issuer: "https://id.example.com", clientId: "console", clientSecret: "secret", name: "Example" };
beforeEach(() => Object.assign(env(), { oidc: PROVIDER }));
afterEach(() => Object.assign(env(), { oidc }));

/** What the guard answers, and whether it let the request through to where the provider is asked. */
async function ask(path: string, ip: string, method = "POST", length = 2) {
  let isAsked = false;
  const guarded = guardNextAuth(() => {
    isAsked = true;
    return Promise.resolve(new Response("{}"));
  });
  const headers = { "x-latchkey-ip": ip, "sec-fetch-site": "same-origin", "content-length": String(length) };
  const response = await guarded(new Request(`http://127.0.0.1:3000/api/auth/${path}`, { method, headers }), {});
  return { response, isAsked };
}

test("a network may begin and end a hundred single sign-ons in five minutes; nothing past that asks the provider", async () => {
  for (let each = 0; each < 100; each++) {
    expect((await ask("signin/oidc", "203.0.113.80")).isAsked).toBe(true);
    expect((await ask("callback/oidc", "203.0.113.80", "GET")).isAsked).toBe(true);
  }
  for (const [path, method] of [
    ["signin/oidc", "POST"],
    ["callback/oidc", "GET"],
  ] as const) {
    const { response, isAsked } = await ask(path, "203.0.113.80", method);
    expect([isAsked, response.status, response.headers.get("retry-after")]).toEqual([false, 429, "300"]);
    expect(await response.json()).toMatchObject({ code: "too_many_requests" });
  }
  expect((await ask("signin/oidc", "203.0.113.81")).isAsked).toBe(true);
  expect((await ask("callback/credentials", "203.0.113.80")).isAsked).toBe(true);
});

test("without a provider there is no single sign-on", async () => {
  Object.assign(env(), { oidc: undefined });
  expect((await ask("signin/oidc", "203.0.113.82")).response.status).toBe(404);
});

test("a form that is longer than any of a sign-in is not read", async () => {
  expect((await ask("callback/credentials", "203.0.113.83", "POST", 16_384)).isAsked).toBe(true);
  const { response, isAsked } = await ask("callback/credentials", "203.0.113.83", "POST", 16_385);
  expect([isAsked, response.status]).toEqual([false, 413]);
});
