import { hasNginx, startNginx, startSample } from "../fixtures/examples";
import { statusFrom } from "../fixtures/request-from";
import type { Server } from "../fixtures/start-server";
import { expect, test as base } from "./issuer";
import { sender } from "./send";

/** The real nginx with the configuration of examples/nginx, before a sample service. */
const test = base.extend<object, { api: Awaited<ReturnType<typeof guardedApi>> }>({
  api: [
    async ({ server }, use) => {
      const api = await guardedApi(server);
      await use(api);
      await api.stop();
    },
    { scope: "worker", timeout: 120_000 },
  ],
});
test.use({ settings: { TRUSTED_PROXIES: "127.0.0.1" } });
test.skip(!hasNginx, "there is no nginx here");
test.skip(process.env.DATABASE_URL !== undefined, "it is the same on every store");

async function guardedApi({ port, seed }: Server) {
  const service = await startSample("express/behind-proxy");
  const nginx = await startNginx("api.conf", {
    "127.0.0.1:3000": `127.0.0.1:${port}`,
    "127.0.0.1:4000": new URL(service.origin).host,
    'set $instance ""': `set $instance "${seed.acme.instanceId}"`,
  });
  async function stop() {
    await nginx.stop();
    await service.stop();
  }
  return { nginx, service, send: sender(nginx.origin).send, stop };
}

/** Lines that name the text, once there are any. */
const linesWith = (text: string, lines: () => readonly string[] | Promise<readonly string[]>) =>
  expect.poll(async () => (await lines()).filter((line) => line.includes(text)));

const logOf = (nginx: { log(): Promise<string> }) => async () => (await nginx.log()).trim().split("\n");

test("a request with a good key reaches the API, which learns whose it is and never sees the key", async ({
  api,
  issuer,
}) => {
  const { id, name, caller } = await issuer.newKey();
  const reply = await api.send(caller, "GET", "/pages?draft=1");
  expect(reply.status).toBe(200);
  expect(reply.body).toMatchObject({
    credential: { id, name },
    headers: {
      "x-credential-kind": "api_key",
      "x-permissions": "content:read media:read",
      "x-forwarded-for": "127.0.0.1",
    },
  });
  expect(reply.text).not.toContain(caller.authorization.slice("apikey ".length));
  await linesWith(id, api.service.lines).toEqual([`GET /pages by ${id} ${name}`]);
  await linesWith(id, logOf(api.nginx)).toEqual([
    expect.stringMatching(new RegExp(`^127\\.0\\.0\\.1 \\[[^\\]]+\\] "GET /pages" 200 ${id} "K%C3%A9y `)),
  ]);
});

