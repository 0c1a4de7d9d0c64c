import { raw, request } from "./raw-http";
import { verification } from "./verification";
import { type Caller, expect, test, type World } from "./world";

const UNKNOWN_VALUE = "lkk_NobodyEverGotThisKey0123456789abcdef2Vs7ck";
const ANY_SCHEME = 'apikey realm="latchkey", Bearer realm="latchkey"';
const invalid = (scheme: string, description: string) =>
  `${scheme} realm="latchkey", error="invalid_token", error_description="${description}"`;

const check = (world: World, headers: Caller, method = "GET", path = "/auth/check") =>
  world.send(headers, method, path);
const challengeOf = (reply: { headers: Headers }) => reply.headers.get("www-authenticate");

test("an accepted credential is told in headers, with an empty body, for whatever method", async ({ world }) => {
  const { newToken } = verification(world);
  const token = await newToken({ name: "Bot für alles" });
  for (const method of ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD"]) {
    const { status, text, headers } = await check(world, world.bearer(token.value), method);
    expect([method, status, text]).toEqual([method, 200, ""]);
    expect(Object.fromEntries(headers)).toMatchObject({
      "x-credential-id": token.id,
      "x-credential-name": "Bot f%C3%BCr alles",
      "x-credential-kind": "access_token",
      "x-role": "Publisher",
      "x-instance": world.target.instance,
      "x-permissions": expect.stringContaining("content:publish"),
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
      "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
      "x-request-id": expect.stringMatching(/^req_[0-9A-Za-z]{20}$/),
    });
  }
});

test("methods of other protocols are checked like any other; TRACE is not", async ({ world }) => {
  const { port } = world.server;
  const authorization = `Authorization: apikey ${world.target.value}`;
  for (const method of ["PROPFIND", "MKCOL", "SEARCH", "PURGE"])
    expect([method, (await raw(port, request(port, `${method} /auth/check`, authorization))).status]).toEqual([
      method,
      200,
    ]);
  expect((await raw(port, request(port, "TRACE /auth/check", authorization))).status).toBe(405);
  expect((await raw(port, request(port, "PROPFIND /v1/apps", authorization))).status).toBe(405);
});

test("OPTIONS is checked too when it is not sent plainly", async ({ world }) => {
  const { port } = world.server;
  const expecting = "Expect: 100-continue";
  expect((await raw(port, request(port, "OPTIONS /auth/check", expecting))).status).toBe(401);
  const right = `Authorization: apikey ${world.target.value}`;
  expect((await raw(port, request(port, "OPTIONS /auth/check", expecting, right))).status).toBe(200);
});

test("a proxy may append the address it was asked for, and may pass on that a body follows", async ({ world }) => {
  const { apiKey, target } = world;
  for (const path of ["/auth/check/", "/auth/check/orders/7?page=2&key=7", "/auth/check?x=1"])
    expect([path, (await check(world, apiKey(target.value), "GET", path)).status]).toEqual([path, 200]);
  expect((await world.send(apiKey(target.value), "POST", "/auth/check", { any: "body" })).status).toBe(200);
  expect((await check(world, apiKey(target.value), "GET", "/auth/checks")).status).toBe(404);
});

test("a refusal says why and how, as RFC 6750 has it", async ({ world }) => {
  const { newToken, newKey } = verification(world);
  const { value } = await newToken();
  const bound = await newKey({ allowedCidrs: ["192.0.2.0/24"] });
  const instance = "8-19d41b7f2a0-zzzzzzzz";
  const cases: [what: string, headers: Caller, status: number, challenge: string | null][] = [
    ["nothing", {}, 401, ANY_SCHEME],
    ["a cookie", { cookie: world.callers.owner.cookie ?? "" }, 401, ANY_SCHEME],
    ["another scheme", { authorization: "Basic YTpi" }, 401, ANY_SCHEME],
    ["no credential", { authorization: "apikey" }, 400, null],
    ["two in one header", { authorization: `apikey ${value}, bearer ${value}` }, 400, null],
    [
      "the wrong scheme",
      { authorization: `apikey ${value}` },
      401,
      invalid("apikey", "This is no credential of this product for this scheme, or a character of it is wrong."),
    ],
    [
      "a value nobody has",
      { authorization: `apikey ${UNKNOWN_VALUE}` },
      401,
      invalid("apikey", "No credential has this value."),
    ],
    ["a revoked token", world.callers["revoked token"], 401, invalid("Bearer", "This access token was revoked.")],
    [
      "a missing permission",
      { ...world.bearer(value), "x-required-permission": "content:read, code:delete users:grant" },
      403,
      'Bearer realm="latchkey", error="insufficient_scope", error_description="It lacks code:delete, users:grant.", scope="content:read code:delete users:grant"',
    ],
    ["a permission that is none", { ...world.bearer(value), "x-required-permission": '"everything' }, 400, null],
    ["a list of none", { ...world.bearer(value), "x-required-permission": "," }, 400, null],
    [
      "another instance",
      { ...world.bearer(value), "x-instance": instance },
      403,
      'Bearer realm="latchkey", error="insufficient_scope", error_description="This access token belongs to another instance."',
    ],
    [
      "another network",
      world.apiKey(bound.value),
      403,
      'apikey realm="latchkey", error="insufficient_scope", error_description="This API key does not work from your network."',
    ],
  ];
  for (const [what, headers, status, challenge] of cases) {
    for (let turn = 0; turn < 2; turn++) {
      const reply = await check(world, headers);
      expect([what, reply.status, challengeOf(reply)]).toEqual([what, status, challenge]);
      expect(reply.headers.get("x-credential-id")).toBeNull();
      expect(reply.headers.get("content-type")).toBe("application/problem+json");
    }
  }
});

