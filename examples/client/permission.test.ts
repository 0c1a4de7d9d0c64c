import { expect, it } from "vitest";
import { isPermitted, type PermissionNeed } from "./permission";

const HELD = ["content:read", "content:publish"];

it.each<[need: PermissionNeed, isEnough: boolean]>([
  ["content:publish", true],
  ["content:delete", false],
  ["content", false],
  [{ all: ["content:read", "content:publish"] }, true],
  [{ all: ["content:read", "content:delete"] }, false],
  [{ any: ["content:delete", "content:read"] }, true],
  [{ any: ["content:delete", "media:read"] }, false],
  [{ any: [] }, false],
])("reading and publishing content is enough for %o: %s", (need, isEnough) => {
  expect(isPermitted(HELD, need)).toBe(isEnough);
});
