import { expect, fresh, type Reply, test, type World } from "./world";

/** Well formed and right to the last character, but nobody's. */
const UNKNOWN = "lkk_NobodyEverGotThisKey0123456789abcdef2Vs7ck";
const MALFORMED = `${UNKNOWN.slice(0, -1)}${UNKNOWN.endsWith("0") ? "1" : "0"}`;

const challenge = (description: string, scheme = "apikey") =>
  `${scheme} realm="latchkey", error="invalid_token", error_description="${description}"`;

/** The exact answer: status, code, detail and challenge. */
function expectRefused(reply: Reply, status: number, code: string, detail: string, wwwAuthenticate: string | null) {
  expect(reply.body).toMatchObject({ type: `/problems/${code}`, status, code, detail, message: detail, data: {} });
  expect(reply.status).toBe(status);
  expect(reply.headers.get("www-authenticate")).toBe(wwwAuthenticate);
  expect(reply.headers.get("content-type")).toBe("application/problem+json");
  expect(reply.headers.get("cache-control")).toBe("no-store");
  expect(reply.body.requestId).toBe(reply.requestId);
}

const whoami = (world: World, authorization: string, headers = {}) =>
  world.send({ ...headers, authorization }, "GET", "/v1/token");

/** A key of an app of its own. */
async function newKey(world: World, input: object = {}) {
  const { owner } = world.callers;
  const { ZUID: app = "" } = await world.done(owner, "POST", "/v1/apps", { name: fresh("App") });
  const body = { name: fresh("Key"), ...input };
  const { ZUID: id = "", key = "" } = await world.done(owner, "POST", `/v1/apps/${app}/keys`, body);
  return { app, id, key };
}

for (const scheme of ["ApiKey", "apikey", "APIKEY", "aPiKeY"]) {
  test(`the scheme ${scheme} opens with a key`, async ({ world }) => {
    const reply = await whoami(world, `${scheme} ${world.target.value}`);
    expect(reply.status).toBe(200);
    expect(reply.body.data).toMatchObject({ kind: "api_key", ZUID: world.target.key, version: 1 });
  });
}

test("a key works with every vendor's surface it is for", async ({ world }) => {
  for (const path of ["/v1/centers", `/v1/centers/${world.target.instance}`, "/v1/instances", "/v1/token"])
    expect((await world.send(world.apiKey(world.target.value), "GET", path)).status, path).toBe(200);
});

const NO_KEY =
  "This is no API key of this product, or a character of it is wrong. An access token or session is sent as `Authorization: bearer <token>`.";
const NO_TOKEN =
  "This is no access token of this product, or a character of it is wrong. An API key is sent as `Authorization: apikey <key>`.";

const CONSTANT: [what: string, authorization: string, code: string, detail: string, challenge: string][] = [
  ["a key with a wrong checksum", `apikey ${MALFORMED}`, "credential_malformed", NO_KEY, challenge(NO_KEY)],
  ["what is no key", "apikey letmein", "credential_malformed", NO_KEY, challenge(NO_KEY)],
  [
    "a key nobody has",
    `apikey ${UNKNOWN}`,
    "credential_unknown",
    "No API key has this value.",
    challenge("No API key has this value."),
  ],
  [
    "a key sent as a bearer token",
    `Bearer ${UNKNOWN}`,
    "credential_malformed",
    NO_TOKEN,
    challenge(NO_TOKEN, "Bearer"),
  ],
  [
    "a scheme that is not ours",
    "Basic b3duZXI6aHVudGVyMg==",
    "unauthenticated",
    "The scheme Basic is not known here; use apikey or bearer.",
    'apikey realm="latchkey", Bearer realm="latchkey"',
  ],
];

for (const [what, authorization, code, detail, wwwAuthenticate] of CONSTANT) {
  test(`${what} is refused, and never falls back to a good cookie`, async ({ world }) => {
    expectRefused(await whoami(world, authorization), 401, code, detail, wwwAuthenticate);
    expectRefused(await whoami(world, authorization, world.callers.owner), 401, code, detail, wwwAuthenticate);
  });
}

test("no credential at all is told which there are", async ({ world }) => {
  const detail = "Sign in, or send a credential in the Authorization header.";
  const reply = await world.send({}, "GET", "/v1/token");
  expectRefused(reply, 401, "unauthenticated", detail, 'apikey realm="latchkey", Bearer realm="latchkey"');
});

test("a revoked key is refused from the moment the answer says so", async ({ world }) => {
  const { id, key } = await newKey(world);
  await world.done(world.callers.owner, "DELETE", `/v1/keys/${id}`, { reason: "test" });
  const detail = "This API key was revoked.";
  expectRefused(await whoami(world, `apikey ${key}`), 401, "credential_revoked", detail, challenge(detail));
});

