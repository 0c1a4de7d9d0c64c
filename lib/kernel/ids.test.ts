import { setTimeout as delay } from "node:timers/promises";
import { expect, test } from "vitest";
import { idOf } from "@/lib/kernel/ids";
import { newId } from "@/lib/kernel/new-id";

test.each([
  ["user", "5-"],
  ["instance", "8-"],
  ["event", "15-"],
  ["role", "30-"],
  ["key", "56-"],
  ["session", "58-"],
  ["organization", "60-"],
  ["app", "80-"],
] as const)("an id of a %s starts with %s and is accepted as one", (kind, prefix) => {
  const id = newId(kind);
  expect(id.startsWith(prefix)).toBe(true);
  expect(id).toMatch(/^\d+-[0-9a-f]{11}-[bcdfghjklmnpqrstvwxz0-9]{8}$/);
  expect(idOf(kind).parse(id)).toBe(id);
});

test("a later id sorts after an earlier one, and ids of one moment differ", async () => {
  const first = newId("key");
  await delay(2);
  const second = newId("key");
  expect(first < second).toBe(true);
  expect(new Set(Array.from({ length: 1000 }, () => newId("key"))).size).toBe(1000);
});

test.each([
  "",
  "56-",
  "80-71cfc74-w9",
  "56-71cfc74",
  "56-71CFC74-w9zr",
  "56-71cfc74-w9zr\n",
  "x56-71cfc74-w9",
  "56-71cfc74-é",
])("%j is no id of a key", (id) => {
  expect(idOf("key").safeParse(id).success).toBe(false);
});

test("an id made by somebody else's rules is accepted", () => {
  expect(idOf("key").safeParse("56-71cfc74-0wn3r").success).toBe(true);
});
