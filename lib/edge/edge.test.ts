import { once } from "node:events";
import { connect, type AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { env } from "@/lib/kernel/env";
import { type Backend, createEdge } from "./edge";

async function withEdge(backend: Backend, work: (port: number, edge: ReturnType<typeof createEdge>) => Promise<void>) {
  const edge = createEdge(env(), backend, false);
  await new Promise<void>((resolve) => edge.listen(0, "127.0.0.1", resolve));
  try {
    await work((edge.address() as AddressInfo).port, edge);
  } finally {
    edge.closeAllConnections();
    edge.close();
  }
}

test("a check of a proxy is not let pass by a server that is still starting, whatever its method", async () => {
  await withEdge({}, async (port) => {
    const statusOf = async (method: string, path: string) =>
      (await fetch(`http://127.0.0.1:${port}${path}`, { method })).status;
    for (const method of ["GET", "POST", "OPTIONS"])
      for (const path of ["/auth/check", "/auth/check/orders/7", "/auth/check?x=1"])
        expect([method, path, await statusOf(method, path)]).toEqual([method, path, 503]);
    expect(await statusOf("OPTIONS", "/v1/keys")).toBe(204);
  });
});

test("a method that an address does not have is answered with those that it has, and OPTIONS likewise", async () => {
  // As Next does it: without a word of what is allowed.
  const next: Backend["next"] = (_, response) => Promise.resolve(void response.writeHead(405).end());
  await withEdge({ next }, async (port) => {
    const allowOf = async (method: string, path: string) => {
      const { status, headers } = await fetch(`http://127.0.0.1:${port}${path}`, { method });
      return [status, headers.get("allow")];
    };
    expect(await allowOf("GET", "/v1/setup")).toEqual([405, "POST, OPTIONS"]);
    expect(await allowOf("DELETE", "/v1/apps?q=1")).toEqual([405, "GET, HEAD, POST, OPTIONS"]);
    expect(await allowOf("PUT", "/v1/verify")).toEqual([405, "POST, OPTIONS"]);
    expect(await allowOf("GET", "/v1/sessions/current/proof")).toEqual([405, "POST, OPTIONS"]);
    expect(await allowOf("POST", "/v1/sessions/current")).toEqual([405, "GET, HEAD, OPTIONS"]);
    expect(await allowOf("POST", "/v1/sessions/58-1")).toEqual([405, "DELETE, OPTIONS"]);
    expect(await allowOf("POST", "/sign-in")).toEqual([405, "GET, HEAD, OPTIONS"]);
    expect(await allowOf("PROPFIND", "/v1/usage")).toEqual([405, "GET, HEAD, OPTIONS"]);
    expect(await allowOf("OPTIONS", "/v1/apps")).toEqual([204, "GET, HEAD, POST, OPTIONS"]);
    const tunnel = connect(port, "127.0.0.1").setEncoding("utf8");
    tunnel.write("CONNECT example.com:443 HTTP/1.1\r\nHost: example.com\r\n\r\n");
    expect(String(await once(tunnel, "data"))).toContain("\r\nallow: GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS\r\n");
  });
});

test.each(["/auth/login", "/auth/verify-2fa", "/api/auth/callback/credentials", "/v1/tokens"])(
  "hundreds that send their sign-in to %s slowly keep nobody from signing in",
  async (path) => {
    const next: Backend["next"] = (_, response) => Promise.resolve(void response.end("served"));
    await withEdge({ next }, async (port, edge) => {
      let begun = 0;
      edge.on("request", () => (begun += 1));
      const slow = await Promise.all(
        Array.from({ length: 200 }, async () => {
          const socket = connect(port, "127.0.0.1").on("error", () => undefined);
          await once(socket, "connect");
          socket.write(`POST ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Length: 9\r\n\r\nx`);
          return socket;
        }),
      );
      await expect.poll(() => begun, { timeout: 10_000 }).toBe(200);
      const answer = await fetch(`http://127.0.0.1:${port}${path}`, { method: "POST", body: "{}" });
      expect([answer.status, await answer.text()]).toEqual([200, "served"]);
      for (const socket of slow) socket.destroy();
    });
  },
);

test("a sign-in gives its place back when it is answered, though its connection keeps the answer back", async () => {
  // As Next does it: what was ended is waited for until it is sent.
  const next: Backend["next"] = (request, response) => {
    if (request.url !== "/v1/slow") response.end("served");
    return new Promise((resolve) => response.on("close", resolve));
  };
  await withEdge({ next }, async (port, edge) => {
    const post = () => fetch(`http://127.0.0.1:${port}/auth/login`, { method: "POST", body: "{}" });
    const begun: (string | undefined)[] = [];
    edge.on("request", ({ url }) => void begun.push(url));
    const socket = connect(port, "127.0.0.1").on("error", () => undefined);
    const requestTo = (line: string) => `${line} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Length: 2\r\n\r\n{}`;
    socket.write(requestTo("POST /v1/slow") + requestTo("POST /auth/login").repeat(32));
    await expect.poll(() => begun.length).toBe(33);
    expect((await post()).status).toBe(200);
    socket.destroy();
    expect((await post()).status).toBe(200);
  });
});
