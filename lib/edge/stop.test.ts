import { expect, it } from "vitest";
import { onStop, runClosers } from "./stop";

it("closes in the reverse order of registration, also when one of them fails", async () => {
  const closed: string[] = [];
  const failures: unknown[] = [];
  const broken = new Error("cannot close");
  onStop(() => void closed.push("store"));
  onStop(() => Promise.reject(broken));
  onStop(() => void closed.push("next"));
  await runClosers((thrown) => failures.push(thrown));
  expect(closed).toEqual(["next", "store"]);
  expect(failures).toEqual([broken]);
});
