import { expect, test } from "vitest";
import type { Power, Rule } from "@/lib/kernel/permissions";
import { foundOf } from "@/lib/testing/found";
import { CredentialCache } from "./cache";
import { describe } from "./describe";
import type { Found } from "./found";

const names = Array.from({ length: 100 }, (_, i) => `resource-of-acme-${i}`);
const ruled = (instanceId: string): Power => ({
  kind: "token",
  roles: [{ systemRoleId: "31-71cfc74-0wn3r", instanceId, rules: names.map(ruleFor) }],
  resources: names,
});
const ruleFor = (resource: string): Rule => ({
  resource,
  create: true,
  read: true,
  update: null,
  delete: false,
  publish: null,
});

function found(id: string, power: Power, targets = [id]): Found {
  const principal = { kind: "access_token" as const, id, name: id, version: 1, instanceId: "8-1" };
  return foundOf({ ...principal, roleId: "49-1", roleName: "" }, power, targets);
}

const put = (cache: CredentialCache, one: Found) => cache.beginLoad()(one.standing.principal.id, one);

test("what may do the same is kept once, with its permissions", () => {
  const cache = new CredentialCache();
  put(cache, found("a", ruled("8-1")));
  const one = cache.bytes;
  for (let i = 0; i < 1_000; i++) put(cache, found(`b${i}`, ruled("8-1")));
  expect(cache.size).toBe(1_001);
  expect(cache.bytes - one).toBe(1_000 * 1_060);
  const [a, b] = [cache.get("a") as Found, cache.get("b7") as Found];
  expect(b.standing.power).toBe(a.standing.power);
  expect(describe(b).permissions).toBe(describe(a).permissions);
});

test("many that may each do something else, and a lot, take no more memory than is set apart", () => {
  const cache = new CredentialCache(100_000, 1_000_000);
  for (let i = 0; i < 60; i++) {
    put(cache, found(`a${i}`, ruled(`8-${i}`)));
    expect(cache.bytes).toBeLessThan(2_000_000);
  }
  expect(cache.get("a59")).toBeDefined();
  // What went with its power can come again, and is dropped by what it was read from.
  expect(cache.get("a0")).toBeUndefined();
  put(cache, found("a0", ruled("8-0")));
  expect(cache.get("a0")).toBeDefined();
  cache.drop("a0");
  expect(cache.get("a0")).toBeUndefined();
});

test("many rows that one was read from count as well, and what is larger than the cache is not kept", () => {
  const many = (id: string) => Array.from({ length: 1_000 }, (_, i) => `${id}-${i}`);
  const cache = new CredentialCache(100_000, 200_000);
  for (let i = 0; i < 10; i++) put(cache, found(`a${i}`, { kind: "none" }, many(`a${i}`)));
  expect(cache.size).toBe(3);
  put(cache, found("rows", { kind: "none" }, [...many("x"), ...many("y"), ...many("z"), ...many("u")]));
  put(cache, found("power", { ...ruled("8-1"), resources: many("resource") } as Power));
  expect([cache.get("rows"), cache.get("power")]).toEqual([undefined, undefined]);
  expect(cache.get("a9")).toBeDefined();
});

test("what a person may do on an instance is worked out once per record, however often it is asked for", () => {
  const power: Power = { kind: "login", roles: [], access: "role", listed: [], resources: names };
  const [one, other] = [found("a", power), found("a", power)];
  expect(describe(one, "8-1")).toBe(describe(one, "8-1"));
  expect(describe(one, "8-2")).not.toBe(describe(one, "8-1"));
  expect(describe(other, "8-1")).not.toBe(describe(one, "8-1"));
});
