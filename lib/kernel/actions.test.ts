import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { ACTIONS } from "./actions";

const VERBS = { 1: "create", 2: "update", 3: "delete" };

test("the document lists every action with what it acts on and its verb, and no others", () => {
  const rows = readFileSync("docs/audit-actions.md", "utf8").match(/^\| `.*$/gm) ?? [];
  const documented = rows.map((row) => row.split("|").map((cell) => cell.trim().replaceAll("`", "")));
  const known = Object.entries(ACTIONS).map(([action, { target, verb }]) => [action, target, `${verb} ${VERBS[verb]}`]);
  expect(documented.map((cells) => cells.slice(1, -1))).toEqual(known);
});