test("nothing a client writes itself passes for what the check found", async ({ api, issuer }) => {
  const { id, name, caller } = await issuer.newKey();
  const forged = {
    "x-credential-id": "56-forged",
    "x-credential-name": "Forged",
    "x-role": "Owner",
    "x-role-id": "9-forged",
    "x-instance": "8-f",
  };
  const others = { "x-permissions": "content:delete", "x-credential-kind": "forged", x_credential_id: "56-forged" };
  const reply = await api.send({ ...caller, ...forged, ...others }, "GET", "/pages");
  expect(reply.body.credential).toEqual({ id, name });
  expect(reply.text).not.toMatch(/forged|Owner|8-f"|content:delete/i);
});

test("the API refuses what did not come by the proxy", async ({ api }) => {
  expect((await sender(api.service.origin).send({}, "GET", "/pages")).status).toBe(403);
});

test("neither the permission asked for nor the organization is a client's to say", async ({ api, issuer }) => {
  const { caller } = await issuer.newKey();
  const asking = { ...caller, "x-required-permission": "content:read", "x-organization": "globex" };
  expect((await api.send(asking, "DELETE", "/pages/1")).status).toBe(403);
  expect((await api.send(asking, "GET", "/pages")).status).toBe(200);
});

test("a missing permission is a 403 that says which", async ({ api, issuer }) => {
  const { caller } = await issuer.newKey();
  const reply = await api.send(caller, "POST", "/pages", { title: "x".repeat(100_000) });
  expect(reply.status).toBe(403);
  expect(reply.headers.get("www-authenticate")).toContain('error="insufficient_scope"');
  expect(reply.headers.get("www-authenticate")).toContain("content:create");
});

test("no credential, one nobody has, and an expired one are a 401 with one challenge", async ({ api, issuer }) => {
  const none = await api.send({}, "GET", "/pages");
  expect(none.status).toBe(401);
  expect(none.headers.get("www-authenticate")).toBe('apikey realm="latchkey", Bearer realm="latchkey"');
  const unknown = { authorization: "apikey lkk_NobodyEverGotThisKey0123456789abcdef2Vs7ck" };
  const refused = await api.send(unknown, "GET", "/pages");
  expect(refused.status).toBe(401);
  expect(refused.headers.get("www-authenticate")).toMatch(/^apikey realm="latchkey", error="invalid_token"/);

  const { caller } = await issuer.newKey({ expiresAt: new Date(Date.now() + 1_500).toISOString() });
  await expect.poll(async () => (await api.send(caller, "GET", "/pages")).status).toBe(401);
  const expired = await api.send(caller, "GET", "/pages");
  expect(expired.headers.get("www-authenticate")).toContain("expired");
});

test("a credential in the address is refused, whatever the header says", async ({ api, issuer }) => {
  const { key, caller } = await issuer.newKey();
  expect((await api.send(caller, "GET", `/pages?key=${key}`)).status).toBe(400);
});

test("a key revoked a moment ago is refused", async ({ api, issuer }) => {
  const { id, caller } = await issuer.newKey();
  expect((await api.send(caller, "GET", "/pages")).status).toBe(200);
  await issuer.revoke(id);
  expect((await api.send(caller, "GET", "/pages")).status).toBe(401);
});

test("a token of another instance is a 403", async ({ api, issuer }) => {
  const other = await issuer.newInstance();
  expect((await api.send(await issuer.newToken(other), "GET", "/pages")).status).toBe(403);
  const reply = await api.send(await issuer.newToken(issuer.acme.instanceId), "GET", "/pages");
  expect(reply.body).toMatchObject({ headers: { "x-instance": issuer.acme.instanceId } });
});

test("a rate limit reaches the client as 429 with the time to come back", async ({ api, issuer }) => {
  const { caller } = await issuer.newKey({ rateLimit: { requests: 1, seconds: 3600 } });
  expect((await api.send(caller, "GET", "/pages")).status).toBe(200);
  const reply = await api.send(caller, "GET", "/pages");
  expect(reply.status).toBe(429);
  expect(Number(reply.headers.get("retry-after"))).toBeGreaterThan(3500);
  expect(reply.headers.get("organization-ratelimit-limit")).toBe("1;w=3600;b=1");
  expect(reply.headers.get("ratelimit-remaining")).toBe("0");
});

test("rules about networks see the client's address, not nginx's, nor what a client claims", async ({
  api,
  issuer,
}) => {
  const { caller } = await issuer.newKey({ allowedCidrs: ["127.0.0.2/32"] });
  expect(await statusFrom("127.0.0.2", `${api.nginx.origin}/pages`, caller)).toBe(200);
  expect(
    await statusFrom("127.0.0.3", `${api.nginx.origin}/pages`, { ...caller, "x-forwarded-for": "127.0.0.2" }),
  ).toBe(403);
});

test("the check cannot be called from outside, and a method without a permission goes nowhere", async ({
  api,
  issuer,
}) => {
  const { caller } = await issuer.newKey();
  expect((await api.send(caller, "GET", "/_latchkey")).status).toBe(404);
  expect((await api.send(caller, "PROPFIND", "/pages")).status).toBe(405);
});

test("while Latchkey is down nothing is let in", async ({ api, issuer, server }) => {
  const { caller } = await issuer.newKey();
  expect((await api.send(caller, "GET", "/pages")).status).toBe(200);
  await server.stop();
  const seen = api.service.lines().length;
  const reply = await api.send(caller, "GET", "/pages");
  expect([reply.status, reply.text]).toEqual([503, '{"title":"Service unavailable","status":503}']);
  expect(api.service.lines().length).toBe(seen);
  await server.restart();
  await expect.poll(async () => (await api.send(caller, "GET", "/pages")).status).toBe(200);
});
