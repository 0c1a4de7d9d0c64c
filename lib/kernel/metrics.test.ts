import { expect, test } from "vitest";
import { metrics } from "./metrics";

const lines = async (name: string) => (await metrics().registry.getSingleMetricAsString(name)).split("\n").slice(2);

test("what is counted is told by label, once for each time the counts are read", async () => {
  const { checks } = metrics();
  checks.inc("TEST_ONE");
  checks.inc("TEST_ONE");
  checks.add(3, "TEST_OTHER");
  const told = async () => (await lines("latchkey_checks_total")).filter((line) => line.includes("TEST_"));
  const expected = ['latchkey_checks_total{outcome="TEST_ONE"} 2', 'latchkey_checks_total{outcome="TEST_OTHER"} 3'];
  expect(await told()).toEqual(expected);
  expect(await told()).toEqual(expected);
});

test("a value is read where it stands at that moment", async () => {
  let pending = 3;
  metrics().usagePending.from = () => pending;
  expect(await lines("latchkey_usage_pending")).toEqual(["latchkey_usage_pending 3"]);
  pending = 0;
  expect(await lines("latchkey_usage_pending")).toEqual(["latchkey_usage_pending 0"]);
});
