import { connect } from "node:net";
import { expect, test } from "../fixtures/server";
import { expectProblem, raw, request } from "./raw-http";

/** Starts without an organization: nothing here needs one. */
test.use({ seeded: false });

const REFUSED: [what: string, line: string, headers: string[], status: number, code: string][] = [
  ["TRACE", "TRACE /healthz", [], 405, "method_not_allowed"],
  ["CONNECT", "CONNECT example.com:443", [], 405, "method_not_allowed"],
  ["a method nobody knows", "PROPFIND /healthz", [], 405, "method_not_allowed"],
  ["a broken percent escape", "GET /%", [], 400, "bad_request"],
  ["an overlong encoding", "GET /%c0%af", [], 400, "bad_request"],
  ["an encoded NUL", "GET /%00", [], 400, "bad_request"],
  ["an encoded NUL in the query", "GET /?q=%00", [], 400, "bad_request"],
  ["a backslash", "GET /a\\b", [], 400, "bad_request"],
  ["an encoded backslash", "GET /a%5cb", [], 400, "bad_request"],
  ["an empty segment", "GET //evil.example/", [], 400, "bad_request"],
  ["a dot segment", "GET /v1/../auth", [], 400, "bad_request"],
  ["an encoded dot segment", "GET /v1/%2e%2e/auth", [], 400, "bad_request"],
  ["the absolute form", "GET http://127.0.0.1/healthz", [], 400, "bad_request"],
  ["an address of 9,000 characters", `GET /${"a".repeat(9000)}`, [], 400, "bad_request"],
  ["headers of 20,000 characters", "GET /healthz", [`X-Long: ${"a".repeat(20_000)}`], 400, "bad_request"],
  ["an upgrade", "GET /healthz", ["Connection: Upgrade", "Upgrade: websocket"], 400, "bad_request"],
  ["a second Host", "GET /healthz", ["Host: 127.0.0.1"], 400, "bad_request"],
  ["a server action", "POST /", ["Next-Action: 7f", "Content-Length: 0"], 400, "bad_request"],
  ["a router state Next cannot parse", "GET /", ["RSC: 1", "Next-Router-State-Tree: x"], 400, "bad_request"],
  [
    "two credentials",
    "GET /v1/token",
    ["Authorization: apikey a", "Authorization: bearer b"],
    400,
    "ambiguous_credentials",
  ],
  [
    "a form posted to a page",
    "POST /",
    ["Content-Type: multipart/form-data", "Content-Length: 0"],
    405,
    "method_not_allowed",
  ],
  ["a body on a GET", "GET /healthz", ["Content-Length: 1"], 400, "bad_request"],
  ["two lengths", "POST /v1/x", ["Content-Length: 1", "Content-Length: 2"], 400, "bad_request"],
  ["a length and chunks", "POST /v1/x", ["Content-Length: 1", "Transfer-Encoding: chunked"], 400, "bad_request"],
  ["a compressed transfer", "POST /v1/x", ["Transfer-Encoding: gzip, chunked"], 400, "bad_request"],
  ["a declared body of 12 MB", "POST /v1/apps", ["Content-Length: 12582912"], 413, "body_too_large"],
  ["the image optimizer", "GET /_next/image?url=/icon.svg&w=16&q=75", [], 404, "not_found"],
  ["the page data endpoint", "GET /_next/data/x/index.json", [], 404, "not_found"],
  ["next-auth's log", "POST /api/auth/_log", ["Content-Length: 0"], 404, "not_found"],
  ["next-auth's own pages", "GET /api/auth/signin", [], 404, "not_found"],
  ["an unknown API address", "GET /v1/nothing-here", [], 404, "not_found"],
];

test("a method that a route does not have is answered with those that it has", async ({ server }) => {
  const allowedFor = async (method: string, path: string) => {
    const { status, headers } = await fetch(`${server.origin}${path}`, { method });
    return [status, headers.get("allow"), headers.get("content-type")];
  };
  const problem = "application/problem+json";
  expect(await allowedFor("GET", "/v1/setup")).toEqual([405, "POST, OPTIONS", problem]);
  expect(await allowedFor("DELETE", "/v1/apps")).toEqual([405, "GET, HEAD, POST, OPTIONS", problem]);
  expect(await allowedFor("PUT", "/v1/verify")).toEqual([405, "POST, OPTIONS", problem]);
  expect(await allowedFor("GET", "/oauth/revoke")).toEqual([405, "POST, OPTIONS", problem]);
  expect(await allowedFor("OPTIONS", "/v1/apps")).toEqual([204, "GET, HEAD, POST, OPTIONS", null]);
});

for (const [what, line, headers, status, code] of REFUSED) {
  test(`refuses ${what} with ${status}`, async ({ server }) => {
    expectProblem(await raw(server.port, request(server.port, line, ...headers)), status, code);
  });
}

for (const host of [
  "evil.example",
  "127.0.0.1",
  "127.0.0.1:1",
  "localhost.evil.example",
  "127.0.0.1:80@evil.example",
]) {
  test(`does not answer for the host ${host}`, async ({ server }) => {
    expectProblem(
      await raw(server.port, `GET /healthz HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`),
      421,
      "misdirected",
    );
  });
}

test("refuses a request without a Host", async ({ server }) => {
  expectProblem(await raw(server.port, "GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n"), 400, "bad_request");
  expectProblem(await raw(server.port, "GET /healthz HTTP/1.0\r\n\r\n"), 400, "bad_request");
});

test("answers bytes that are no HTTP with 400", async ({ server }) => {
  expectProblem(await raw(server.port, "\x16\x03\x01\x02\x00\r\n\r\n"), 400, "bad_request");
});

test("cuts a body off at 1 MB also when it comes in chunks", async ({ server }) => {
  const close = request(server.port, "POST /v1/apps", "Transfer-Encoding: chunked", "Content-Type: application/json");
  // On a connection to be closed the system may drop the answer together with the bytes nobody read.
  const head = close.replace("Connection: close", "Connection: keep-alive");
  const chunk = `10000\r\n${"a".repeat(65_536)}\r\n`;
  expectProblem(await raw(server.port, head + chunk.repeat(192)), 413, "body_too_large");
});

test("survives connections that are reset right after asking it to be a proxy", async ({ server }) => {
  for (let turn = 0; turn < 20; turn++) {
    const socket = connect(server.port, "127.0.0.1").on("error", () => undefined);
    await new Promise<void>((sent) => socket.write("CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n", () => sent()));
    socket.resetAndDestroy();
  }
  expect((await fetch(`${server.origin}/healthz`)).status).toBe(200);
});

test("cuts a client off that sends its headers slowly", async ({ server }) => {
  const began = Date.now();
  const answer = await raw(server.port, "GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ");
  expectProblem(answer, 408, "request_timeout");
  expect(Date.now() - began).toBeLessThan(15_000);
});

test("cuts a client off that sends its body slowly", async ({ server }) => {
  test.skip(server.databaseUrl !== undefined, "it is the same on every store");
  const head = request(server.port, "POST /v1/apps", "Content-Type: application/json", "Content-Length: 100");
  expectProblem(await raw(server.port, `${head}{`), 408, "request_timeout");
});

test("tells the proxy and the probe how it is", async ({ server }) => {
  const alive = await fetch(`${server.origin}/healthz`);
  expect([alive.status, await alive.json()]).toEqual([200, { status: "alive" }]);
  const ready = await fetch(`${server.origin}/readyz`);
  expect([ready.status, await ready.json()]).toEqual([
    200,
    { status: "ready", store: "answers", migrations: "applied", lease: "held" },
  ]);
});
