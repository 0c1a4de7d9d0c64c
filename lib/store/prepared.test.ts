import { expect, test } from "vitest";
import { statementNames } from "./prepared";

test("a statement has one name of its own, however often it is asked for", () => {
  const nameOf = statementNames();
  expect(["select 1", "select 2", "select 1"].map((sql) => nameOf({ sql, args: [1] }))).toEqual([
    "latchkey_0",
    "latchkey_1",
    "latchkey_0",
  ]);
});

test("no more than 200 statements are kept, and none without values or with a long list of them", () => {
  const nameOf = statementNames();
  expect(nameOf({ sql: "commit", args: [] })).toBe("");
  expect(nameOf({ sql: "in a list", args: Array(51).fill(1) })).toBe("");
  const names = Array.from({ length: 201 }, (_, number) => nameOf({ sql: `select ${number}`, args: [1] }));
  expect([names[199], names[200]]).toEqual(["latchkey_199", ""]);
  expect(nameOf({ sql: "select 199", args: [1] })).toBe("latchkey_199");
});
