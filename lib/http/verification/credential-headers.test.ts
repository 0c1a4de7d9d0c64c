import { expect, test } from "vitest";
import type { Power } from "@/lib/kernel/permissions";
import { foundOf } from "@/lib/testing/found";
import { credentialHeaders } from "./credential-headers";

function told(name: string, power: Power) {
  const principal = { kind: "api_key" as const, id: "56-1", name, version: 1, appId: "80-1", appName: "App" };
  return credentialHeaders(foundOf(principal, power), undefined);
}

const listed = (permissions: string[]): Power => ({
  kind: "key",
  access: "restricted",
  listed: permissions,
  resources: ["orders"],
});

test("a name is told in characters that every header may have, and can be read back", () => {
  const names = ["Till 4", "Ünïcode 🦀", "100% 'quoted', \"twice\"", "漢\u0085字"];
  const given = names.map((name) => told(name, listed([]))["x-credential-name"] ?? "");
  expect(given[0]).toBe("Till 4");
  expect(given[1]).toBe("%C3%9Cn%C3%AFcode %F0%9F%A6%80");
  for (const value of given) expect(value).toMatch(/^[ -~]*$/);
  expect(given.map(decodeURIComponent)).toEqual(names);
});

test("permissions are told whole, as many as fit", () => {
  expect(told("Key", listed(["content:read", "orders:publish"]))["x-permissions"]).toBe("content:read orders:publish");
  const resources = Array.from({ length: 200 }, (_, i) => `resource-with-a-long-name-${i}`);
  const list = told("Key", { kind: "key", access: "full", listed: [], resources })["x-permissions"] ?? "";
  expect(list.length).toBeLessThanOrEqual(3_000);
  for (const permission of list.split(" "))
    expect(permission).toMatch(/^[a-z0-9-]+:(create|read|update|delete|publish)$/);
});

test("a key has neither role nor instance, and no empty header says so", () => {
  expect(Object.keys(told("Key", listed([])))).toEqual([
    "cache-control",
    "x-credential-id",
    "x-credential-name",
    "x-credential-kind",
    "x-permissions",
  ]);
});
