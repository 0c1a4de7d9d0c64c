import { expect, test } from "../fixtures/server";
import { expectSecured, raw, request } from "./raw-http";

/** Starts without an organization: nothing here needs one. */
test.use({ seeded: false });

test("puts the security headers on every kind of answer", async ({ server }) => {
  const page = await raw(server.port, request(server.port, "GET /setup"));
  expect(page.status).toBe(200);
  const script = /src="(\/_next\/static\/[^"]+)"/.exec(page.body)?.[1] ?? "";
  const file = await raw(server.port, request(server.port, `GET ${script}`));
  expect(file.status).toBe(200);
  expect(file.head).toContain("cache-control: public, max-age=31536000, immutable");
  const uncached = [
    page,
    await raw(server.port, request(server.port, "GET /no-such-page")),
    await raw(server.port, request(server.port, "GET /_next/static/nothing.js")),
    await raw(server.port, request(server.port, "GET /healthz")),
    await raw(server.port, request(server.port, "OPTIONS /v1/apps")),
    await raw(server.port, request(server.port, "HEAD /setup")),
  ];
  for (const answer of uncached) expect(answer.head).toMatch(/cache-control: no-store\b/);
  for (const answer of [...uncached, file]) expectSecured(answer);
});

test("gives each page scripts that carry the nonce of that answer alone", async ({ server }) => {
  const nonces = new Set<string>();
  for (let i = 0; i < 3; i++) {
    const page = await fetch(`${server.origin}/setup`);
    const nonce = /'nonce-([^']+)'/.exec(page.headers.get("content-security-policy") ?? "")?.[1] ?? "";
    const scripts = (await page.text()).match(/<script[^>]*>/g) ?? [];
    expect(scripts.length).toBeGreaterThan(3);
    for (const script of scripts) expect(script).toContain(`nonce="${nonce}"`);
    nonces.add(nonce);
  }
  expect(nonces.size).toBe(3);
});

test("takes neither its own headers nor forwarded ones from a client", async ({ server }) => {
  const answer = await fetch(`${server.origin}/setup`, {
    headers: {
      "content-security-policy": "script-src 'nonce-ZXZpbA=='",
      "x-forwarded-for": "203.0.113.9",
      "x-latchkey-ip": "203.0.113.9",
      "x-latchkey-request-id": "req_evil",
      "x-nonce": "ZXZpbA==",
      "x-request-id": "req_evil",
    },
  });
  const requestId = answer.headers.get("x-request-id") ?? "";
  expect(requestId).toMatch(/^req_[0-9A-Za-z]{20}$/);
  expect(await answer.text()).not.toContain("ZXZpbA==");
  await expect.poll(() => server.logs().find((line) => line.includes(requestId))).toContain('"ip":"127.0.0.1"');
});

test("keeps query values and secrets in addresses out of its log", async ({ server }) => {
  const secret = `lkk_${"Q7".repeat(21)}`;
  const answer = await fetch(`${server.origin}/v1/keys/${secret}?token=${secret}`, {
    headers: { authorization: `apikey ${secret}`, cookie: `session=${secret}` },
  });
  const requestId = answer.headers.get("x-request-id") ?? "";
  await expect.poll(() => server.logs().find((line) => line.includes(requestId))).toContain("/v1/keys/[secret]");
  expect(server.logs().filter((line) => line.includes("Q7Q7"))).toEqual([]);
});
