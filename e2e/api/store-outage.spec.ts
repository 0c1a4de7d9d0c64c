import { openTcpProxy } from "../../lib/testing/tcp-proxy";
import { signInByHttp } from "../fixtures/api-client";
import { expect, test } from "../fixtures/server";
import { startServer } from "../fixtures/start-server";

const PROMISED_MS = 5_000;

test("while PostgreSQL is frozen every way in answers 503 in time and lets nobody through, and then goes on", async () => {
  test.skip(!process.env.DATABASE_URL, "the embedded store lives in the server's own process");
  test.setTimeout(120_000);
  let proxy: Awaited<ReturnType<typeof openTcpProxy>> | undefined;
  const databaseThrough = async (url: string) => (proxy = await openTcpProxy(url)).url;
  const server = await startServer({ seeded: true, settings: {}, databaseThrough });
  try {
    const owner = await signInByHttp(server.origin, server.seed.acme.people.owner);
    const app = await owner.call<{ ZUID: string }>("POST", "/v1/apps", { name: "Before" });
    const { data } = await owner.call<{ key: string }>("POST", `/v1/apps/${app.data.ZUID}/keys`, { name: "Key" });
    const key = { authorization: `apikey ${data.key}` };

    const ask = async (path: string, headers: Record<string, string>, method = "GET", body: string | null = null) => {
      const began = performance.now();
      const signal = AbortSignal.timeout(PROMISED_MS * 2);
      const answer = await fetch(server.origin + path, { method, headers, body, redirect: "manual", signal });
      await answer.arrayBuffer();
      return { path, status: answer.status, isInTime: performance.now() - began < PROMISED_MS };
    };
    const json = { ...owner.headers(), "content-type": "application/json" };
    const askAll = () =>
      Promise.all([
        ask("/readyz", {}),
        ask("/v1/token", key),
        ask("/v1/centers", key),
        ask("/v1/apps", owner.headers()),
        ask("/v1/apps", json, "POST", JSON.stringify({ name: "During" })),
        ask("/admin/setup/apps", owner.headers()),
        ask("/healthz", {}),
      ]);
    const answers = (status: number, created = status) =>
      [
        ["/readyz", status],
        ["/v1/token", status],
        ["/v1/centers", status],
        ["/v1/apps", status],
        ["/v1/apps", created],
        ["/admin/setup/apps", status],
        ["/healthz", 200],
      ].map(([path, expected]) => ({ path, status: expected, isInTime: true }));

    proxy?.freeze();
    for (let round = 0; round < 3; round++) expect(await askAll()).toEqual(answers(503));
    proxy?.thaw();
    await expect.poll(async () => (await ask("/readyz", {})).status, { timeout: 15_000 }).toBe(200);
    expect(await askAll()).toEqual(answers(200, 201));
    const { data: apps } = await owner.call<{ name: string }[]>("GET", "/v1/apps?q=During");
    expect(apps).toHaveLength(1);
  } finally {
    await server.dispose();
    proxy?.close();
  }
});
