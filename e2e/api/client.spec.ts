import type { Principal } from "../../examples/client/latchkey";
import { createClient, VerificationUnavailable } from "../../examples/client/latchkey";
import { forNext } from "../../examples/client/next";
import { signInByHttp } from "../fixtures/api-client";
import { startSample } from "../fixtures/examples";
import { changeRows } from "../fixtures/rows";
import { expect, test as base } from "../fixtures/server";
import type { Server } from "../fixtures/start-server";
import { fresh } from "./objects";
import { sender } from "./send";

const test = base.extend<object, { shop: Awaited<ReturnType<typeof openShop>> }>({
  shop: [async ({ server }, use) => use(await openShop(server)), { scope: "worker", timeout: 120_000 }],
});

async function openShop(server: Server) {
  const { acme, globex } = server.seed;
  const { send, done } = sender(server.origin);
  const owner = (await signInByHttp(server.origin, acme.people.owner)).headers();
  const foreignOwner = (await signInByHttp(server.origin, globex.people.owner)).headers();

  async function newKey(input: object = {}, by = owner) {
    const keyAccess = { mode: "restricted", permissions: ["content:read", "media:read"] };
    const { ZUID: app = "" } = await done(by, "POST", "/v1/apps", { name: fresh("App"), keyAccess });
    const name = fresh("Key");
    const { ZUID: id = "", key = "" } = await done(by, "POST", `/v1/apps/${app}/keys`, { name, ...input });
    return { app, id, name, key };
  }
  const { key: apiKey } = await newKey();
  const foreign = await newKey({}, foreignOwner);
  const url = server.origin;
  const revoke = (id: string) => done(owner, "DELETE", `/v1/keys/${id}`, { reason: "test" });
  async function setMaxAge(seconds: number) {
    await changeRows(
      server,
      `update organization set verification_max_age_seconds = ${seconds} where id = '${acme.id}'`,
    );
    const asking = { authorization: `apikey ${apiKey}` };
    await expect
      .poll(async () => (await send(asking, "POST", "/v1/verify", { credential: apiKey })).headers.get("cache-control"))
      .toBe(`private, max-age=${seconds}`);
  }
  return {
    acme,
    send,
    done,
    owner,
    newKey,
    foreign,
    revoke,
    setMaxAge,
    apiKey,
    url,
    client: createClient({ url, apiKey }),
  };
}

test("the client tells who a credential is, and why one is not accepted", async ({ shop }) => {
  const { client, newKey, foreign } = shop;
  const { id, name, key } = await newKey();
  expect(await client.verifyCredential(key)).toMatchObject({
    valid: true,
    code: "VALID",
    principal: { kind: "api_key", id, name, organization: shop.acme.id, permissions: ["content:read", "media:read"] },
  });
  const codeOf = async (value: string, needs = {}) => (await client.verifyCredential(value, needs)).code;
  expect(await codeOf("letmein")).toBe("MALFORMED");
  expect(await codeOf("lkk_NobodyEverGotThisKey0123456789abcdef2Vs7ck")).toBe("NOT_FOUND");
  expect(await codeOf(foreign.key)).toBe("NOT_FOUND");
  expect(await codeOf(key, { permission: { any: ["content:delete", "media:read"] } })).toBe("VALID");
  expect(await client.verifyCredential(key, { permission: { all: ["content:read", "content:delete"] } })).toMatchObject(
    {
      valid: false,
      code: "INSUFFICIENT_PERMISSIONS",
      missingPermissions: ["content:delete"],
    },
  );
  const bound = await newKey({ allowedCidrs: ["203.0.113.0/24"] });
  expect(await codeOf(bound.key, { ip: "203.0.113.9" })).toBe("VALID");
  expect(await codeOf(bound.key, { ip: "198.51.100.9" })).toBe("IP_NOT_ALLOWED");
  expect(await codeOf(bound.key)).toBe("IP_NOT_ALLOWED");
});

test("without a policy that allows it nothing is kept: a revoked key is refused by the next call", async ({ shop }) => {
  const { id, key } = await shop.newKey();
  expect((await shop.client.verifyCredential(key)).code).toBe("VALID");
  await shop.revoke(id);
  expect((await shop.client.verifyCredential(key)).code).toBe("REVOKED");
});

test("with an age, an answer is kept for whoever it lets in, and for nobody else", async ({ shop, server }) => {
  const client = createClient({ url: shop.url, apiKey: shop.apiKey });
  const [kept, ended] = [
    await shop.newKey(),
    await shop.newKey({ expiresAt: new Date(Date.now() + 1_500).toISOString() }),
  ];
  await shop.setMaxAge(60);
  try {
    for (const { key } of [kept, ended]) expect((await client.verifyCredential(key)).valid).toBe(true);
    await shop.revoke(kept.id);
    // Allowed by what is known; the client asks nobody.
    expect((await client.verifyCredential(kept.key, { permission: "content:read" })).code).toBe("VALID");
    // Not allowed by it, about an object, for another address or instance: asked, and told the truth.
    expect((await client.verifyCredential(kept.key, { permission: "content:delete" })).code).toBe("REVOKED");
    expect((await client.verifyCredential(kept.key, { object: "7-1" })).code).toBe("REVOKED");
    expect((await client.verifyCredential(kept.key, { ip: "203.0.113.9" })).code).toBe("REVOKED");
    expect((await client.verifyCredential(kept.key, { instance: shop.acme.instanceId })).code).toBe("REVOKED");
    // A credential's own end is known without asking.
    await expect.poll(async () => (await client.verifyCredential(ended.key)).code).toBe("EXPIRED");
    await server.stop();
    expect((await client.verifyCredential(kept.key)).code).toBe("VALID");
    await expect(client.verifyCredential(ended.key)).rejects.toThrow(VerificationUnavailable);
    await server.restart();
  } finally {
    await shop.setMaxAge(0);
  }
});

