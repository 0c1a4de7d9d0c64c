import { type IncomingMessage, request } from "node:http";
import { text } from "node:stream/consumers";
import { expect, test } from "../fixtures/server";
import type { Server } from "../fixtures/start-server";

/** Behind a proxy that ends TLS. */
test.use({ settings: { PUBLIC_URL: "https://console.example" } });

async function send(server: Server, method: string, path: string, headers: Record<string, string>, body?: string) {
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const { port } = server;
    const options = { host: "127.0.0.1", port, method, path, headers: { host: "console.example", ...headers } };
    request(options, resolve).on("error", reject).end(body);
  });
  const cookies = answer.headers["set-cookie"] ?? [];
  return { status: answer.statusCode, cookies, headers: answer.headers, body: await text(answer) };
}

test("on TLS every cookie is bound to the host, kept from scripts and never sent in the clear", async ({ server }) => {
  const csrf = await send(server, "GET", "/api/auth/csrf", {});
  const { csrfToken } = JSON.parse(csrf.body) as { csrfToken: string };
  const { email, password } = server.seed.acme.people.owner;
  const headers = {
    "content-type": "application/json",
    cookie: csrf.cookies.map((set) => set.split(";")[0]).join("; "),
    origin: "https://console.example",
  };
  const signIn = (given: object) =>
    send(
      server,
      "POST",
      "/api/auth/callback/credentials",
      { ...headers, ...given },
      JSON.stringify({ email, password, csrfToken, json: "true" }),
    );
  expect((await signIn({ origin: "http://console.example" })).status).toBe(403);
  const signedIn = await signIn({});
  expect(signedIn.status).toBe(200);
  expect(signedIn.headers["strict-transport-security"]).toBe("max-age=31536000");
  const cookies = [...csrf.cookies, ...signedIn.cookies];
  const names = cookies.map((set) => set.split("=")[0]);
  expect(names).toEqual(
    expect.arrayContaining(["__Host-latchkey-csrf", "__Host-latchkey-session", "__Host-latchkey-device"]),
  );
  for (const set of cookies) {
    expect(set).toMatch(/^__Host-latchkey-/);
    for (const attribute of [/; Path=\/(;|$)/i, /; Secure(;|$)/i, /; HttpOnly(;|$)/i, /; SameSite=Lax(;|$)/i])
      expect(set).toMatch(attribute);
    expect(set).not.toMatch(/; Domain=/i);
  }
  const cookie = signedIn.cookies.map((set) => set.split(";")[0]).join("; ");
  expect((await send(server, "GET", "/v1/token", { cookie })).status).toBe(200);
});
