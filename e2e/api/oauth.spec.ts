import * as oauth from "oauth4webapi";
import { FORM, verification } from "./verification";
import { expect, test, type World } from "./world";

const UNKNOWN_VALUE = "lkk_NobodyEverGotThisKey0123456789abcdef2Vs7ck";
const insecure = { [oauth.allowInsecureRequests]: true };

async function discovered(world: World) {
  const issuer = new URL(world.server.origin);
  const answer = await oauth.discoveryRequest(issuer, { algorithm: "oauth2", ...insecure });
  return oauth.processDiscoveryResponse(issuer, answer);
}

test("an OAuth client finds the endpoints, and no password grant is advertised", async ({ world }) => {
  const { origin } = world.server;
  expect(await discovered(world)).toEqual({
    issuer: origin,
    response_types_supported: [],
    grant_types_supported: [],
    introspection_endpoint: `${origin}/oauth/introspect`,
    introspection_endpoint_auth_methods_supported: ["client_secret_basic"],
    revocation_endpoint: `${origin}/oauth/revoke`,
    revocation_endpoint_auth_methods_supported: ["none"],
  });
});

test("an OAuth client introspects by HTTP Basic, as the key or as its app", async ({ world }) => {
  const server = await discovered(world);
  const { newToken } = verification(world);
  const token = await newToken({ name: "Build robot" });
  for (const client_id of [world.target.key, world.target.app]) {
    const client = { client_id };
    const secret = oauth.ClientSecretBasic(world.target.value);
    const answer = await oauth.introspectionRequest(server, client, secret, token.value, insecure);
    expect(await oauth.processIntrospectionResponse(server, client, answer)).toMatchObject({
      active: true,
      client_id: token.id,
      username: "Build robot",
      token_type: "Bearer",
      sub: token.id,
      aud: world.target.instance,
      iss: world.server.origin,
      kind: "access_token",
      role: "Publisher",
      instance: world.target.instance,
    });
  }
});

test("an introspection tells the times, the scope and the owner of a key", async ({ world }) => {
  const { introspect, newKey } = verification(world);
  const expiresAt = new Date(Date.now() + 3_600_000);
  const { app, id, value } = await newKey({ name: "Till 4", expiresAt: expiresAt.toISOString() });
  const told = await introspect(value);
  expect(told).toMatchObject({ active: true, client_id: app, username: "Till 4", token_type: "apikey", sub: id });
  expect([told.exp, String(told.scope).split(" ").includes("content:read")]).toEqual([
    Math.floor(expiresAt.getTime() / 1000),
    true,
  ]);
  expect(Math.abs(Number(told.iat) - Date.now() / 1000)).toBeLessThan(60);
});

test("a login and a session are told by ids, and nobody by name or address", async ({ world }) => {
  const { introspect } = verification(world);
  const { owner } = world.server.seed.acme.people;
  for (const caller of ["login", "API session"] as const) {
    const value = world.callers[caller].authorization?.replace("bearer ", "") ?? "";
    const told = await introspect(value);
    expect(told).toMatchObject({ active: true, sub: owner.id });
    expect(JSON.stringify(told)).not.toContain(owner.email);
  }
});

test("what is not accepted is inactive, to the byte and whatever the reason", async ({ world }) => {
  const { newKey, form } = verification(world);
  const { done, callers } = world;
  const disabled = await newKey();
  await done(callers.owner, "PATCH", `/v1/keys/${disabled.id}`, { enabled: false });
  const values = [
    UNKNOWN_VALUE,
    `${UNKNOWN_VALUE.slice(0, -1)}x`,
    "hello",
    "",
    world.foreign.value,
    world.foreign.tokenValue,
    disabled.value,
    (await newKey({ notBefore: "2099-01-01T00:00:00Z" })).value,
    (await newKey({ allowedCidrs: ["192.0.2.0/24"] })).value,
    callers["expired key"].authorization?.replace("apikey ", "") ?? "",
    callers["revoked token"].authorization?.replace("bearer ", "") ?? "",
  ];
  for (const token of values) {
    const { status, text } = await form("/oauth/introspect", { token }, callers["full key"]);
    expect([token, status, text]).toEqual([token, 200, '{"active":false}']);
  }
});

test("a credential bound to networks is active for an address within them", async ({ world }) => {
  const { newKey, introspect } = verification(world);
  const { value } = await newKey({ allowedCidrs: ["192.0.2.0/24"] });
  expect([
    (await introspect(value, { ip: "192.0.2.9" })).active,
    (await introspect(value, { ip: "198.51.100.9" })).active,
  ]).toEqual([true, false]);
});

