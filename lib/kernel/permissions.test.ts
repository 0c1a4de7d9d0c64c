import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  ALL_PERMISSIONS,
  allows,
  CREDENTIAL_PERMISSIONS,
  type HeldRole,
  type Permission,
  type Power,
} from "@/lib/kernel/permissions";
import { SYSTEM_ROLES, systemRole } from "@/lib/kernel/system-roles";

const VERBS: Record<string, string> = {
  c: "create",
  r: "read",
  u: "update",
  d: "delete",
  p: "publish",
  g: "grant",
  s: "super",
};
const [who, content, consoleTable] = tablesOf(readFileSync("docs/roles.md", "utf8"));

describe.each(SYSTEM_ROLES)("the system role $name", ({ id, name, level, flags, permissions, registered }) => {
  test("has the documented id, level and flags", () => {
    expect(rowOf(who, name)).toMatchObject({
      Id: `\`${id}\``,
      Level: String(level),
      "Outward flags": flags.join(" "),
    });
  });

  test("has exactly the documented permissions", () => {
    const documented = [...permissionsIn(rowOf(content, name)), ...permissionsIn(rowOf(consoleTable, name))];
    const known = [...permissions, ...registered.map((verb) => `registered:${verb}`)];
    expect(known.sort()).toEqual(documented.sort());
  });
});

test("the document lists the system roles and no others", () => {
  const names = SYSTEM_ROLES.map(({ name }) => name);
  for (const table of [who, content, consoleTable]) expect(table?.map((row) => row.Role)).toEqual(names);
});

const permission = fc.constantFrom(...ALL_PERMISSIONS);
const instanceId = fc.constantFrom("8-a", "8-b", "8-c");
const role = fc.record({
  systemRoleId: fc.constantFrom(...SYSTEM_ROLES.map(({ id }) => id)),
  instanceId: fc.option(instanceId),
  rules: fc.constant([]),
});
const roles = fc.array(role, { maxLength: 4 });
const powerOf = (held: HeldRole[]): Power => ({
  kind: "roles",
  roles: held,
  resources: [],
});

test("nothing is allowed without a role, and nobody is allowed what is unknown", () => {
  for (const each of ALL_PERMISSIONS) {
    expect(allows({ kind: "none" }, each)).toBe(false);
    expect(allows(powerOf([]), each, "8-a")).toBe(false);
  }
  const owner = powerOf([{ systemRoleId: "31-71cfc74-0wn3r", instanceId: null, rules: [] }]);
  const fullKey: Power = { kind: "key", access: "full", listed: [], resources: [] };
  for (const unknown of ["apps:fly", "unknown:read", "", ":", "__proto__:read", "constructor"]) {
    expect(allows(owner, unknown as Permission)).toBe(false);
    expect(allows(fullKey, unknown as Permission)).toBe(false);
  }
});

test("the power of several roles is the union of theirs", () => {
  fc.assert(
    fc.property(roles, permission, fc.option(instanceId, { nil: undefined }), (held, wanted, on) => {
      expect(allows(powerOf(held), wanted, on)).toBe(held.some((one) => allows(powerOf([one]), wanted, on)));
    }),
  );
});

test("a role on one instance reaches neither another one nor the organization", () => {
  fc.assert(
    fc.property(role, permission, (held, wanted) => {
      const there = powerOf([{ ...held, instanceId: "8-a" }]);
      expect(allows(there, wanted, "8-b")).toBe(false);
      expect(allows(there, wanted)).toBe(false);
      if (/^(apps|keys|policy|streams):|^instances:create$/.test(wanted))
        expect(allows(there, wanted, "8-a")).toBe(false);
      else expect(allows(there, wanted, "8-a")).toBe(systemRole(held.systemRoleId).permissions.has(wanted));
    }),
  );
});

test("a role on the organization reaches every instance", () => {
  fc.assert(
    fc.property(role, permission, instanceId, (held, wanted, on) => {
      const everywhere = powerOf([{ ...held, instanceId: null, rules: [] }]);
      expect(allows(everywhere, wanted, on)).toBe(allows(everywhere, wanted));
    }),
  );
});

test("a restricted key has what its app lists and a key may have, a full one all that a key may have", () => {
  fc.assert(
    fc.property(fc.uniqueArray(permission), permission, instanceId, (listed, wanted, on) => {
      const full = allows({ kind: "key", access: "full", listed: [], resources: [] }, wanted, on);
      expect(full).toBe(CREDENTIAL_PERMISSIONS.includes(wanted));
      expect(allows({ kind: "key", access: "restricted", listed, resources: [] }, wanted, on)).toBe(
        full && listed.includes(wanted),
      );
    }),
  );
});

test("no key may ever change what is Latchkey's own, whatever is listed; it may add to the trail", () => {
  expect(allows({ kind: "key", access: "full", listed: [], resources: [] }, "audit:create")).toBe(true);
  const changing = ALL_PERMISSIONS.filter(
    (each) =>
      /^(apps|keys|instances|users|roles|tokens|sessions|audit|policy|streams):(?!read$)/.test(each) &&
      each !== "audit:create",
  );
  expect(changing).toHaveLength(26);
  for (const each of changing) {
    expect(allows({ kind: "key", access: "full", listed: [...ALL_PERMISSIONS], resources: [] }, each, "8-a")).toBe(
      false,
    );
    expect(
      allows({ kind: "key", access: "restricted", listed: [...ALL_PERMISSIONS], resources: [] }, each, "8-a"),
    ).toBe(false);
  }
});

type Row = Record<string, string>;

function tablesOf(markdown: string): Row[][] {
  return [...markdown.matchAll(/(?:^\|.*\|\n)+/gm)].map(([table]) => {
    const cells = table
      .trim()
      .split("\n")
      .map((line) =>
        line
          .slice(1, -1)
          .split("|")
          .map((cell) => cell.trim()),
      );
    const [head = [], , ...body] = cells;
    return body.map((row) => Object.fromEntries(head.map((column, i) => [column, row[i] ?? ""])));
  });
}

const rowOf = (table: Row[] | undefined, name: string): Row => table?.find((row) => row.Role === name) ?? {};

function permissionsIn({ Role: _, ...cells }: Row): string[] {
  return Object.entries(cells).flatMap(([resource, letters]) =>
    letters === "–" ? [] : [...letters].map((letter) => `${resource}:${VERBS[letter]}`),
  );
}