test("when no decision can be had, there is an error that says why", async ({ shop }) => {
  const wrong = createClient({ url: shop.url, apiKey: "lkk_NobodyEverGotThisKey0123456789abcdef2Vs7ck" });
  await expect(wrong.verifyCredential("letmein")).rejects.toThrow(/answered 401: .*No API key has this value/);
  const nowhere = createClient({ url: "http://127.0.0.1:9", apiKey: "lkk_x" });
  await expect(nowhere.verifyCredential("letmein")).rejects.toThrow("Latchkey at http://127.0.0.1:9 did not answer.");
});

for (const [name, verb] of [
  ["express/service", "POST"],
  ["hono/service", "DELETE"],
] as const) {
  test(`${name} lets in who may, refuses as RFC 6750 says, and everybody when nobody decides`, async ({
    shop,
    server,
  }) => {
    const sample = await startSample(name, { LATCHKEY_URL: shop.url, LATCHKEY_KEY: shop.apiKey });
    const { send } = sender(sample.origin);
    try {
      const { id, name: keyName, key } = await shop.newKey();
      const caller = { authorization: `ApiKey ${key}` };
      const path = verb === "DELETE" ? "/pages/1" : "/pages";
      expect((await send(caller, "GET", "/pages")).body).toEqual({ pages: ["Welcome"], readBy: keyName });

      const none = await send({}, "GET", "/pages");
      expect([none.status, none.headers.get("www-authenticate")]).toEqual([
        401,
        'apikey realm="api", Bearer realm="api"',
      ]);
      const forbidden = await send(caller, verb, path, verb === "POST" ? { title: "News" } : undefined);
      expect([forbidden.status, forbidden.body.code]).toEqual([403, "INSUFFICIENT_PERMISSIONS"]);
      expect(forbidden.headers.get("www-authenticate")).toMatch(
        /^apikey realm="api", error="insufficient_scope", scope="content:(create|delete)", error_description="[^"]+"$/,
      );
      const limited = {
        authorization: `apikey ${(await shop.newKey({ rateLimit: { requests: 1, seconds: 3600 } })).key}`,
      };
      expect((await send(limited, "GET", "/pages")).status).toBe(200);
      const tooMany = await send(limited, "GET", "/pages");
      expect(tooMany.status).toBe(429);
      expect(Number(tooMany.headers.get("retry-after"))).toBeGreaterThan(3500);

      const bound = { authorization: `apikey ${(await shop.newKey({ allowedCidrs: ["203.0.113.0/24"] })).key}` };
      expect((await send(bound, "GET", "/pages")).body).toMatchObject({ status: 403, code: "IP_NOT_ALLOWED" });

      await shop.revoke(id);
      const revoked = await send(caller, "GET", "/pages");
      expect(revoked.status).toBe(401);
      expect(revoked.headers.get("www-authenticate")).toMatch(/^apikey realm="api", error="invalid_token", error_desc/);
      expect(revoked.headers.get("content-type")).toContain("application/problem+json");

      await server.stop();
      const unknown = await send(limited, "GET", "/pages");
      expect([unknown.status, unknown.headers.get("retry-after")]).toEqual([503, "1"]);
      await server.restart();
      expect(sample.lines().join("\n")).toContain("VerificationUnavailable");
      expect(sample.lines().join("\n")).not.toContain(key);
    } finally {
      await sample.stop();
    }
  });
}

test("a route handler of Next gets the principal, or is not called", async ({ shop }) => {
  const { name, key } = await shop.newKey();
  const requireCredential = forNext(shop.client, () => "203.0.113.9");
  const called: string[] = [];
  const handler = async (_request: Request, context: { params: Promise<{ page: string }>; principal: Principal }) => {
    called.push((await context.params).page);
    return Response.json({ readBy: context.principal.name });
  };
  const ask = (permission: string, authorization: string) =>
    requireCredential({ permission })(handler)(
      new Request("http://api.example/pages/1", { headers: { authorization } }),
      {
        params: Promise.resolve({ page: "1" }),
      },
    );
  expect(await (await ask("content:read", `apikey ${key}`)).json()).toEqual({ readBy: name });
  const refused = await ask("content:delete", `apikey ${key}`);
  expect([refused.status, refused.headers.get("cache-control")]).toEqual([403, "no-store"]);
  expect((await ask("content:read", "apikey letmein")).status).toBe(401);
  expect(called).toEqual(["1"]);
});
