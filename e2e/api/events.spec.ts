import { readFileSync } from "node:fs";
import { expect, test } from "../fixtures/server";
import { isChange, methodOf, OPERATIONS } from "./operations";
import { WAIVERS } from "./waivers";

const WRITES = Object.keys(OPERATIONS).filter((operation) => methodOf(operation) !== "GET");

test("every change is seen to leave its event by the table of the matrix, or is waived with a reason", () => {
  const isDone = (operation: string) =>
    OPERATIONS[operation]?.statuses.split(/ +/).some((status) => Number(status) < 300);
  const unseen = WRITES.filter((operation) => WAIVERS[operation] ?? !isDone(operation));
  expect(unseen.sort()).toEqual(Object.keys(WAIVERS).sort());
  const needless = unseen.filter((operation) => isChange(operation) && isDone(operation));
  expect(needless).toEqual(["POST /v1/sessions/current/extension"]);
});

test("what is waived is seen by a test that is there and names the event", () => {
  const elsewhere = Object.entries(WAIVERS).flatMap(([operation, { seen }]) => (seen ? [{ operation, seen }] : []));
  for (const { operation, seen } of elsewhere) {
    const [file, action] = seen;
    // As a literal of its own, or with the outcome.
    expect(readFileSync(file, "utf8"), operation).toMatch(new RegExp(`"${action}( allowed)?"`));
  }
  const nowhere = Object.keys(WAIVERS).filter((operation) => isChange(operation) && !WAIVERS[operation]?.seen);
  expect(nowhere).toEqual(["POST /v1/sessions/current/extension"]);
});
