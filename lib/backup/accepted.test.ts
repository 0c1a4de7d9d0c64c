import path from "node:path";
import { expect, test } from "vitest";
import { makeBundle } from "@/lib/audit/bundle/make";
import { sealPending } from "@/lib/audit/sealer";
import { listKeys } from "@/lib/audit/signing-key";
import { db } from "@/lib/kernel/db";
import { env } from "@/lib/kernel/env";
import { newKey } from "@/lib/testing/app";
import { bothVerdicts } from "@/lib/testing/bundles";
import { foundOrganization } from "@/lib/testing/organization";
import { newFolder, newStore, within } from "@/lib/testing/restoring";
import { testStore } from "@/lib/testing/setup";
import { checkBackup } from "./read";
import { restoreBackup } from "./restore";
import { writeBackup } from "./write";

test("after a restore that lost events, the log is believed by who accepts what the restore said, and by nobody else", async () => {
  const acme = await foundOrganization();
  await newKey(acme);
  await sealPending();
  const file = path.join(await newFolder(), "backup");
  await writeBackup(testStore(), file, env());
  await newKey(acme);
  await sealPending();
  const signed = () => db().auditCheckpoint.findMany({ where: { logId: acme.id }, orderBy: { position: "asc" } });
  const before = await signed();
  const pinned = (await listKeys()).map(({ vkey }) => vkey);

  const store = await newStore();
  const checked = await checkBackup(file, env());
  const loss = { kind: "some", events: 2, epochs: { [acme.id]: 2_000_000_000 } } as const;
  const { restores } = await restoreBackup(store, file, checked, loss, env());
  await within(store, async () => {
    // That it was restored is the first event of the new epoch.
    await sealPending();
    const bundle = await new Response((await makeBundle(acme.id, {})).stream()).blob();
    const outside = [...before, ...(await signed()).filter(({ epoch }) => epoch === 2_000_000_001)].map(
      ({ note }) => note,
    );
    for (const verdict of await bothVerdicts(bundle, { pinned, outside })) {
      expect(verdict.join()).toContain("lost events in a restore that was not accepted");
    }
    const [size = 0] = before.slice(-2).map((checkpoint) => Number(checkpoint.size));
    const said = `${acme.id} --restored 2000000001:${size}`;
    expect(restores).toContain(said);
    const restored = said.split(" ").slice(2);
    expect(await bothVerdicts(bundle, { pinned, outside, restored, isNewest: true })).toEqual([[], []]);
  });
  const whole = await restoreBackup(await newStore(), file, checked, { kind: "none", events: 0, epochs: {} }, env());
  expect(whole.restores).toEqual([]);
});