test("a key that revoked itself is refused", async ({ world }) => {
  const { key } = await newKey(world);
  expect((await world.send(world.apiKey(key), "DELETE", "/v1/token")).body.data).toMatchObject({ status: "revoked" });
  const detail = "This API key was revoked.";
  expectRefused(await whoami(world, `apikey ${key}`), 401, "credential_revoked", detail, challenge(detail));
});

test("a disabled key is refused until it is enabled", async ({ world }) => {
  const { id, key } = await newKey(world);
  await world.done(world.callers.owner, "PATCH", `/v1/keys/${id}`, { enabled: false });
  const detail = "This API key is disabled.";
  expectRefused(await whoami(world, `apikey ${key}`), 401, "credential_disabled", detail, challenge(detail));
  await world.done(world.callers.owner, "PATCH", `/v1/keys/${id}`, { enabled: true });
  expect((await whoami(world, `apikey ${key}`)).status).toBe(200);
});

test("a key of a disabled app is refused until the app is enabled", async ({ world }) => {
  const { app, key } = await newKey(world);
  await world.done(world.callers.owner, "PATCH", `/v1/apps/${app}`, { enabled: false });
  const detail = "The app of this API key is disabled.";
  expectRefused(await whoami(world, `apikey ${key}`), 401, "credential_disabled", detail, challenge(detail));
  await world.done(world.callers.owner, "PATCH", `/v1/apps/${app}`, { enabled: true });
  expect((await whoami(world, `apikey ${key}`)).status).toBe(200);
});

test("a key of a deleted app is refused", async ({ world }) => {
  const { app, key } = await newKey(world);
  await world.done(world.callers.owner, "DELETE", `/v1/apps/${app}`);
  const detail = "This API key was revoked.";
  expectRefused(await whoami(world, `apikey ${key}`), 401, "credential_revoked", detail, challenge(detail));
});

test("an expired key is refused", async ({ world }) => {
  const { key } = await newKey(world, { expiresAt: new Date(Date.now() + 1500).toISOString() });
  await expect.poll(async () => (await whoami(world, `apikey ${key}`)).status).toBe(401);
  const detail = "This API key has expired.";
  expectRefused(await whoami(world, `apikey ${key}`), 401, "credential_expired", detail, challenge(detail));
});

test("a key is refused before its time and works from then on", async ({ world }) => {
  const { id, key } = await newKey(world, { notBefore: "2099-01-01T00:00:00Z" });
  const detail = "This API key is not valid yet.";
  expectRefused(await whoami(world, `apikey ${key}`), 401, "credential_not_yet_valid", detail, challenge(detail));
  await world.done(world.callers.owner, "PATCH", `/v1/keys/${id}`, { notBefore: "2026-01-01T00:00:00Z" });
  expect((await whoami(world, `apikey ${key}`)).status).toBe(200);
});

test("a key is refused from another network, whatever address the client claims, and that is on the trail", async ({
  world,
}) => {
  const { id, key } = await newKey(world, { allowedCidrs: ["203.0.113.0/24", "2001:db8::/32"] });
  const detail = "This API key does not work from your network.";
  const reply = await whoami(world, `apikey ${key}`, { "x-forwarded-for": "203.0.113.9", "x-real-ip": "203.0.113.9" });
  const scope = challenge(detail).replace("invalid_token", "insufficient_scope");
  expectRefused(reply, 403, "network_not_allowed", detail, scope);
  const path = `/v1/audit-events?request=${reply.requestId}`;
  expect(await world.done(world.callers.owner, "GET", path)).toMatchObject([
    { action: "access.refused", actor: { type: "api_key", ZUID: id }, outcome: "denied", ip: "127.0.0.1" },
  ]);
});

test("after a rotation both values work; once it is finished the old one is refused", async ({ world }) => {
  const { id, key } = await newKey(world);
  const { owner } = world.callers;
  const { key: second } = await world.done(owner, "POST", `/v1/keys/${id}/rotations`, { overlapHours: 1 });
  expect((await whoami(world, `apikey ${key}`)).body.data).toMatchObject({ ZUID: id, version: 1 });
  expect((await whoami(world, `apikey ${second}`)).body.data).toMatchObject({ ZUID: id, version: 2, expiresAt: null });
  await world.done(owner, "PATCH", `/v1/keys/${id}/rotations/current`, { overlapHours: 0 });
  const detail = "This value of the API key was replaced and its overlap has ended.";
  expectRefused(await whoami(world, `apikey ${key}`), 401, "credential_revoked", detail, challenge(detail));
  expect((await whoami(world, `apikey ${second}`)).status).toBe(200);
});
