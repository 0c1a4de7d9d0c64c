import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { afterEach, expect, test } from "vitest";
import type { Answer, Answerer } from "@/lib/http/verification/answer";
import { answerInLane } from "./lane-answer";
import { type EdgeResponse, edgeResponse } from "./response";

let close: (() => void) | undefined;
afterEach(() => close?.());

/** The port of a server that answers every request in the lane. */
async function serve(answer: Answerer, fail: (thrown: unknown) => void): Promise<number> {
  const server = createServer(
    { ServerResponse: edgeResponse({ https: false, dev: false }) },
    (request: IncomingMessage, response: EdgeResponse) => answerInLane(request, response, answer, [], fail),
  );
  await once(server.listen(0, "127.0.0.1"), "listening");
  close = () => {
    server.closeAllConnections();
    server.close();
  };
  return (server.address() as AddressInfo).port;
}

test("a client that breaks off within its body has made a bad request, which is no fault of ours", async () => {
  const failures: unknown[] = [];
  const port = await serve(
    () => ({ status: 200, headers: {}, body: "" }),
    (thrown) => failures.push(thrown),
  );
  const socket = connect(port, "127.0.0.1");
  const head = `POST /v1/verify HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Length: 100\r\n\r\n`;
  socket.write(`${head}{`, () => socket.destroy());
  await expect.poll(() => failures).toMatchObject([{ code: "bad_request", status: 400 }]);
});

test("an answer that can neither be given nor be excused takes no other of its batch with it", async () => {
  const waiting: (() => void)[] = [];
  const port = await serve(
    ({ target }) =>
      new Promise((resolve) => {
        const headers: Answer["headers"] = target.endsWith("/broken") ? { "x-told": "two\nlines" } : {};
        waiting.push(() => resolve({ status: 200, headers, body: "" }));
      }),
    () => {
      throw new Error("It cannot be said either.");
    },
  );
  const ask = (target: string) => fetch(`http://127.0.0.1:${port}${target}`);
  const broken = ask("/auth/check/broken").catch(() => "cut off");
  await expect.poll(() => waiting).toHaveLength(1);
  const well = ask("/auth/check/well");
  await expect.poll(() => waiting).toHaveLength(2);
  for (const answer of waiting) answer();
  expect((await well).status).toBe(200);
  close?.();
  expect(await broken).toBe("cut off");
});
