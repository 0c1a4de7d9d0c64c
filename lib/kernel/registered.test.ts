import { describe, expect, test } from "vitest";
import {
  allows,
  type AnyPermission,
  exceeding,
  type HeldRole,
  permissionsOf,
  type Power,
  registeredPermissions,
  type Rule,
} from "@/lib/kernel/permissions";
import { SYSTEM_ROLES } from "@/lib/kernel/system-roles";

const RESOURCES = ["orders", "price-lists"];
const here = "8-19d41b7f2a0-aaaaaaaa";
const [page, other] = ["7-19d41b7f2a0-aaaaaaaa", "6-19d41b7f2a0-bbbbbbbb"];
const SILENT = { create: null, read: null, update: null, delete: null, publish: null };
const rule = (resource: string, over: Partial<Rule>): Rule => ({ resource, ...SILENT, ...over });
const holding = (...roles: HeldRole[]): Power => ({ kind: "roles", roles, resources: RESOURCES });

describe("a resource that the organization has registered", () => {
  const base = (name: string) => SYSTEM_ROLES.find((each) => each.name === name)?.id ?? "none";
  const role = (name: string, ...rules: Rule[]) => ({ systemRoleId: base(name), instanceId: null, rules });
  const ofOrders = (power: Power) => permissionsOf(power, here).filter((each) => each.startsWith("orders:"));
  const ALL = ["orders:create", "orders:read", "orders:update", "orders:delete", "orders:publish"];

  test.each([
    ["Owner", ALL],
    ["Admin", ALL],
    ["Developer", ALL],
    ["Access Admin", ["orders:read"]],
    ["SEO", []],
    ["Publisher", []],
    ["Contributor", []],
    ["Developer Contributor", []],
    ["Auditor", []],
  ])("is open to %s as the document says", (name, open) => {
    expect(ofOrders(holding(role(name)))).toEqual(open);
    expect(ofOrders({ kind: "token", roles: [role(name)], resources: RESOURCES })).toEqual(open);
  });

  test("is nothing to an organization that has not registered it, whatever a rule says", () => {
    const rules = [rule("orders", { read: true })];
    const elsewhere: Power = { kind: "roles", roles: [role("Owner", ...rules)], resources: ["invoices"] };
    expect(ofOrders(elsewhere)).toEqual([]);
    expect(allows(elsewhere, "orders:read" as AnyPermission, here)).toBe(false);
    expect(allows({ kind: "key", access: "full", listed: [], resources: [] }, "orders:read" as AnyPermission)).toBe(
      false,
    );
  });

  test("is opened by a rule for it, for one object of it, or for the instance", () => {
    expect(ofOrders(holding(role("Publisher", rule("orders", { read: true }))))).toEqual(["orders:read"]);
    expect(ofOrders(holding(role("Publisher", rule(here, { update: true }))))).toEqual(["orders:update"]);
    const ofPage = holding(role("Publisher", rule(page, { read: true })));
    expect(allows(ofPage, "orders:read" as AnyPermission, here, page)).toBe(true);
    expect(allows(ofPage, "orders:read" as AnyPermission, here, other)).toBe(false);
    expect(ofOrders(holding(role("Developer", rule("orders", { delete: false }))))).not.toContain("orders:delete");
  });

  test("has no verb but those of content, and takes no built-in name", () => {
    const taken: Power = { kind: "key", access: "full", listed: [], resources: ["users", "orders", "content"] };
    for (const unknown of ["orders:grant", "orders:super", "orders:fly", "users:delete", "users:publish"])
      expect(allows(taken, unknown as AnyPermission, here)).toBe(false);
    expect(registeredPermissions(["users", "content"])).toEqual([]);
    expect(new Set(permissionsOf(taken)).size).toBe(permissionsOf(taken).length);
  });

  test("is within a full key, within a restricted one or a login only where it is listed", () => {
    const listed = ["orders:read"];
    const roles = [role("Developer")];
    expect(ofOrders({ kind: "key", access: "full", listed: [], resources: RESOURCES })).toEqual(ALL);
    expect(ofOrders({ kind: "key", access: "restricted", listed, resources: RESOURCES })).toEqual(listed);
    expect(ofOrders({ kind: "login", roles, access: "role", listed: [], resources: RESOURCES })).toEqual(ALL);
    expect(ofOrders({ kind: "login", roles, access: "restricted", listed, resources: RESOURCES })).toEqual(listed);
  });

  test("counts in what a role exceeds", () => {
    const rules = [rule("orders", { publish: true })];
    expect(exceeding(holding(role("Publisher")), role("Publisher", ...rules))).toEqual(["orders:publish"]);
    expect(exceeding(holding(role("Developer")), role("Contributor", ...rules))).toEqual([]);
  });
});
