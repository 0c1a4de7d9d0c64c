import { expect, test } from "../fixtures/server";
import { startServer } from "../fixtures/start-server";
import { expectProblem, raw, request } from "./raw-http";

test.skip(process.env.DATABASE_URL !== undefined, "it is the same on every store");

const TOKEN = "0123456789abcdef0123456789abcdef";

test.use({ seeded: false, settings: { METRICS_TOKEN: TOKEN } });

test("a program of this machine reads what the process has counted, in Prometheus' text format", async ({ server }) => {
  const answer = await fetch(`${server.origin}/metrics`);
  expect([answer.status, answer.headers.get("content-type")]).toEqual([
    200,
    "text/plain; version=0.0.4; charset=utf-8",
  ]);
  expect(answer.headers.get("cache-control")).toBe("no-store");
  const lines = (await answer.text()).split("\n");
  expect(lines).toContain("latchkey_limiter_fallbacks_total 0");
  expect(lines).toContain("latchkey_limiter_shared 0");
  expect(lines).toContain("latchkey_revocation_wait_seconds_count 0");
  expect(lines.some((line) => /^latchkey_process_resident_memory_bytes \d+$/.test(line))).toBe(true);
  expect((await fetch(`${server.origin}/metrics`)).status).toBe(200);
});

for (const header of [
  "X-Forwarded-For: 127.0.0.1",
  "Forwarded: for=127.0.0.1",
  "X-Real-IP: 127.0.0.1",
  "X-Forwarded-Proto: https",
  "X-Forwarded-Host: 127.0.0.1",
  "Via: 1.1 proxy",
]) {
  test(`who comes through a proxy (${header}) finds nothing there without the token`, async ({ server }) => {
    expectProblem(await raw(server.port, request(server.port, "GET /metrics", header)), 404, "not_found");
    const bearing = request(server.port, "GET /metrics", header, `Authorization: bearer ${TOKEN}`);
    expect((await raw(server.port, bearing)).status).toBe(200);
  });
}

for (const [what, value] of [
  ["a token cut short", `bearer ${TOKEN.slice(1)}`],
  ["a longer token", `bearer ${TOKEN}0`],
  ["another case", `bearer ${TOKEN.toUpperCase()}`],
  ["another scheme", `apikey ${TOKEN}`],
  ["no token", "bearer "],
] as const) {
  test(`${what} opens nothing`, async ({ server }) => {
    const asked = request(server.port, "GET /metrics", "Via: 1.1 proxy", `Authorization: ${value}`);
    expectProblem(await raw(server.port, asked), 404, "not_found");
  });
}

test("the token is answered at the address of the process, whatever the console is called; others are not", async ({
  server,
}) => {
  const asked = (...headers: string[]) =>
    raw(server.port, ["GET /metrics HTTP/1.1", "Host: 10.0.0.5", ...headers, "Connection: close", "", ""].join("\r\n"));
  expect((await asked(`Authorization: Bearer ${TOKEN}`)).status).toBe(200);
  expectProblem(await asked(), 421, "misdirected");
});

test("metrics are read and nothing else", async ({ server }) => {
  expectProblem(
    await raw(server.port, request(server.port, "POST /metrics", "Content-Length: 0")),
    405,
    "method_not_allowed",
  );
  const head = await fetch(`${server.origin}/metrics`, { method: "HEAD" });
  expect([head.status, await head.text()]).toEqual([200, ""]);
});

test("behind a proxy of this machine that says nothing of those it asks for there is nothing, and no token by default", async () => {
  const server = await startServer({ seeded: false, settings: { TRUSTED_PROXIES: "127.0.0.1" } });
  try {
    for (const headers of [[], ["Authorization: bearer undefined"], [`Authorization: bearer ${TOKEN}`]]) {
      expectProblem(await raw(server.port, request(server.port, "GET /metrics", ...headers)), 404, "not_found");
    }
  } finally {
    await server.dispose();
  }
});
