import { expect, fresh, type Reply, test, type World } from "./world";

/** Well formed and right to the last character, but nobody's. */
const UNKNOWN = "lkt_NobodyEverGotThisKey0123456789abcdef2Vs7ck";
const MALFORMED = `${UNKNOWN.slice(0, -1)}0`;
const KEY_SHAPED = `lkk_${UNKNOWN.slice(4)}`;

const OTHER = "An API key is sent as `Authorization: apikey <key>`.";
const NO_TOKEN = `This is no access token of this product, or a character of it is wrong. ${OTHER}`;
const BOTH = 'apikey realm="latchkey", Bearer realm="latchkey"';
const challenge = (description: string) =>
  `Bearer realm="latchkey", error="invalid_token", error_description="${description}"`;

/** The exact answer: status, code, detail and challenge. */
function expectRefused(reply: Reply, status: number, code: string, detail: string, wwwAuthenticate: string | null) {
  expect(reply.body).toMatchObject({ type: `/problems/${code}`, status, code, detail, message: detail, data: {} });
  expect(reply.status).toBe(status);
  expect(reply.headers.get("www-authenticate")).toBe(wwwAuthenticate);
  expect(reply.headers.get("content-type")).toBe("application/problem+json");
  expect(reply.headers.get("cache-control")).toBe("no-store");
}

const whoami = (world: World, authorization: string, headers = {}) =>
  world.send({ ...headers, authorization }, "GET", "/v1/token");

/** A token of the instance with the Publisher's role. */
async function newToken(world: World, input: object = {}) {
  const { publisherRole, instance } = world.target;
  const { ZUID: id = "", token = "" } = await world.newToken(world.callers.owner, publisherRole, instance, input);
  return { id, token };
}

for (const scheme of ["Bearer", "bearer", "BEARER"]) {
  test(`the scheme ${scheme} opens with a token, which is told what it is`, async ({ world }) => {
    const reply = await whoami(world, `${scheme} ${world.target.tokenValue}`);
    expect(reply.status).toBe(200);
    expect(reply.body.data).toMatchObject({
      kind: "access_token",
      ZUID: world.target.token,
      version: 1,
      role: { ZUID: world.target.publisherRole, name: "Publisher" },
      instance: { ZUID: world.target.instance },
    });
  });
}

const CONSTANT: [what: string, authorization: string, code: string, detail: string, challenge: string][] = [
  ["a token with a wrong checksum", `Bearer ${MALFORMED}`, "credential_malformed", NO_TOKEN, challenge(NO_TOKEN)],
  ["what is no token", "Bearer letmein", "credential_malformed", NO_TOKEN, challenge(NO_TOKEN)],
  ["a key sent as a token", `Bearer ${KEY_SHAPED}`, "credential_malformed", NO_TOKEN, challenge(NO_TOKEN)],
  [
    "a token nobody has",
    `Bearer ${UNKNOWN}`,
    "credential_unknown",
    "No access token has this value.",
    challenge("No access token has this value."),
  ],
  [
    "a scheme that is not ours",
    `Token ${UNKNOWN}`,
    "unauthenticated",
    "The scheme Token is not known here; use apikey or bearer.",
    BOTH,
  ],
];

for (const [what, authorization, code, detail, wwwAuthenticate] of CONSTANT) {
  test(`${what} is refused, and never falls back to a good cookie`, async ({ world }) => {
    expectRefused(await whoami(world, authorization), 401, code, detail, wwwAuthenticate);
    expectRefused(await whoami(world, authorization, world.callers.owner), 401, code, detail, wwwAuthenticate);
  });
}

test("a revoked token is refused from the moment the answer says so", async ({ world }) => {
  const { id, token } = await newToken(world);
  await world.done(world.callers.owner, "DELETE", `/v1/tokens/${id}`, { reason: "test" });
  const detail = "This access token was revoked.";
  expectRefused(await whoami(world, `bearer ${token}`), 401, "credential_revoked", detail, challenge(detail));
});

