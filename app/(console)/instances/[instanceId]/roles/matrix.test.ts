import { expect, test } from "vitest";
import type { Holder } from "@/lib/holders/schema";
import type { HeldRole, Power } from "@/lib/kernel/permissions";
import { affected, differenceOf, placeChanges, refusedCalls } from "./differences";
import { below, edited, isUnlimited, reachable, rowsOf, stateAfter, toInputs, withEdits } from "./matrix";

const HERE = "8-19d41b7f2a0-hhhhhhhh";
const PAGE = "7-19d41b7f2a0-pppppppp";
const publisher: HeldRole = { systemRoleId: "31-71cfc74-p0bl1shr", instanceId: HERE, rules: [] };
const powerOf = (systemRoleId: string): Power => ({
  kind: "roles",
  roles: [{ systemRoleId, instanceId: null, rules: [] }],
  resources: [],
});
const row = (resource: string, kind: "resource" | "place" | "console" = "resource") => ({ resource, kind, verbs: [] });

test("a change is kept until it leads back to what is saved", () => {
  const once = edited(publisher, {}, "media", "delete", false);
  expect(once).toEqual({ "media:delete": false });
  expect(edited(publisher, once, "media", "delete", null)).toEqual({});
});

test("the rules that are sent are those that say something", () => {
  const role = withEdits(publisher, { "media:delete": false, [`${PAGE}:read`]: true, "schema:read": null });
  expect(toInputs(role.rules)).toEqual([
    { resourceZUID: "media", create: null, read: null, update: null, delete: false, publish: null },
    { resourceZUID: PAGE, create: null, read: true, update: null, delete: null, publish: null },
  ]);
});

test("what is left out is decided by the instance's rule before the base role, and never for the console's own", () => {
  const role = withEdits(publisher, { [`${HERE}:publish`]: false, "content:publish": true, [`${HERE}:read`]: false });
  expect(below(role, row("content"), "publish", HERE)).toEqual({ by: "rule of the instance", allows: false });
  expect(below(role, row("content"), "delete", HERE)).toEqual({ by: "base role", allows: true });
  expect(below(role, row("instances", "console"), "read", HERE)).toEqual({ by: "base role", allows: true });
  expect(below(role, row(PAGE, "place"), "read", HERE)).toBeUndefined();
});

test("a role of one instance has no rows for what is the organization's alone", () => {
  const names = (role: HeldRole) => rowsOf(role, ["content"], []).map(({ resource }) => resource);
  expect(names(publisher)).toEqual(["content", "instances", "users", "roles", "tokens", "sessions", "audit"]);
  expect(names({ ...publisher, instanceId: null })).toContain("policy");
  expect(rowsOf(publisher, ["content"], []).find(({ resource }) => resource === "instances")?.verbs).toEqual([
    "read",
    "update",
  ]);
  const ruled = { ...publisher, rules: withEdits(publisher, { [`${PAGE}:read`]: true, "policy:read": false }).rules };
  expect(names(ruled)).toEqual(expect.arrayContaining([PAGE, "policy"]));
});

test("nobody can set a cell to what exceeds their own power", () => {
  const accessAdmin = powerOf("31-71cfc74-4cc4dm13");
  const reader: HeldRole = { systemRoleId: "31-71cfc74-4cc4dm13", instanceId: HERE, rules: [] };
  expect(reachable(accessAdmin, reader, "content", "publish")).toEqual([null, false]);
  expect(reachable(accessAdmin, reader, "content", "read")).toEqual([null, true, false]);
  expect([isUnlimited(accessAdmin, reader), isUnlimited(powerOf("31-71cfc74-0wn3r"), reader)]).toEqual([false, true]);
});

test("the difference counts for each holder what no other role of theirs allows", () => {
  const after = withEdits(publisher, { "content:delete": false, "schema:read": true });
  const change = differenceOf(publisher, after, HERE, []);
  expect(change).toEqual({ gained: ["schema:read"], lost: ["content:delete"] });
  const holder = (name: string, over: Partial<Holder>): Holder => ({
    kind: "user",
    ZUID: name,
    name,
    hasLeft: false,
    instanceZUID: null,
    keeps: [],
    uses: [],
    ...over,
  });
  const groups = affected(change, [
    holder("Dana", {}),
    holder("Kofi", { keeps: ["content:delete", "schema:read"] }),
    holder("Deploy", { kind: "access_token" }),
  ]);
  const used = [
    { permission: "content:delete", count: 3 },
    { permission: "content:read", count: 5 },
  ];
  expect(refusedCalls(change, [holder("Deploy", { kind: "access_token", uses: used }), holder("Dana", {})])).toBe(3);
  expect(groups.map(({ holders, ...rest }) => [holders.map(({ name }) => name), rest])).toEqual([
    [["Dana", "Deploy"], { gained: ["schema:read"], lost: ["content:delete"] }],
    [["Kofi"], { gained: [], lost: [] }],
  ]);
});

test("a token gains nothing that no credential may do", () => {
  const role: HeldRole = { systemRoleId: "31-71cfc74-4dm13", instanceId: HERE, rules: [] };
  const change = differenceOf(withEdits(role, { "users:update": false }), role, HERE, []);
  expect(change.gained).toEqual(["users:update"]);
  const token = { kind: "access_token" as const, ZUID: "55", name: "T", hasLeft: false, instanceZUID: HERE };
  expect(affected(change, [{ ...token, keeps: [], uses: [] }])[0]?.gained).toEqual([]);
});

test("a changed rule for one object is told by its id and verb", () => {
  expect(placeChanges(publisher, withEdits(publisher, { [`${PAGE}:publish`]: false }))).toEqual([
    { place: PAGE, verb: "publish", now: false },
  ]);
});

test("a press leads from inherited to allowed to denied and back, past what is out of reach", () => {
  expect([stateAfter(null, [null, true, false]), stateAfter(true, [null, true, false])]).toEqual([true, false]);
  expect(stateAfter(false, [null, true, false])).toBeNull();
  expect([stateAfter(null, [null, false]), stateAfter(false, [null, false])]).toEqual([false, null]);
  expect(stateAfter(null, [null])).toBeNull();
});
