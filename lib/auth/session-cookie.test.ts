import { ResponseCookies } from "next/dist/server/web/spec-extension/cookies";
import { afterEach, beforeEach, expect, test } from "vitest";
import { env } from "@/lib/kernel/env";
import { linkIntent, linkIntentCookie } from "./session-cookie";

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
