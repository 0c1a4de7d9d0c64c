import { once } from "node:events";
import { createServer, type Server } from "node:tls";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { formatSyslog, sendSyslog } from "./syslog";

// For the name localhost, until 2126; it protects nothing.
const CERT = `-----BEGIN CERTIFICATE-----
MIIBlTCCATugAwIBAgIUJyKpK58/LCaIb2zDY0ZGXIz9hcUwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMjEyMTkyOVoYDzIxMjYxMDI5
MTIxOTI5WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAARaM+Xyf71Y/k0sOnpaOWU9poT9JhXpf/ks1lc0EpNAz9aa/F+HZLUi
b96+vMfsqllfuXW2FzAbiI8QtXieo2Jro2kwZzAdBgNVHQ4EFgQUM+GgoiqYq9Bj
R9jfS3FG2TYC4iAwHwYDVR0jBBgwFoAUM+GgoiqYq9BjR9jfS3FG2TYC4iAwDwYD
VR0TAQH/BAUwAwEB/zAUBgNVHREEDTALgglsb2NhbGhvc3QwCgYIKoZIzj0EAwID
SAAwRQIhAKuxK5TFJygC9NiSe0DRJt8zNbIhvYVxpGYsIQgXha7vAiBHevOVhycb
1PECOVQxHOuxJnAMV61yS/VNRQYXFB2l3A==
-----END CERTIFICATE-----`;
const KEY = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgD51qGIvCUtHmbsuG
+T0X3zN+EWi5OGroChEIEFmhJ/+hRANCAARaM+Xyf71Y/k0sOnpaOWU9poT9JhXp
f/ks1lc0EpNAz9aa/F+HZLUib96+vMfsqllfuXW2FzAbiI8QtXieo2Jr
-----END PRIVATE KEY-----`;

const at = new Date("2026-11-22T10:00:00.123Z");
const TIMEOUT_MS = 5_000;
let received = "";
let server: Server;

beforeAll(async () => {
  server = createServer({ cert: CERT, key: KEY }, (socket) => {
    socket.on("data", (part: Buffer) => (received += part.toString()));
    socket.on("error", () => undefined);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
});
afterAll(() => server.close());
const target = () => ({ host: "localhost", port: (server.address() as AddressInfo).port, ca: CERT });

it("a message has the parts of RFC 5424 in their order", () => {
  expect(formatSyslog({ at, id: "checkpoint", text: "ä" })).toMatch(
    /^<109>1 2026-11-22T10:00:00\.123Z [\x21-\x7e]+ latchkey \d+ checkpoint - \ufeffä$/,
  );
});

it("messages arrive over TLS, each after its length in bytes", async () => {
  const messages = [
    { at, id: "checkpoint", text: "one\nof two lines – ünïcode" },
    { at, id: "checkpoint", text: "two" },
  ];
  await sendSyslog(target(), messages, TIMEOUT_MS);
  await expect.poll(() => received).toContain("two lines");
  expect(received).toBe(
    messages.map((message) => `${Buffer.byteLength(formatSyslog(message))} ${formatSyslog(message)}`).join(""),
  );
});

it("a server that hangs up before it has taken everything is a failure", async () => {
  const rude = createServer({ cert: CERT, key: KEY }, (socket) => {
    socket.on("error", () => undefined);
    socket.once("data", () => socket.destroy());
  });
  await once(rude.listen(0, "127.0.0.1"), "listening");
  const { port } = rude.address() as AddressInfo;
  const messages = Array.from({ length: 20 }, () => ({ at, id: "x", text: "x".repeat(1_000_000) }));
  await expect(sendSyslog({ ...target(), port }, messages, TIMEOUT_MS)).rejects.toThrow();
  rude.close();
});

it("a server whose certificate nobody vouches for is told nothing", async () => {
  const before = received;
  await expect(sendSyslog({ ...target(), ca: undefined }, [{ at, id: "x", text: "x" }], TIMEOUT_MS)).rejects.toThrow(
    /self-signed certificate/,
  );
  expect(received).toBe(before);
});

it("a server with another name than the one that was set is told nothing", async () => {
  const elsewhere = { ...target(), host: "127.0.0.1" };
  await expect(sendSyslog(elsewhere, [{ at, id: "x", text: "x" }], TIMEOUT_MS)).rejects.toThrow(/altnames|Hostname/);
});

it("a server that is not there is a failure", async () => {
  await expect(sendSyslog({ host: "127.0.0.1", port: 9 }, [{ at, id: "x", text: "x" }], TIMEOUT_MS)).rejects.toThrow();
});
