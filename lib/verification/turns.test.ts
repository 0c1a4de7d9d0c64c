import { expect, onTestFinished, test, vi } from "vitest";
import { codeOf } from "@/lib/testing/organization";
import { inTurn } from "./turns";

/** Look-ups that the database does not answer before it is told to. */
function hanging() {
  let answer: () => void = () => undefined;
  const promise = new Promise<void>((resolve) => (answer = resolve));
  const begun: number[] = [];
  const find = async (wanted: readonly number[]) => {
    begun.push(wanted.length);
    await promise;
    return wanted.map((each) => -each);
  };
  return { find, answer, begun };
}

test("what comes while others are looked up is found together, each its own, and another kind apart", async () => {
  const [keys, tokens] = [hanging(), hanging()];
  const asked = Array.from({ length: 11 }, (_, at) => inTurn(keys.find, at));
  const other = inTurn(tokens.find, 7);
  expect([keys.begun, tokens.begun]).toEqual([[1, 1, 1], []]);
  keys.answer();
  expect(await Promise.all(asked)).toEqual([-0, -1, -2, -3, -4, -5, -6, -7, -8, -9, -10]);
  expect([keys.begun, tokens.begun]).toEqual([[1, 1, 1, 8], [1]]);
  tokens.answer();
  expect(await other).toBe(-7);
});

test("a look-up that fails is a failure for those it was for, and no one else", async () => {
  const { find, answer } = hanging();
  const refuses = () => Promise.reject(new Error("no answer"));
  const first = Array.from({ length: 3 }, (_, at) => inTurn(find, at));
  const failing = [inTurn(refuses, 1), inTurn(refuses, 2)].map((each) => each.catch((error: Error) => error.message));
  answer();
  expect(await Promise.all(failing)).toEqual(["no answer", "no answer"]);
  expect(await Promise.all([...first, inTurn(find, 3)])).toEqual([-0, -1, -2, -3]);
});

test("a flood of values that are looked for takes a few connections, and what is too much is told to come back", async () => {
  const { find, answer, begun } = hanging();
  const asked = Array.from({ length: 1_100 }, (_, at) => codeOf(inTurn(find, at)));
  expect(begun).toEqual([1, 1, 1]);
  // 3 are under way and 1,000 wait.
  expect(await Promise.all(asked.slice(1_003))).toEqual(Array.from({ length: 97 }, () => "busy"));
  expect(begun).toEqual([1, 1, 1]);
  answer();
  expect(await Promise.all(asked.slice(0, 1_003))).toEqual(Array.from({ length: 1_003 }, () => "none"));
  expect(Math.max(...begun)).toBe(32);
  expect(await codeOf(inTurn(find, 0))).toBe("none");
});

test("nobody waits long for a database that hangs: whose turn comes too late is told so, and it is not asked", async () => {
  const { find, answer, begun } = hanging();
  const asked = Array.from({ length: 20 }, (_, at) => codeOf(inTurn(find, at)));
  expect(begun).toEqual([1, 1, 1]);
  const later = performance.now() + 1_001;
  const clock = vi.spyOn(performance, "now").mockReturnValue(later);
  onTestFinished(() => clock.mockRestore());
  answer();
  const outcomes = await Promise.all(asked);
  expect(outcomes.filter((code) => code === "busy")).toHaveLength(17);
  expect(begun).toEqual([1, 1, 1]);
});
