import { startSample } from "../fixtures/examples";
import { expect, test } from "./issuer";
import { sender } from "./send";

test.skip(process.env.DATABASE_URL !== undefined, "it is the same on every store");

for (const [name, verb] of [
  ["express/service", "POST"],
  ["hono/service", "DELETE"],
] as const) {
  test(`${name} lets in who may, refuses as RFC 6750 says, and lets nobody in while nobody decides`, async ({
    issuer,
    server,
  }) => {
    test.setTimeout(120_000);
    const sample = await startSample(name, { LATCHKEY_URL: issuer.url, LATCHKEY_KEY: issuer.service.key });
    const { send } = sender(sample.origin);
    try {
      const { id, name: keyName, key, caller } = await issuer.newKey();
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
        /^apikey realm="api", error="insufficient_scope", error_description="[^"]+", scope="content:(create|delete)"$/,
      );
      const { caller: limited } = await issuer.newKey({ rateLimit: { requests: 1, seconds: 3600 } });
      expect((await send(limited, "GET", "/pages")).status).toBe(200);
      const tooMany = await send(limited, "GET", "/pages");
      expect(tooMany.status).toBe(429);
      expect(Number(tooMany.headers.get("retry-after"))).toBeGreaterThan(3500);

      const { caller: bound } = await issuer.newKey({ allowedCidrs: ["203.0.113.0/24"] });
      expect((await send(bound, "GET", "/pages")).body).toMatchObject({ status: 403, code: "IP_NOT_ALLOWED" });

      await issuer.revoke(id);
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

test("what a credential creates at the sample API is on the trail under its name", async ({ issuer }) => {
  const asks = await issuer.newKey({}, undefined, ["audit:create"]);
  const settings = { LATCHKEY_URL: issuer.url, LATCHKEY_KEY: asks.key };
  const sample = await startSample("express/service", settings);
  try {
    const writer = await issuer.newKey({}, undefined, ["content:create"]);
    const { send } = sender(sample.origin);
    expect((await send(writer.caller, "POST", "/pages", { title: "News" })).status).toBe(201);
    await expect
      .poll(() => issuer.eventsBy(writer.id), { timeout: 10_000 })
      .toMatchObject([
        {
          action: "api.pages.created",
          actor: { type: "api_key", name: writer.name },
          target: { name: "News" },
          ip: "127.0.0.1",
        },
      ]);
    expect(sample.lines().join("\n")).not.toContain("Not reported");
  } finally {
    await sample.stop();
  }
});
