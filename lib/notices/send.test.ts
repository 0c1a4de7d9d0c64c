import { beforeEach, expect, test } from "vitest";
import { DAY } from "@/lib/kernel/clock";
import { db } from "@/lib/kernel/db";
import { newKey } from "@/lib/testing/app";
import { mailsTo } from "@/lib/testing/mail";
import { foundOrganization, type TestOrganization } from "@/lib/testing/organization";
import { idOfPerson } from "@/lib/testing/roles";
import { newToken } from "@/lib/testing/token";
import type { Ctx } from "@/lib/kernel/ctx";
import { sendExpiryNotices } from "./send";

let acme: TestOrganization;
beforeEach(async () => {
  acme = await foundOrganization();
});

/** Makes the credential one that was created long ago and ends after so many days. */
const endsIn = (id: string, days: number, age = 200) =>
  db().credential.update({
    where: { id },
    data: { expiresAt: new Date(Date.now() + days * DAY), createdAt: new Date(Date.now() - age * DAY) },
  });
const token = async (days: number, age?: number) => {
  const { tokenId } = await newToken(acme);
  await endsIn(tokenId, days, age);
  return tokenId;
};
const inbox = async (ctx: Ctx = acme.owner) => mailsTo(acme.id, `${idOfPerson(ctx)}@example.com`);

test("one mail names everything that ends soon, the nearest first, with where and when", async () => {
  const { tokenId, token: value } = await newToken(acme, { name: "Deploy" });
  await endsIn(tokenId, 6.5);
  const { keyId, appId, key } = await newKey(acme, { name: "Point of sale" });
  await endsIn(keyId, 0.5);
  await sendExpiryNotices();
  const [mail, ...others] = await inbox();
  expect(others).toEqual([]);
  expect(mail?.subject).toBe("2 credentials of Acme end soon");
  const [first, second] = [mail?.text.indexOf("Point of sale"), mail?.text.indexOf("Deploy")] as [number, number];
  expect(first).toBeGreaterThan(0);
  expect(second).toBeGreaterThan(first);
  expect(mail?.text).toContain(`http://127.0.0.1:3000/admin/setup/apps/${appId}/keys/${keyId}\n`);
  expect(mail?.text).toContain("“Deploy” (Publisher on Main)\nends in 7 days, on ");
  expect(mail?.text).toContain("ends within a day");
  for (const secret of [value, key]) expect(mail?.text).not.toContain(secret);
});

test("each step is told of once, whoever runs and however often", async () => {
  const id = await token(29);
  await Promise.all([sendExpiryNotices(), sendExpiryNotices(), sendExpiryNotices()]);
  expect(await inbox()).toHaveLength(1);
  for (const [days, mails] of [
    [20, 1],
    [13, 2],
    [10, 2],
    [6, 3],
    [0.9, 4],
    [0.1, 4],
  ] as const) {
    // The end is part of what was told: it stays while time goes on, so the notices move along.
    const expiresAt = new Date(Date.now() + days * DAY);
    await db().credential.update({ where: { id }, data: { expiresAt } });
    await db().expiryNotice.updateMany({ where: { credentialId: id }, data: { expiresAt } });
    await sendExpiryNotices();
    expect([days, (await inbox()).length]).toEqual([days, mails]);
  }
});

test("a step that was past when the credential was made is skipped; a new end is told of anew", async () => {
  const id = await token(10, 1);
  await sendExpiryNotices();
  expect(await inbox()).toEqual([]);
  await endsIn(id, 6, 5);
  await sendExpiryNotices();
  expect(await inbox()).toHaveLength(1);
  await endsIn(id, 6.2, 5);
  await sendExpiryNotices();
  expect(await inbox()).toHaveLength(2);
});

test("what is revoked, disabled, ended, or ends later is not told of", async () => {
  const [revoked, ended, later] = [await token(5), await token(-1), await token(31)];
  await db().credential.update({ where: { id: revoked }, data: { revokedAt: new Date() } });
  const { keyId } = await newKey(acme);
  await endsIn(keyId, 5);
  await db().credential.update({ where: { id: keyId }, data: { disabledAt: new Date() } });
  await sendExpiryNotices();
  expect(await inbox()).toEqual([]);
  expect(await db().expiryNotice.count({ where: { credentialId: { in: [revoked, ended, later, keyId] } } })).toBe(0);
});

test("whoever may act on it is told: not an auditor, not who left, and of another instance or the keys no Owner of one", async () => {
  const [admin, auditor, gone] = [await acme.as("Admin"), await acme.as("Auditor"), await acme.as("Admin")];
  const local = await acme.as("Owner", acme.instanceId);
  await db().user.update({ where: { id: idOfPerson(gone) }, data: { status: "deactivated" } });
  await token(5);
  const { keyId } = await newKey(acme);
  await endsIn(keyId, 5);
  await sendExpiryNotices();
  expect((await inbox(admin))[0]?.subject).toBe("2 credentials of Acme end soon");
  expect((await inbox(local))[0]?.subject).toMatch(/^Token \d+ ends in 5 days$/);
  expect(await inbox(auditor)).toEqual([]);
  expect(await inbox(gone)).toEqual([]);
});
