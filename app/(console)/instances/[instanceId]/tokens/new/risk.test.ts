import { expect, test } from "vitest";
import { riskOf } from "./risk";

test("a token that changes code, schema or settings is of high risk, wherever it works from", () => {
  expect(riskOf(["code:update"], 7, ["203.0.113.7"])).toEqual({
    level: "high",
    reasons: ["It can change how things work: code, schema or settings."],
  });
});

test("one that publishes, deletes or reads about people is of medium risk", () => {
  for (const permission of ["content:publish", "media:delete", "leads:read", "users:read"] as const)
    expect(riskOf([permission], 7, []).level, permission).toBe("medium");
});

test("one that only reads content is of low risk, and is told what still weighs", () => {
  expect(riskOf(["content:read", "code:read"], 90, [])).toEqual({
    level: "low",
    reasons: [
      "It can neither publish, delete nor read about people.",
      "It works from anywhere.",
      "A leaked value would work for up to 90 days.",
    ],
  });
});

test("changing what nobody has listed is no low risk, and reading it is said", () => {
  expect(riskOf(["media:update"], 7, ["203.0.113.7"], true)).toEqual({
    level: "medium",
    reasons: ["It can change data, and not all that it opens is listed."],
  });
  expect(riskOf(["media:read"], 7, ["203.0.113.7"], true)).toEqual({
    level: "low",
    reasons: ["It can neither publish, delete nor read about people.", "Not all that it opens is listed."],
  });
});
