import { expect, test } from "vitest";
import { newKey } from "@/lib/testing/app";
import { codeOf, ctxOfKey, foundOrganization } from "@/lib/testing/organization";
import { reportVerification } from "./commands";
import { sealPending } from "./sealer";

test("a person says what a verification of no more than the trail came to; a key does not", async () => {
  const acme = await foundOrganization();
  const key = await ctxOfKey((await newKey(acme)).key);
  await sealPending();
  const found = (size: number, bundle = false) =>
    ({ size, from: 0, result: "verified", bundle, isComplete: true }) as const;
  expect(await codeOf(reportVerification(key, found(1)))).toBe("forbidden");
  expect(await codeOf(reportVerification(acme.owner, found(1_000)))).toBe("invalid_input");
  // A bundle may be of the log as it was before a restore.
  expect(await codeOf(reportVerification(acme.owner, found(1_000, true)))).toBe("none");
  const before = (await acme.events()).length;
  expect(await reportVerification(await acme.as("Auditor"), found(2))).toEqual(found(2));
  expect((await acme.events()).slice(before)).toMatchObject([
    { action: "trail.verified", after: { size: 2, from: 0 } },
  ]);
});
