import { connect } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { expect } from "playwright/test";

export interface Answer {
  status: number;
  head: string;
  body: string;
}

/** Sends the bytes as they stand and collects everything until the server ends the connection or it rests. */
export async function raw(port: number, bytes: string | Buffer, restMs = 700): Promise<Answer> {
  const socket = connect(port, "127.0.0.1");
  const chunks: Buffer[] = [];
  let last = Date.now();
  socket.on("data", (chunk: Buffer) => {
    chunks.push(chunk);
    last = Date.now();
  });
  socket.on("error", () => socket.destroy());
  socket.write(bytes);
  while (!socket.destroyed && !(chunks.length > 0 && Date.now() - last > restMs)) await delay(20);
  socket.destroy();
  const [head = "", ...rest] = Buffer.concat(chunks).toString().split("\r\n\r\n");
  return {
    status: Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1]),
    head: head.toLowerCase(),
    body: rest.join("\r\n\r\n"),
  };
}

/** The head of a request. */
export const request = (port: number, line: string, ...headers: string[]) =>
  [`${line} HTTP/1.1`, `Host: 127.0.0.1:${port}`, ...headers, "Connection: close", "", ""].join("\r\n");

const SECURITY_HEADERS = [
  /x-request-id: req_[0-9a-z]{20}/,
  /content-security-policy: default-src 'self'; script-src 'self' 'nonce-[\w+/=]{24}' 'strict-dynamic'; style-src/,
  /frame-ancestors 'none'/,
  /x-content-type-options: nosniff/,
  /x-frame-options: deny/,
  /referrer-policy: no-referrer/,
  /cross-origin-opener-policy: same-origin/,
  /cross-origin-resource-policy: same-origin/,
  /permissions-policy: camera=\(\)/,
];

export function expectSecured({ head }: Answer) {
  for (const header of SECURITY_HEADERS) expect(head).toMatch(header);
  expect(head).not.toContain("x-powered-by");
  expect(head).not.toMatch(/script-src[^;]*unsafe/);
}

export function expectProblem(answer: Answer, status: number, code: string) {
  expect(answer.status).toBe(status);
  expect(answer.head).toContain("content-type: application/problem+json");
  expect(answer.head).toContain("cache-control: no-store");
  expect(JSON.parse(answer.body)).toMatchObject({ status, code, type: `/problems/${code}`, data: {} });
  expectSecured(answer);
}
