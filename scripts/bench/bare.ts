import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

// The reference: what Node itself can answer when nothing is checked. A form is parsed as ours is; the answer is constant.
const BODY = JSON.stringify({ active: true });
const HEAD = { "content-type": "application/json", "content-length": Buffer.byteLength(BODY) };

const server = createServer((request, response) => {
  if (request.method === "GET") {
    response.writeHead(200, HEAD).end(BODY);
    return;
  }
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    const token = new URLSearchParams(Buffer.concat(chunks).toString()).get("token");
    response.writeHead(token ? 200 : 400, HEAD).end(BODY);
  });
});
server.listen(0, "127.0.0.1", () => {
  process.stdout.write(`${(server.address() as AddressInfo).port}\n`);
});
