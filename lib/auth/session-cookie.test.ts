import { encode } from "next-auth/jwt";
import { ResponseCookies } from "next/dist/server/web/spec-extension/cookies";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { env } from "@/lib/kernel/env";
import { cookieSecret, linkIntent, linkIntentCookie, linkIntentOf, sessionIdOf } from "./session-cookie";

const { publicUrl } = env();
beforeEach(() => Object.assign(env(), { publicUrl: new URL("https://console.example") }));
afterEach(() => Object.assign(env(), { publicUrl }));

test("on TLS a link's cookie is deleted with what it was set with, or the browser would keep it", async () => {
  const headers = new Headers();
  const cookies = new ResponseCookies(headers);
  const { name, value, options } = await linkIntent("58-19d41b7f2a0-bcdfghjk");
  cookies.set(name, value, options);
  cookies.delete(linkIntentCookie());
  const [set = "", ...others] = headers.getSetCookie();
  expect(others).toEqual([]);
  expect(set).toMatch(/^__Host-latchkey-link=; /);
  for (const attribute of [/; Path=\/(;|$)/, /; Secure(;|$)/, /; HttpOnly(;|$)/, /; Expires=Thu, 01 Jan 1970/])
    expect(set).toMatch(attribute);
});

const SESSION = "58-19d41b7f2a0-bcdfghjk";
const sent = (name: string, value: string) => new Headers({ cookie: `a=b; __Host-latchkey-${name}=${value}` });

test("a cookie opens for its own purpose alone, also after it has been opened", async () => {
  const session = await encode({ token: { sub: SESSION }, secret: cookieSecret(), maxAge: 60 });
  const link = (await linkIntent(SESSION)).value;
  for (const _time of ["first", "second"]) {
    expect(await sessionIdOf(sent("session", session))).toBe(SESSION);
    expect(await linkIntentOf(sent("link", link))).toBe(SESSION);
    expect(await linkIntentOf(sent("link", session))).toBeUndefined();
    expect(await sessionIdOf(sent("session", link))).toBeUndefined();
    expect(await sessionIdOf(sent("session", `${session}x`))).toBeUndefined();
  }
});

test("a cookie that has been opened does not outlive its time", async () => {
  const session = await encode({ token: { sub: SESSION }, secret: cookieSecret(), maxAge: 60 });
  expect(await sessionIdOf(sent("session", session))).toBe(SESSION);
  vi.useFakeTimers({ now: Date.now() + 80_000, toFake: ["Date"] });
  try {
    expect(await sessionIdOf(sent("session", session))).toBeUndefined();
  } finally {
    vi.useRealTimers();
  }
});
