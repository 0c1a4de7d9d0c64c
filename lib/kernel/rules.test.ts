import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  ALL_PERMISSIONS,
  allows,
  type AnyPermission,
  exceeding,
  type HeldRole,
  type Permission,
  type Power,
  registeredPermissions,
  type Rule,
} from "@/lib/kernel/permissions";
import { SYSTEM_ROLES } from "@/lib/kernel/system-roles";
import { beyond, CONTENT, isGranted } from "@/lib/testing/power-oracle";

const CONSOLE = ["apps", "keys", "instances", "users", "roles", "tokens", "sessions", "audit", "policy"];
const INSTANCES = ["8-19d41b7f2a0-aaaaaaaa", "8-19d41b7f2a0-bbbbbbbb"];
const OBJECTS = ["7-19d41b7f2a0-aaaaaaaa", "6-19d41b7f2a0-bbbbbbbb"];
const OWNER = "31-71cfc74-0wn3r";
const PUBLISHER = "31-71cfc74-p0bl1shr";

const SILENT = { create: null, read: null, update: null, delete: null, publish: null };
const rule = (resource: string, over: Partial<Rule>): Rule => ({ resource, ...SILENT, ...over });
const RESOURCES = ["orders", "price-lists"];
const EVERY: readonly AnyPermission[] = [...ALL_PERMISSIONS, ...registeredPermissions(RESOURCES)];
const holding = (...roles: HeldRole[]): Power => ({ kind: "roles", roles, resources: RESOURCES });
const [here, there] = INSTANCES as [string, string];
const [page, other] = OBJECTS as [string, string];

/** Whether one role alone grants it here, of the page when asked so. */
const grants = (rules: Rule[], permission: Permission, object?: string, base = PUBLISHER) =>
  allows(holding({ systemRoleId: base, instanceId: null, rules }), permission, here, object);

describe("a rule", () => {
  test("of an object goes before the one of its resource, that before the instance's, that before the base role", () => {
    const ofInstance = rule(here, { delete: false });
    const ofResource = rule("content", { delete: true });
    const ofObject = rule(page, { delete: false });
    expect(grants([], "content:delete", page)).toBe(true);
    expect(grants([ofInstance], "content:delete", page)).toBe(false);
    expect(grants([ofInstance, ofResource], "content:delete", page)).toBe(true);
    expect(grants([ofInstance, ofResource, ofObject], "content:delete", page)).toBe(false);
    expect(grants([ofInstance, ofResource, ofObject], "content:delete", other)).toBe(true);
    expect(grants([ofInstance, ofResource, ofObject], "content:delete")).toBe(true);
  });

  test("that is silent on a verb leaves it to the next", () => {
    const silent = rule(page, { read: true });
    expect(grants([silent, rule("content", { delete: false })], "content:delete", page)).toBe(false);
    expect(grants([silent], "content:delete", page)).toBe(true);
    expect(grants([silent], "schema:delete", page)).toBe(false);
  });

  test("of an instance or object speaks of content, and of that one alone", () => {
    expect(grants([rule(page, { read: true })], "users:read", page)).toBe(false);
    expect(grants([rule(page, { read: true })], "settings:read", page)).toBe(true);
    expect(grants([rule(page, { read: true })], "settings:read", other)).toBe(false);
    expect(grants([rule(here, { read: true })], "users:read")).toBe(false);
    expect(grants([rule(here, { read: true })], "settings:read")).toBe(true);
    expect(grants([rule(there, { read: true })], "settings:read")).toBe(false);
  });

  test("gives and takes no right to hand on", () => {
    const all = { create: true, read: true, update: true, delete: true, publish: true };
    expect(grants([rule("users", all)], "users:update")).toBe(true);
    expect(grants([rule("users", all)], "users:grant")).toBe(false);
    expect(grants([rule("users", all)], "users:super")).toBe(false);
    expect(grants([rule("roles", { ...all, create: false })], "roles:grant", undefined, OWNER)).toBe(true);
  });

  test("cannot make an unknown verb or resource known", () => {
    const rules = [rule("unknown", { read: true }), rule("audit", { delete: true }), rule("__proto__", { read: true })];
    for (const unknown of ["unknown:read", "audit:delete", "content:fly", "__proto__:read", "content:toString"])
      expect(grants(rules, unknown as Permission, page)).toBe(false);
  });

  test("is not stepped over by asking for a resource or an instance as if it were an object", () => {
    const denied = [rule("content", { read: false }), rule(here, { read: true }), rule("media", { read: true })];
    for (const name of [here, there, "media", "content", "unknown", ""])
      expect(grants(denied, "content:read", name)).toBe(false);
  });

  test("of one role takes nothing from another one", () => {
    const denying = { systemRoleId: OWNER, instanceId: null, rules: [rule("content", { read: false })] };
    const plain = { systemRoleId: PUBLISHER, instanceId: null, rules: [] };
    expect(allows(holding(denying), "content:read", here)).toBe(false);
    expect(allows(holding(denying, plain), "content:read", here)).toBe(true);
  });
});

