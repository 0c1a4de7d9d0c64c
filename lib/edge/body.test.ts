import { once } from "node:events";
import { createServer } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readBody } from "./body";

const BYTES = 1_048_576;

const server = createServer((request, response) =>
  readBody(
    request,
    (chunks) => response.end(String(Buffer.concat(chunks).length)),
    ({ code, status }) => response.writeHead(status, { connection: "close" }).end(code),
  ),
);
let port: number;
beforeAll(async () => {
  await once(server.listen(0, "127.0.0.1"), "listening");
  port = (server.address() as AddressInfo).port;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const send = async (length: number) =>
  (await fetch(`http://127.0.0.1:${port}`, { method: "POST", body: "x".repeat(length) })).text();

/** A request of which something is missing, and what it is answered all the same. */
async function sendMost(body: string): Promise<{ socket: Socket; answer: () => string }> {
  const socket = connect(port, "127.0.0.1").on("error", () => undefined);
  let answer = "";
  socket.on("data", (data) => (answer += data.toString()));
  await once(socket, "connect");
  socket.write(`POST / HTTP/1.1\r\nHost: a\r\n${body}`);
  return { socket, answer: () => answer };
}

const large = `Content-Length: ${BYTES}\r\n\r\n${"x".repeat(BYTES - 1)}`;

test("a body may have a megabyte", async () => {
  expect([await send(BYTES), await send(BYTES + 1)]).toEqual([String(BYTES), "body_too_large"]);
});

test("large bodies that are sent slowly have 64 megabytes together; small ones always find room", async () => {
  const slow = await Promise.all(Array.from({ length: 70 }, () => sendMost(large)));
  const refused = () => slow.filter(({ answer }) => answer().includes("busy")).length;
  await expect.poll(refused).toBeGreaterThan(4);
  expect(refused()).toBeLessThan(8);
  expect([await send(BYTES), await send(10_000)]).toEqual(["busy", "10000"]);
  for (const { socket } of slow) socket.destroy();
  await expect.poll(() => send(BYTES)).toBe(String(BYTES));
});

test("a body in tiny pieces takes the room that it takes in memory", async () => {
  const inPieces = `Transfer-Encoding: chunked\r\n\r\n${"1\r\nx\r\n".repeat(100_000)}`;
  const slow = await Promise.all(Array.from({ length: 5 }, () => sendMost(inPieces)));
  const refused = () => slow.filter(({ answer }) => answer().includes("busy")).length;
  await expect.poll(refused, { timeout: 20_000 }).toBeGreaterThan(0);
  for (const { socket } of slow) socket.destroy();
  await expect.poll(() => send(BYTES)).toBe(String(BYTES));
});
