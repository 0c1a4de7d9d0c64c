import { expect, test } from "vitest";
import { nextPath } from "./next-path";

test.each(["/", "/admin/setup/apps?q=pos&sort=name", "/audit?event=15-1a9c02f7b1-kq7vpd"])(
  "leads back to %s",
  (path) => {
    expect(nextPath(path)).toBe(path);
  },
);

test.each([
  undefined,
  "",
  "admin",
  "//evil.example",
  "/\\evil.example",
  "\\\\evil.example",
  "/a\\b",
  "/\t/evil.example",
  "/\n/evil.example",
  "https://evil.example",
  "javascript:alert(1)",
  ["/audit", "/"],
])("leads to the overview instead of %j", (given) => {
  expect(nextPath(given)).toBe("/");
});
