import { expect, test } from "vitest";
import { db } from "@/lib/kernel/db";
import { forgetOldUsage } from "./forget-usage";

test("what is older than 35 days is forgotten, of counts and of callers alike, however much it is", async () => {
  await db().$executeRaw`
    insert into usage_count (organization_id, credential_id, hour, outcome, count)
    select '60-nobody', '56-' || i, now() - case i % 2 when 0 then interval '34 days' else interval '36 days' end, 'VALID', 1
    from generate_series(1, 30000) i`;
  await db().$executeRaw`
    insert into usage_caller (organization_id, credential_id, ip, first_at, last_at)
    select organization_id, credential_id, '203.0.113.7', now() - interval '50 days', hour from usage_count`;
  await forgetOldUsage();
  const left = { where: { organizationId: "60-nobody" } };
  const old = { where: { ...left.where, credentialId: "56-29999" } };
  expect([await db().usageCount.count(left), await db().usageCaller.count(left)]).toEqual([15_000, 15_000]);
  expect([await db().usageCount.count(old), await db().usageCaller.count(old)]).toEqual([0, 0]);
});
