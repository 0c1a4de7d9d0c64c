import { describe, expect, it } from "vitest";
import { AnswerCache } from "./answer-cache";

const at = (milliseconds: number) => ({ monotonic: milliseconds, wall: 1_800_000_000_000 + milliseconds });

describe("a cached answer", () => {
  it("is used until its age is reached, counted from before the question was sent", () => {
    const cache = new AnswerCache<string>(10);
    cache.set("key", "yes", at(0), 5_000);
    expect(cache.get("key", at(4_999))).toBe("yes");
    expect(cache.get("key", at(5_000))).toBeUndefined();
    expect(cache.get("key", at(0))).toBeUndefined();
  });

  it("is never kept when it may not be", () => {
    const cache = new AnswerCache<string>(10);
    for (const milliseconds of [0, -1, NaN, Infinity]) {
      cache.set("key", "yes", at(0), milliseconds);
      expect(cache.get("key", at(0))).toBeUndefined();
    }
  });

  it("ends while the machine sleeps, when one clock stands still", () => {
    const cache = new AnswerCache<string>(10);
    cache.set("key", "yes", at(0), 5_000);
    expect(cache.get("key", { monotonic: 10, wall: at(60_000).wall })).toBeUndefined();
  });

  it("ends when the time of day is set back", () => {
    const cache = new AnswerCache<string>(10);
    cache.set("key", "yes", at(0), 5_000);
    expect(cache.get("key", { monotonic: 5_000, wall: at(-3_600_000).wall })).toBeUndefined();
  });
});

it("the answer used least recently is given up for a new one", () => {
  const cache = new AnswerCache<string>(2);
  cache.set("a", "A", at(0), 5_000);
  cache.set("b", "B", at(0), 5_000);
  cache.get("a", at(1));
  cache.set("c", "C", at(2), 5_000);
  expect(["a", "b", "c"].map((key) => cache.get(key, at(3)))).toEqual(["A", undefined, "C"]);
});

it("a key is a digest: it tells the parts apart and holds none of them", () => {
  const key = AnswerCache.keyOf("lkk_secret", "8-1", undefined);
  expect(key).toMatch(/^[\w+/]{43}=$/);
  expect(AnswerCache.keyOf("lkk_secret8-1", undefined, undefined)).not.toBe(key);
});
