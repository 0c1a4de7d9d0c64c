import { createClient, type Principal, VerificationUnavailable } from "../../examples/client/latchkey";
import { forNext } from "../../examples/client/next";
import { EventsRefused } from "../../examples/client/record-events";
import { expect, type Issuer, test } from "./issuer";

test.skip(process.env.DATABASE_URL !== undefined, "it is the same on every store");

const clientOf = ({ url, service }: Issuer) => createClient({ url, apiKey: service.key });

test("the client tells who a credential is, and why one is not accepted", async ({ issuer }) => {
  const { newKey, foreign } = issuer;
  const client = clientOf(issuer);
  const { id, name, key } = await newKey();
  expect(await client.verifyCredential(key)).toMatchObject({
    valid: true,
    code: "VALID",
    principal: { kind: "api_key", id, name, organization: issuer.acme.id, permissions: ["content:read", "media:read"] },
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

test("without a policy that allows it nothing is kept: a revoked key is refused by the next call", async ({
  issuer,
}) => {
  const client = clientOf(issuer);
  const { id, key } = await issuer.newKey();
  expect((await client.verifyCredential(key)).code).toBe("VALID");
  await issuer.revoke(id);
  expect((await client.verifyCredential(key)).code).toBe("REVOKED");
});

test("with an age, an answer is kept for whoever it lets in, and for nobody else", async ({ issuer, server }) => {
  test.setTimeout(120_000);
  const client = clientOf(issuer);
  await issuer.setMaxAge(60);
  try {
    const kept = await issuer.newKey();
    const ended = await issuer.newKey({ expiresAt: new Date(Date.now() + 5_000).toISOString() });
    for (const { key } of [kept, ended]) expect((await client.verifyCredential(key)).valid).toBe(true);
    await issuer.revoke(kept.id);
    // Allowed by what is known; the client asks nobody.
    expect((await client.verifyCredential(kept.key, { permission: "content:read" })).code).toBe("VALID");
    // Not allowed by it, about an object, for another address or instance: asked, and told the truth.
    expect((await client.verifyCredential(kept.key, { permission: "content:delete" })).code).toBe("REVOKED");
    expect((await client.verifyCredential(kept.key, { object: "7-1" })).code).toBe("REVOKED");
    expect((await client.verifyCredential(kept.key, { ip: "203.0.113.9" })).code).toBe("REVOKED");
    expect((await client.verifyCredential(kept.key, { instance: issuer.acme.instanceId })).code).toBe("REVOKED");
    // A credential's own end is known without asking.
    await expect.poll(async () => (await client.verifyCredential(ended.key)).code).toBe("EXPIRED");
    await server.stop();
    expect((await client.verifyCredential(kept.key)).code).toBe("VALID");
    await expect(client.verifyCredential(ended.key)).rejects.toThrow(VerificationUnavailable);
    await server.restart();
  } finally {
    await issuer.setMaxAge(0);
  }
});

test("the client puts what a credential did on the trail, and says which event is wrong", async ({ issuer }) => {
  const { id, name, key } = await issuer.newKey();
  const client = createClient({ url: issuer.url, apiKey: issuer.reporter.key });
  const event = {
    credential: key,
    action: "api.orders.refunded",
    verb: 2,
    target: { type: "order", name: "Order 7" },
    outcome: "allowed",
  } as const;
  const [receipt, other] = await client.recordEvents([{ ...event, id: "refund-7" }, event]);
  expect(receipt).toMatchObject({ id: "refund-7", status: "stored" });
  expect(other?.ZUID).not.toBe(receipt?.ZUID);
  expect(await client.recordEvents([{ ...event, id: "refund-7" }])).toEqual([{ ...receipt, status: "repeated" }]);
  expect(await issuer.eventsBy(id)).toMatchObject([{ actor: { ZUID: id, name } }, { externalId: "refund-7" }]);
  const refused = client.recordEvents([event, { ...event, credential: "letmein" }]);
  await expect(refused).rejects.toBeInstanceOf(EventsRefused);
  await expect(refused).rejects.toThrow("/1/credential is no API key, access token or login of this organization");
  expect(await issuer.eventsBy(id)).toHaveLength(2);
});

test("when no decision can be had, there is an error that says why", async ({ issuer }) => {
  const wrong = createClient({ url: issuer.url, apiKey: "lkk_NobodyEverGotThisKey0123456789abcdef2Vs7ck" });
  await expect(wrong.verifyCredential("letmein")).rejects.toThrow(/answered 401: .*has this value/);
  const nowhere = createClient({ url: "http://127.0.0.1:9", apiKey: "lkk_x" });
  await expect(nowhere.verifyCredential("letmein")).rejects.toThrow("Latchkey at http://127.0.0.1:9 did not answer.");
});

test("a route handler of Next gets the principal, or is not called", async ({ issuer }) => {
  const { name, key } = await issuer.newKey();
  const requireCredential = forNext(clientOf(issuer), () => "203.0.113.9");
  const called: string[] = [];
  const handler = async (
    _request: Request,
    principal: Principal,
    { params }: { params: Promise<{ page: string }> },
  ) => {
    called.push((await params).page);
    return Response.json({ readBy: principal.name });
  };
  const ask = (permission: string, authorization: string) => {
    const request = new Request("http://api.example/pages/1", { headers: { authorization } });
    return requireCredential({ permission })(handler)(request, { params: Promise.resolve({ page: "1" }) });
  };
  expect(await (await ask("content:read", `apikey ${key}`)).json()).toEqual({ readBy: name });
  const refused = await ask("content:delete", `apikey ${key}`);
  expect([refused.status, refused.headers.get("cache-control")]).toEqual([403, "no-store"]);
  expect((await ask("content:read", "apikey letmein")).status).toBe(401);
  expect(called).toEqual(["1"]);
});