const say = fc.constantFrom(true, false, null);
const anyRule = fc.record({
  resource: fc.constantFrom(
    ...CONTENT.slice(0, 3),
    ...RESOURCES,
    "invoices",
    "users",
    "roles",
    "tokens",
    "keys",
    ...INSTANCES,
    ...OBJECTS,
  ),
  create: say,
  read: say,
  update: say,
  delete: say,
  publish: say,
});
const anyRole: fc.Arbitrary<HeldRole> = fc.record({
  systemRoleId: fc.constantFrom(...SYSTEM_ROLES.map(({ id }) => id)),
  instanceId: fc.constantFrom(null, ...INSTANCES),
  rules: fc.uniqueArray(anyRule, { maxLength: 4, selector: ({ resource }) => resource }),
});
const PLACES = [undefined, ...INSTANCES, "8-19d41b7f2a0-zzzzzzzz"];
const THINGS = [undefined, ...OBJECTS, "6-19d41b7f2a0-zzzzzzzz"];

test("every role decides as the design reads, at every place and for every object", () => {
  fc.assert(
    fc.property(anyRole, fc.constantFrom(...PLACES), fc.constantFrom(...THINGS), (role, place, object) => {
      const granted = EVERY.filter((permission) => isGranted(role, permission, place, object));
      expect(EVERY.filter((each) => allows(holding(role), each, place, object))).toEqual(granted);
    }),
    { numRuns: 300 },
  );
});

test("a role exceeds a power by exactly what it grants somewhere, of something, where the power does not", () => {
  const seen = { beyond: 0, within: 0 };
  fc.assert(
    fc.property(fc.array(anyRole, { maxLength: 3 }), anyRole, (held, role) => {
      const missing = beyond(held, role, PLACES, THINGS, EVERY);
      seen[missing.length > 0 ? "beyond" : "within"]++;
      expect(exceeding(holding(...held), role)).toEqual(missing);
    }),
    { numRuns: 200 },
  );
  expect(Math.min(seen.beyond, seen.within)).toBeGreaterThan(3);
});

test("nobody exceeds themselves, and every permission of a role is beyond who holds none", () => {
  fc.assert(
    fc.property(anyRole, (role) => {
      expect(exceeding(holding(role), role)).toEqual([]);
      expect(exceeding({ kind: "none" }, role)).toEqual(beyond([], role, PLACES, THINGS));
    }),
  );
});

test("a token's role is covered by what a token may do, so no token could hand a console right on", () => {
  const owner = { systemRoleId: OWNER, instanceId: here, rules: [] };
  const missing = exceeding({ kind: "token", roles: [owner], resources: RESOURCES }, owner);
  expect(missing.length).toBeGreaterThan(10);
  for (const permission of missing) expect(CONSOLE).toContain(permission.split(":")[0]);
});