test("a token that revoked itself is refused, and the trail names it and no person", async ({ world }) => {
  const name = fresh("Nightly");
  const { id, token } = await newToken(world, { name });
  const revoked = await world.send(world.bearer(token), "DELETE", "/v1/token");
  expect(revoked.body.data).toMatchObject({ ZUID: id, status: "revoked", revokedByName: name });
  const detail = "This access token was revoked.";
  expectRefused(await whoami(world, `bearer ${token}`), 401, "credential_revoked", detail, challenge(detail));
  const path = `/v1/audit-events?request=${revoked.requestId}`;
  expect(await world.done(world.callers.owner, "GET", path)).toMatchObject([
    { action: "token.revoked", actor: { type: "access_token", ZUID: id, name }, outcome: "allowed" },
  ]);
});

test("a token is refused from another network, whatever address the client claims", async ({ world }) => {
  const { token } = await newToken(world, { allowedCidrs: ["203.0.113.0/24"] });
  const detail = "This access token does not work from your network.";
  const reply = await whoami(world, `bearer ${token}`, { "x-forwarded-for": "203.0.113.9" });
  const scope = challenge(detail).replace("invalid_token", "insufficient_scope");
  expectRefused(reply, 403, "network_not_allowed", detail, scope);
});

test("a token over its rate limit is told when to come back", async ({ world }) => {
  const { token } = await newToken(world, { rateLimit: { requests: 1, seconds: 60 } });
  expect((await whoami(world, `bearer ${token}`)).headers.get("organization-ratelimit-limit")).toBe("1;w=60;b=1");
  const reply = await whoami(world, `bearer ${token}`);
  const detail = "This access token may make 1 requests per 60 seconds.";
  expectRefused(reply, 429, "too_many_requests", detail, null);
  expect(Number(reply.headers.get("retry-after"))).toBeGreaterThan(0);
});

test("after a rotation both values work; once it is finished the old one is refused", async ({ world }) => {
  const { id, token } = await newToken(world);
  const { owner } = world.callers;
  const { token: second } = await world.done(owner, "POST", `/v1/tokens/${id}/rotations`, { overlapHours: 1 });
  expect((await whoami(world, `bearer ${token}`)).body.data).toMatchObject({ ZUID: id, version: 1 });
  expect((await whoami(world, `bearer ${second}`)).body.data).toMatchObject({ ZUID: id, version: 2 });
  await world.done(owner, "PATCH", `/v1/tokens/${id}/rotations/current`, { overlapHours: 0 });
  const detail = "This value of the access token was replaced and its overlap has ended.";
  expectRefused(await whoami(world, `bearer ${token}`), 401, "credential_revoked", detail, challenge(detail));
  expect((await whoami(world, `bearer ${second}`)).status).toBe(200);
});

test("renewing keeps the value and takes no fields beside it", async ({ world }) => {
  const { id, token } = await newToken(world, { expiresInDays: 1 });
  const { owner } = world.callers;
  const { expiry = "" } = await world.done(owner, "PUT", `/v1/tokens/${id}?action=renew`, {});
  expect(Math.round((Date.parse(expiry) - Date.now()) / 86_400_000)).toBe(90);
  expect((await whoami(world, `bearer ${token}`)).status).toBe(200);
  const both = await world.send(owner, "PUT", `/v1/tokens/${id}?action=renew`, { name: fresh("Token") });
  expect([both.status, both.body.code]).toEqual([422, "invalid_input"]);
  expect((await world.send(owner, "PUT", `/v1/tokens/${id}?action=prolong`, {})).status).toBe(422);
});

test("who issues a role beyond their own is told what they lack", async ({ world }) => {
  const { acme } = world.server.seed;
  const body = { name: fresh("Token"), roleZUID: acme.roleIds.owner, instanceZUID: acme.instanceId };
  const reply = await world.send(world.callers.admin, "POST", "/v1/tokens", body);
  expect([reply.status, reply.body.code]).toEqual([403, "forbidden"]);
  expect(reply.body.missingPermissions).toEqual(["users:delete", "users:super", "roles:super"]);
});
