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
