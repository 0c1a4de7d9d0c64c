import { expect, test } from "vitest";
import { db } from "./db";
import { after } from "./soon";

test("what is there is handed on at once, and what has yet to come when it has", async () => {
  for (const value of [7, "text", false, null, undefined, { then: "later" }])
    expect(after(value, (given) => [given])).toEqual([value]);
  expect(await after(Promise.resolve(false), (isTrue) => (isTrue ? "yes" : "no"))).toBe("no");
});

test("what Prisma returns is waited for: taken for a value it would be a yes to every question", async () => {
  const absent = db().organization.findUnique({ where: { id: "nobody's" } });
  expect(absent).not.toBeInstanceOf(Promise);
  expect(await after(absent, (found) => (found ? "yes" : "no"))).toBe("no");
});
