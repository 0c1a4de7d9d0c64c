import { expect, test } from "vitest";
import { allows, type AnyPermission, type HeldRole, permissionsOf } from "@/lib/kernel/permissions";
import { SYSTEM_ROLES } from "@/lib/kernel/system-roles";
import { narrowRole } from "./narrow";

const HERE = "8-19d41b7f2a0-hhhhhhhh";
const PAGE = "7-19d41b7f2a0-pppppppp";
const narrowed = (wider: HeldRole, allowed: AnyPermission[]): HeldRole => {
  const { systemRoleZUID, granularRoles } = narrowRole(wider, allowed);
  const rules = granularRoles.map(({ resourceZUID, ...verbs }) => ({ resource: resourceZUID, ...verbs }));
  return { ...wider, systemRoleId: systemRoleZUID, rules };
};
const permissions = (role: HeldRole) => permissionsOf({ kind: "roles", roles: [role], resources: ["orders"] }, HERE);

test("whoever holds the narrower role may do what was ticked and nothing else, whatever the wider one hands out", () => {
  for (const { id, name } of SYSTEM_ROLES) {
    const role = narrowed({ systemRoleId: id, instanceId: HERE, rules: [] }, ["content:publish"]);
    expect([name, permissions(role)]).toEqual([name, ["content:publish"]]);
  }
});

test("a resource of the organization's own is kept when it is ticked, and only then", () => {
  const owner: HeldRole = { systemRoleId: "31-71cfc74-0wn3r", instanceId: HERE, rules: [] };
  const read = "orders:read" as AnyPermission;
  expect(permissions(owner)).toContain(read);
  expect(permissions(narrowed(owner, [read]))).toEqual([read]);
});

test("what the wider role allows beyond its base can be kept, and what it denies of one object stays denied", () => {
  const silent = { create: null, read: null, update: null, delete: null, publish: null };
  const wider: HeldRole = {
    systemRoleId: "31-71cfc74-c0ntr1b0t0r",
    instanceId: HERE,
    rules: [
      { resource: "schema", ...silent, read: true },
      { resource: PAGE, ...silent, read: false, delete: true },
    ],
  };
  const role = narrowed(wider, ["schema:read", "content:read"]);
  const may = (permission: AnyPermission, object?: string) =>
    allows({ kind: "token", roles: [role], resources: ["orders"] }, permission, HERE, object);
  expect(permissions(role)).toEqual(["content:read", "schema:read"]);
  expect([may("content:read", PAGE), may("content:delete", PAGE)]).toEqual([false, false]);
});
