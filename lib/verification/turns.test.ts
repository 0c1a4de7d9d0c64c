import { expect, onTestFinished, test, vi } from "vitest";
import { codeOf } from "@/lib/testing/organization";
import { inTurn } from "./turns";

/** Look-ups that the database does not answer before it is told to. */
function hanging() {
  let answer: () => void = () => undefined;
  const promise = new Promise<void>((resolve) => (answer = resolve));
  let begun = 0;
  const ask = () =>
    codeOf(
      inTurn(() => {
        begun += 1;
        return promise;
      }),
    );
  return { ask, answer, begun: () => begun };
}

test("a flood of values that are looked for takes a few connections, and what is too much is told to come back", async () => {
  const { ask, answer, begun } = hanging();
  const asked = Array.from({ length: 1_100 }, ask);
  await vi.waitFor(() => expect(begun()).toBe(6));
  // 6 are under way and 1,000 wait.
  expect(await Promise.all(asked.slice(1_006))).toEqual(Array.from({ length: 94 }, () => "busy"));
  expect(begun()).toBe(6);
  answer();
  expect(await Promise.all(asked.slice(0, 1_006))).toEqual(Array.from({ length: 1_006 }, () => "none"));
  expect(await ask()).toBe("none");
});

test("nobody waits long for a database that hangs: whose turn comes too late is told so, and it is not asked", async () => {
  const { ask, answer, begun } = hanging();
  const asked = Array.from({ length: 20 }, ask);
  await vi.waitFor(() => expect(begun()).toBe(6));
  const later = performance.now() + 1_001;
  const clock = vi.spyOn(performance, "now").mockReturnValue(later);
  onTestFinished(() => clock.mockRestore());
  answer();
  const outcomes = await Promise.all(asked);
  expect(outcomes.filter((code) => code === "busy")).toHaveLength(14);
  expect(begun()).toBe(6);
});
