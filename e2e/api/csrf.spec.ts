import { readRows, withoutTraces } from "../fixtures/rows";
import { isByLink, LINK_OPERATIONS } from "./link-operations";
import { isChange, methodOf, OPERATIONS, pathOf } from "./operations";
import { type Caller, expect, forEach, test, type World } from "./world";

/** What a browser says of a request that another site made it send; `{port}` is the console's. */
const FOREIGN: [what: string, headers: Caller][] = [
  ["another site", { origin: "https://evil.example" }],
  ["no origin at all", { origin: "null" }],
  ["a look-alike", { origin: "http://127.0.0.1:{port}.evil.example" }],
  ["a user part", { origin: "http://127.0.0.1:{port}@evil.example" }],
  ["another port", { origin: "http://127.0.0.1:1" }],
  ["another scheme", { origin: "https://127.0.0.1:{port}" }],
  ["another name of this machine", { origin: "http://localhost:{port}" }],
  ["a longer spelling", { origin: "http://127.0.0.1:{port}/" }],
  ["nobody", {}],
  ["cross-site", { "sec-fetch-site": "cross-site" }],
  ["same-site", { "sec-fetch-site": "same-site" }],
  ["cross-site with the right origin", { origin: "http://127.0.0.1:{port}", "sec-fetch-site": "cross-site" }],
  ["same-site with the right origin", { origin: "http://127.0.0.1:{port}", "sec-fetch-site": "same-site" }],
  ["same-origin with another origin", { origin: "https://evil.example", "sec-fetch-site": "same-origin" }],
  ["the address bar", { "sec-fetch-site": "none" }],
];

/** Who sends these is not looked at: they are done by who knows the code, link or password. */
const BY_NO_COOKIE = [
  "POST /v1/setup",
  "POST /auth/login",
  "POST /auth/verify-2fa",
  ...Object.keys(LINK_OPERATIONS).filter(isByLink),
];

const WRITES = [
  ...Object.keys(OPERATIONS).filter((operation) => isChange(operation) && !BY_NO_COOKIE.includes(operation)),
  "POST /api/auth/signout",
];

const headersOf = (world: World, given: Caller): Caller => ({
  cookie: world.callers.owner.cookie ?? "",
  ...Object.fromEntries(
    Object.entries(given).map(([name, value]) => [name, value.replace("{port}", String(world.server.port))]),
  ),
});

test("a write by cookie that another site could have sent is refused and changes nothing", async ({ world }) => {
  test.setTimeout(240_000);
  const target = await world.newRotatingTarget(world.callers.owner, world.target.instance);
  const before = await readRows(world.server);
  const attempts = WRITES.flatMap((operation) => FOREIGN.map(([what, given]) => ({ operation, what, given })));
  await forEach(attempts, async ({ operation, what, given }) => {
    const path = pathOf(operation, target);
    const body = OPERATIONS[operation]?.body?.(target) ?? {};
    const reply = await world.send(headersOf(world, given), methodOf(operation), path, body);
    // The vendors' envelopes have the status for a code.
    const code = /^\/(auth|v1\/tokens\/sessions)\//.test(path) ? 403 : "foreign_origin";
    expect([reply.status, reply.body.code], `${operation} from ${what}`).toEqual([403, code]);
  });
  expect(await readRows(world.server)).toEqual(before);
});

test("the console's own pages may write, by either header a browser sends", async ({ world }) => {
  const path = `/v1/apps/${world.target.app}`;
  const own: Caller[] = [
    { origin: "http://127.0.0.1:{port}" },
    { "sec-fetch-site": "same-origin" },
    { origin: "http://127.0.0.1:{port}", "sec-fetch-site": "same-origin" },
  ];
  for (const given of own) {
    const reply = await world.send(headersOf(world, given), "PATCH", path, {
      description: `by ${Object.keys(given).join()}`,
    });
    expect(reply.status).toBe(200);
  }
});

test("reading changes not one row, whoever reads and with whichever method", async ({ world }) => {
  test.setTimeout(240_000);
  const paths = Object.keys(OPERATIONS).map((operation) => pathOf(operation, world.target));
  const pages = ["/", "/sign-in", "/setup", "/audit", "/admin/setup/apps", "/healthz", "/readyz"];
  const { owner, auditor } = world.callers;
  const before = withoutTraces(await readRows(world.server));
  const reads = [...new Set([...paths, ...pages])].flatMap((path) =>
    ["GET", "HEAD", "OPTIONS"].map((method) => ({ path, method })),
  );
  await forEach(reads, async ({ path, method }) => {
    const reply = await world.send({ cookie: owner.cookie ?? "", "x-background": "1" }, method, path);
    expect(reply.status, `${method} ${path}`).toBeLessThan(500);
    await world.send({}, method, path);
  });
  expect((await world.send(auditor, "HEAD", "/v1/apps")).text).toBe("");
  expect(withoutTraces(await readRows(world.server))).toEqual(before);
});
