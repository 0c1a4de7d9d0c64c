import { describe, expect, it } from "vitest";
import { allowedHosts, requireHost } from "./hosts";

const loopback = allowedHosts({ host: "127.0.0.1", publicUrl: undefined }, 3000);

describe("the hosts this server answers for", () => {
  it("are the loopback names with the port it listens on", () => {
    expect([...loopback]).toEqual(["localhost:3000", "127.0.0.1:3000", "[::1]:3000"]);
  });

  it("are only the public one when it listens on other addresses", () => {
    const hosts = allowedHosts({ host: "0.0.0.0", publicUrl: new URL("https://keys.example.com") }, 3000);
    expect([...hosts]).toEqual(["keys.example.com", "keys.example.com:443"]);
  });

  it("keep the public address's own port", () => {
    const hosts = allowedHosts({ host: "0.0.0.0", publicUrl: new URL("http://keys.example.com:8080") }, 3000);
    expect([...hosts]).toEqual(["keys.example.com:8080"]);
  });
});

describe("a request's host", () => {
  it("may be written in capitals", () => {
    expect(requireHost(["Accept", "*/*", "HOST", "LocalHost:3000"], loopback)).toBe("localhost:3000");
  });

  it.each([
    "evil.example",
    "localhost",
    "localhost:3001",
    "localhost:3000.evil.example",
    "127.0.0.1:3000@evil.example",
  ])("is refused as misdirected when it is %s", (host) => {
    expect(() => requireHost(["Host", host], loopback)).toThrow(expect.objectContaining({ code: "misdirected" }));
  });

  it.each([
    ["missing", []],
    ["empty", ["Host", ""]],
    ["given twice", ["Host", "localhost:3000", "host", "localhost:3000"]],
  ])("is refused as bad when it is %s", (_what, rawHeaders) => {
    expect(() => requireHost(rawHeaders, loopback)).toThrow(expect.objectContaining({ code: "bad_request" }));
  });
});