test("an introspection does not count against the token's rate", async ({ world }) => {
  const { newKey, introspect, verdict } = verification(world);
  const { value } = await newKey({ rateLimit: { requests: 1, seconds: 3600 } });
  for (let turn = 0; turn < 3; turn++) expect((await introspect(value)).active).toBe(true);
  expect(await verdict({ credential: value })).toMatchObject({ code: "VALID", rateLimit: { remaining: 0 } });
});

const basic = (id: string, secret: string) => ({
  authorization: `Basic ${Buffer.from(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`).toString("base64")}`,
});

test("a client that is not known is told so with a challenge", async ({ world }) => {
  const { form } = verification(world);
  const { key, value } = world.target;
  const token = { token: value };
  for (const by of [
    basic(key, UNKNOWN_VALUE),
    basic("nobody", value),
    basic(key, ""),
    basic(key, world.foreign.value),
  ]) {
    const { status, body, headers } = await form("/oauth/introspect", token, by);
    expect([status, body.error, headers.get("www-authenticate")]).toEqual([
      401,
      "invalid_client",
      'Basic realm="latchkey"',
    ]);
  }
  const nobody = await form("/oauth/introspect", token);
  expect([nobody.status, nobody.body.error]).toEqual([401, "invalid_client"]);
  const session = await form("/oauth/introspect", token, world.callers["API session"]);
  expect([session.status, session.body.error]).toEqual([403, "unauthorized_client"]);
});

test("a request that breaks the form is an invalid request", async ({ world }) => {
  const { send, callers } = world;
  const by = callers["full key"];
  for (const [path, body, type, status] of [
    ["/oauth/introspect", "ip=192.0.2.1", FORM, 400],
    ["/oauth/introspect", "token=a&token=b", FORM, 400],
    ["/oauth/introspect", "token=a&ip=here", FORM, 400],
    ["/oauth/introspect", '{"token":"a"}', { "content-type": "application/json" }, 415],
    ["/oauth/revoke", "", FORM, 400],
    ["/oauth/revoke", "token=a&token=b", FORM, 400],
    ["/oauth/revoke", Array.from({ length: 100_000 }, (_, i) => `k${i}`).join("&"), FORM, 413],
  ] as const) {
    const { status: answered, body: error } = await send(by, "POST", path, body, type);
    expect([path, body.length, answered, error.error]).toEqual([path, body.length, status, "invalid_request"]);
  }
});

test("whoever has a value ends what it opens, and the trail says by whom", async ({ world }) => {
  const server = await discovered(world);
  const { newKey, newToken, introspect } = verification(world);
  const { owner } = world.callers;
  const acme = world.server.seed.acme;
  const revoke = async (value: string) => {
    const answer = await oauth.revocationRequest(server, { client_id: "any" }, oauth.None(), value, insecure);
    await oauth.processRevocationResponse(answer);
  };
  const session = (await world.logIn(acme.people.developer)).authorization?.replace("bearer ", "") ?? "";
  const login = (await world.newOwnersLogin(owner, acme)).authorization?.replace("bearer ", "") ?? "";
  const ends: [value: string, action: string][] = [
    [(await newKey()).value, "key.revoked"],
    [(await newToken()).value, "token.revoked"],
    [login, "login.revoked"],
    [session, "session.ended"],
  ];
  for (const [value, action] of ends) {
    expect((await introspect(value)).active).toBe(true);
    await revoke(value);
    expect((await introspect(value)).active).toBe(false);
    const [event] = await world.done<{ action: string; outcome: string }[]>(
      owner,
      "GET",
      `/v1/audit-events?action=${action}&limit=1`,
    );
    expect(event).toMatchObject({ action, outcome: "allowed" });
    // Once more: it is ended, which is all that was asked for.
    await revoke(value);
  }
});

test("a key that is disabled can be revoked by its value; what nobody has is revoked already", async ({ world }) => {
  const { newKey, form } = verification(world);
  const { done, callers } = world;
  const { id, value } = await newKey();
  await done(callers.owner, "PATCH", `/v1/keys/${id}`, { enabled: false });
  for (const token of [value, UNKNOWN_VALUE, "hello"]) {
    const { status, text } = await form("/oauth/revoke", { token, token_type_hint: "refresh_token" });
    expect([status, text]).toEqual([200, "{}"]);
  }
  expect((await done(callers.owner, "GET", `/v1/keys/${id}`)).status).toBe("revoked");
});
