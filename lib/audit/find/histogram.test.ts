import { expect, test } from "vitest";
import { countEvents } from "@/lib/audit/queries";
import { newKey } from "@/lib/testing/app";
import { ctxOfKey, foundOrganization } from "@/lib/testing/organization";
import { refund, report } from "@/lib/testing/report";

test("an event that is reported years late stands where it happened", async () => {
  const acme = await foundOrganization();
  const { key } = await newKey(acme);
  const occurredAt = "2020-01-01T00:00:00Z";
  await report(await ctxOfKey(key), refund({ credential: key, occurredAt }));
  const { from, stepSeconds, counts } = await countEvents(acme.owner, {});
  const span = (Date.parse(occurredAt) - Date.parse(from)) / 1000 / stepSeconds;
  expect(span).toBeGreaterThanOrEqual(0);
  expect(counts?.[Math.floor(span)]).toBe(1);
});
