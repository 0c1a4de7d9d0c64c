import { expect, test } from "vitest";
import { newKey } from "@/lib/testing/app";
import { foundOrganization } from "@/lib/testing/organization";
import { flushUsage, recordCheck } from "@/lib/verification/usage";
import { listCredentials } from "./queries";
import { ListCredentials, type RefusedFor } from "./schema";

test("the credentials that were refused for one reason in thirty days are listed, and no others", async () => {
  const acme = await foundOrganization();
  const [throttled, fine, before] = [await newKey(acme), await newKey(acme), await newKey(acme)];
  const check = { organizationId: acme.id, ip: "203.0.113.7", userAgent: "", at: Date.now() };
  recordCheck({ ...check, credentialId: throttled.keyId, outcome: "RATE_LIMITED" });
  recordCheck({ ...check, credentialId: fine.keyId, outcome: "VALID" });
  const at = Date.now() - 31 * 86_400_000;
  recordCheck({ ...check, credentialId: before.keyId, outcome: "RATE_LIMITED", at });
  await flushUsage();
  const list = async (refused: RefusedFor) =>
    (await listCredentials(acme.owner, ListCredentials.parse({ refused }))).rows.map(({ ZUID }) => ZUID);
  expect(await list("RATE_LIMITED")).toEqual([throttled.keyId]);
  expect(await list("EXPIRED")).toEqual([]);
});
