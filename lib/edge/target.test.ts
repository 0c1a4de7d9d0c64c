import { describe, expect, it } from "vitest";
import { isApiPath, parseTarget } from "./target";

describe("a request target", () => {
  it.each([
    ["/", "/"],
    ["/v1/apps?q=a%20b&sort=name", "/v1/apps"],
    ["/v1/instances/8-1-x/env/audits??limit=5", "/v1/instances/8-1-x/env/audits"],
    ["/apps?q=a\\b", "/apps"],
    ["/caf%C3%A9", "/caf%C3%A9"],
    ["/v1/...", "/v1/..."],
  ])("%s is accepted", (target, path) => {
    expect(parseTarget(target)).toEqual({ path });
  });

  it.each([
    "",
    "*",
    "http://localhost/",
    "//evil.example",
    "/a//b",
    "/a/../b",
    "/a/%2E%2e/b",
    "/.",
    "/%",
    "/%zz",
    "/%c0%af",
    "/%ff",
    "/a%00",
    "/?q=%00",
    "/a\\b",
    "/a%5Cb",
    "/a b",
    "/a#b",
    "/caf\u00e9",
    "/\u0001",
    `/${"a".repeat(8192)}`,
  ])("%j is refused", (target) => {
    expect(() => parseTarget(target)).toThrow(expect.objectContaining({ code: "bad_request" }));
  });
});

describe("an address of the API", () => {
  it.each(["/v1", "/v1/apps", "/auth/login", "/oauth/introspect", "/api/auth/csrf"])("is %s", (path) => {
    expect(isApiPath(path)).toBe(true);
  });

  it.each(["/", "/apps", "/v10", "/authors", "/api/other", "/V1/apps"])("is not %s", (path) => {
    expect(isApiPath(path)).toBe(false);
  });
});
