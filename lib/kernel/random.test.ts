import { expect, test } from "vitest";
import { randomBytes } from "./random";

test("no random bytes are given twice, however many are drawn at a time", () => {
  const given = Array.from({ length: 2_000 }, () => randomBytes(16).toString("hex"));
  expect(new Set(given).size).toBe(2_000);
  expect(given[0]).toHaveLength(32);
  expect(randomBytes(5_000)).toHaveLength(5_000);
});

test("what was given is nobody else's to change", () => {
  const [one, other] = [randomBytes(8), randomBytes(8)];
  const before = other.toString("hex");
  one.fill(0);
  expect(other.toString("hex")).toBe(before);
});
