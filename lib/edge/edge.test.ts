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