test("over its rate a credential is refused with the time to wait", async ({ world }) => {
  const { value } = await verification(world).newKey({ rateLimit: { requests: 1, seconds: 3600 } });
  const first = await check(world, world.apiKey(value));
  expect([first.status, first.headers.get("ratelimit-remaining")]).toEqual([200, "0"]);
  const second = await check(world, world.apiKey(value));
  expect(second.status).toBe(429);
  expect(Number(second.headers.get("retry-after"))).toBeGreaterThan(3500);
  expect(second.headers.get("organization-ratelimit-limit")).toBe("1;w=3600;b=1");
});

test("only the deployment's own organization is known, unless the proxy names another", async ({ world }) => {
  const { foreign, target, apiKey, server } = world;
  const ask = async (value: string, organization?: string) =>
    (await check(world, { ...apiKey(value), ...(organization && { "x-organization": organization }) })).status;
  expect([await ask(target.value), await ask(target.value, server.seed.acme.accountName)]).toEqual([200, 200]);
  expect([await ask(foreign.value), await ask(foreign.value, server.seed.acme.accountName)]).toEqual([401, 401]);
  expect([await ask(foreign.value, server.seed.globex.accountName), await ask(target.value, "nobody")]).toEqual([
    200, 401,
  ]);
  const told = async (value: string) => {
    const { text, requestId } = await check(world, apiKey(value));
    return text.replaceAll(requestId, "").replace(/"timestamp":"[^"]+"/, "");
  };
  expect(await told(foreign.value)).toBe(await told(UNKNOWN_VALUE));
});

test("a credential in the address is refused wherever a proxy puts the address, and is not logged", async ({
  world,
}) => {
  const { value } = await verification(world).newKey();
  const asked = [
    await check(world, world.apiKey(value), "GET", `/auth/check?x=${value}`),
    await check(world, world.apiKey(value), "GET", `/auth/check/${value}`),
    ...(await Promise.all(
      ["x-original-uri", "x-forwarded-uri"].map((name) =>
        check(world, { ...world.apiKey(value), [name]: `/orders?token=${value}` }),
      ),
    )),
  ];
  for (const { status, body } of asked) expect([status, body.code]).toEqual([400, "ambiguous_credentials"]);
  await expect
    .poll(() => world.server.logs().filter((line) => line.includes(asked[1]?.requestId ?? "")))
    .toHaveLength(1);
  expect(world.server.logs().filter((line) => line.includes(value))).toEqual([]);
});

test("two Authorization headers are refused, the right one first or last", async ({ world }) => {
  const { port } = world.server;
  const right = `Authorization: apikey ${world.target.value}`;
  for (const headers of [
    [right, "Authorization: apikey wrong"],
    ["Authorization: apikey wrong", right],
  ])
    expect((await raw(port, request(port, "GET /auth/check", ...headers))).status).toBe(400);
  expect((await raw(port, request(port, "GET /auth/check", right, "Host: evil.example"))).status).toBe(400);
  const other = `GET /auth/check HTTP/1.1\r\nHost: evil.example\r\n${right}\r\nConnection: close\r\n\r\n`;
  expect((await raw(port, other)).status).toBe(421);
});

test("a request that is not sent plainly gets the same answer, from the route handler", async ({ world }) => {
  const { port } = world.server;
  const body = JSON.stringify({ credential: world.target.value });
  const by = `Authorization: apikey ${world.target.value}`;
  const type = "Content-Type: application/json";
  const whole = await raw(port, request(port, "POST /v1/verify", by, type, `Content-Length: ${body.length}`) + body);
  const chunked = await raw(
    port,
    `${request(port, "POST /v1/verify", by, type, "Transfer-Encoding: chunked")}${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`,
  );
  const dataOf = (text: string) => (JSON.parse(/\{.*\}/s.exec(text)?.[0] ?? "{}") as { data: unknown }).data;
  expect([whole.status, chunked.status]).toEqual([200, 200]);
  expect(dataOf(chunked.body)).toEqual(dataOf(whole.body));
  expect(dataOf(whole.body)).toMatchObject({ valid: true, code: "VALID" });
});
