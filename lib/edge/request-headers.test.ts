import { IncomingMessage } from "node:http";
import { Socket } from "node:net";
import { expect, it } from "vitest";
import { vouchForHeaders } from "./request-headers";

const FACTS = {
  requestId: "req_1",
  nonce: "n1",
  host: "localhost:3000",
  proto: "http",
  trustedProxies: [],
  policy: { https: false, dev: false },
} as const;

function received(method: string, headers: Record<string, string>): IncomingMessage {
  const request = new IncomingMessage(new Socket());
  Object.assign(request, { method, url: "/apps?q=a", headers });
  return request;
}

it("takes from a client nothing that only this process or a proxy may say", () => {
  const request = received("GET", {
    accept: "*/*",
    forwarded: "for=203.0.113.9",
    "x-forwarded-for": "203.0.113.9",
    "x-forwarded-host": "evil.example",
    "x-forwarded-port": "1",
    "x-latchkey-ip": "203.0.113.9",
    "x-latchkey-method": "HEAD",
    "x-latchkey-request-id": "req_evil",
    "x-middleware-subrequest": "middleware",
    "x-nextjs-data": "1",
    "x-nonce": "evil",
    "x-real-ip": "203.0.113.9",
  });
  vouchForHeaders(request, FACTS);
  expect(request.headers).toMatchObject({
    accept: "*/*",
    "x-forwarded-for": "unknown",
    "x-forwarded-host": "localhost:3000",
    "x-forwarded-proto": "http",
    "x-latchkey-ip": "unknown",
    "x-latchkey-request-id": "req_1",
    "x-nonce": "n1",
  });
  expect(JSON.stringify(request.headers)).not.toMatch(/evil|203\.0\.113\.9|x-middleware|x-nextjs|x-latchkey-method/);
});

it("marks HEAD, which Next runs as GET", () => {
  const request = received("HEAD", {});
  vouchForHeaders(request, FACTS);
  expect(request.headers["x-latchkey-method"]).toBe("HEAD");
});

it("marks a prefetch, of which Next does not tell its pages, and takes nobody's word for it", () => {
  const request = received("GET", { "next-router-prefetch": "1" });
  vouchForHeaders(request, FACTS);
  expect(request.headers["x-latchkey-prefetch"]).toBe("1");
  const claimed = received("GET", { "x-latchkey-prefetch": "1" });
  vouchForHeaders(claimed, FACTS);
  expect(claimed.headers["x-latchkey-prefetch"]).toBeUndefined();
});
