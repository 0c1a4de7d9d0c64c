import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { env } from "@/lib/kernel/env";
import { createEdge } from "./edge";

test("a check of a proxy is not let pass by a server that is still starting, whatever its method", async () => {
  const edge = createEdge(env(), {}, false);
  await new Promise<void>((resolve) => edge.listen(0, "127.0.0.1", resolve));
  const { port } = edge.address() as AddressInfo;
  const statusOf = async (method: string, path: string) =>
    (await fetch(`http://127.0.0.1:${port}${path}`, { method })).status;
  try {
    for (const method of ["GET", "POST", "OPTIONS"])
      for (const path of ["/auth/check", "/auth/check/orders/7", "/auth/check?x=1"])
        expect([method, path, await statusOf(method, path)]).toEqual([method, path, 503]);
    expect(await statusOf("OPTIONS", "/v1/keys")).toBe(204);
  } finally {
    edge.closeAllConnections();
    edge.close();
  }
});
