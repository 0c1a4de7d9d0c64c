import type { IncomingMessage } from "node:http";
import { expect, test } from "vitest";
import { checkForward } from "@/lib/http/verification/forward";
import { introspect } from "@/lib/http/verification/introspect";
import { metadata } from "@/lib/http/verification/metadata";
import { verify } from "@/lib/http/verification/verify";
import { laneFor } from "./lane";

const HOSTS = new Set(["127.0.0.1:3000"]);

/** A request as Node parses it: of a doubled Host or Authorization the first is kept. */
function laneOf(line: string, sent: [name: string, value: string][] = [["Host", "127.0.0.1:3000"]]) {
  const [method, url] = line.split(" ");
  const headers = Object.fromEntries(sent.map(([name, value]) => [name.toLowerCase(), value]).reverse());
  return laneFor({ method, url, headers, rawHeaders: sent.flat() } as unknown as IncomingMessage, HOSTS);
}

const HOST: [string, string] = ["Host", "127.0.0.1:3000"];

test("the addresses that APIs ask are answered without Next", () => {
  expect(laneOf("POST /oauth/introspect")).toBe(introspect);
  expect(laneOf("POST /v1/verify")).toBe(verify);
  expect(laneOf("GET /.well-known/oauth-authorization-server")).toBe(metadata);
  for (const method of ["GET", "HEAD", "POST", "OPTIONS", "DELETE", "PROPFIND", "QUERY"])
    expect(laneOf(`${method} /auth/check`), method).toBe(checkForward);
  for (const target of ["/auth/check/orders/7?page=2", "/auth/check?x=1", "/auth/check/"])
    expect(laneOf(`GET ${target}`), target).toBe(checkForward);
});

test("other methods, other addresses and other spellings go the general way", () => {
  for (const line of [
    "GET /oauth/introspect",
    "POST /oauth/introspect?token=x",
    "POST /oauth/introspect/",
    "POST /OAUTH/introspect",
    "POST /oauth/revoke",
    "POST /.well-known/oauth-authorization-server",
    "TRACE /auth/check",
    "GET /auth/checks",
    "GET /v1/verify",
    "POST //v1/verify",
    "POST http://127.0.0.1:3000/v1/verify",
  ])
    expect(laneOf(line), line).toBeUndefined();
});

test("what is not sent plainly goes the general way, which refuses it or reads it", () => {
  const sent: [what: string, headers: [string, string][]][] = [
    ["no host", []],
    ["another host", [["Host", "evil.example"]]],
    ["two hosts", [HOST, HOST]],
    ["two credentials", [HOST, ["Authorization", "apikey a"], ["authorization", "bearer b"]]],
    ["chunks", [HOST, ["Transfer-Encoding", "chunked"]]],
    ["an expectation", [HOST, ["Expect", "100-continue"]]],
    ["a long body", [HOST, ["Content-Length", "65537"]]],
  ];
  for (const [what, headers] of sent) expect(laneOf("POST /v1/verify", headers), what).toBeUndefined();
  expect(
    laneOf("POST /v1/verify", [
      ["hOST", "127.0.0.1:3000"],
      ["AUTHORIZATION", "apikey a"],
    ]),
  ).toBe(verify);
  expect(laneOf("POST /v1/verify", [HOST, ["Content-Length", "65536"]])).toBe(verify);
});
