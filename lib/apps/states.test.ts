import { expect, test } from "vitest";
import { getRotationPolicy } from "@/lib/credentials/queries";
import { DAY } from "@/lib/kernel/clock";
import { generateKey, revokeKey, updateKey } from "@/lib/keys/commands";
import { countLiveKeys, getKey } from "@/lib/keys/queries";
import { extendRotation, rotateKey } from "@/lib/keys/rotation";
import { codeOf, foundOrganization } from "@/lib/testing/organization";
import { registerApp, updateApp } from "./commands";
import { getApp, listApps } from "./queries";
import { ListApps } from "./schema";

const inDays = (days: number) => new Date(Date.now() + days * DAY).toISOString();
const namesOf = async (ctx: Parameters<typeof listApps>[0], status: ListApps["status"]) =>
  (await listApps(ctx, ListApps.parse({ status }))).rows.map(({ name }) => name);

test("an app shows the first overlap of its keys' rotations until that rotation is finished", async () => {
  const { owner } = await foundOrganization();
  const app = await registerApp(owner, { name: "Booking widget" });
  const key = await generateKey(owner, app.ZUID, { name: "Production" });
  await generateKey(owner, app.ZUID, { name: "Staging" });
  const slow = await generateKey(owner, app.ZUID, { name: "Slow" });
  expect((await getApp(owner, app.ZUID)).rotatingUntil).toBeNull();

  await rotateKey(owner, slow.ZUID, { overlapHours: 72 });
  const { versions } = await rotateKey(owner, key.ZUID, { overlapHours: 24 });
  expect((await getApp(owner, app.ZUID)).rotatingUntil).toBe(versions[1]?.endsAt);
  expect(await namesOf(owner, "rotating")).toEqual(["Booking widget"]);

  await extendRotation(owner, key.ZUID, { overlapHours: 0 });
  await extendRotation(owner, slow.ZUID, { overlapHours: 0 });
  const later = { ...owner, now: new Date(Date.now() + 1000) };
  expect((await getApp(later, app.ZUID)).rotatingUntil).toBeNull();
  expect(await namesOf(later, "rotating")).toEqual([]);
});

test("an app counts as expiring when a live key of it ends within fourteen days", async () => {
  const { owner } = await foundOrganization();
  const soon = await registerApp(owner, { name: "Soon" });
  const far = await registerApp(owner, { name: "Far" });
  const first = inDays(9);
  await generateKey(owner, soon.ZUID, { name: "Second", expiresAt: inDays(13) });
  await generateKey(owner, soon.ZUID, { name: "First", expiresAt: first });
  await generateKey(owner, far.ZUID, { name: "Later", expiresAt: inDays(15) });
  const leaked = await generateKey(owner, far.ZUID, { name: "Leaked", expiresAt: inDays(2) });
  await revokeKey(owner, leaked.ZUID, { reason: "leaked" });

  expect((await getApp(owner, soon.ZUID)).expiringAt).toBe(first);
  expect((await getApp(owner, far.ZUID)).expiringAt).toBeNull();
  expect(await namesOf(owner, "expiring")).toEqual(["Soon"]);
});

test("a disabled app is listed as disabled, whatever its keys are about to do", async () => {
  const { owner } = await foundOrganization();
  const app = await registerApp(owner, { name: "Old webstore" });
  const key = await generateKey(owner, app.ZUID, { name: "Last", expiresAt: inDays(1) });
  await rotateKey(owner, key.ZUID, { overlapHours: 12 });
  await updateApp(owner, app.ZUID, { enabled: false });
  expect(await namesOf(owner, "disabled")).toEqual(["Old webstore"]);
  expect([...(await namesOf(owner, "active")), ...(await namesOf(owner, "rotating"))]).toEqual([]);
  expect(await namesOf(owner, "expiring")).toEqual([]);
});

test("live keys are counted over all apps of the organization and of no other", async () => {
  const [here, elsewhere] = await Promise.all([foundOrganization(), foundOrganization()]);
  const app = await registerApp(here.owner, { name: "Payroll" });
  const other = await registerApp(elsewhere.owner, { name: "Payroll" });
  const key = await generateKey(here.owner, app.ZUID, { name: "Old" });
  await generateKey(here.owner, app.ZUID, { name: "New" });
  await generateKey(elsewhere.owner, other.ZUID, { name: "Foreign" });
  expect(await countLiveKeys(here.owner)).toBe(2);
  await revokeKey(here.owner, key.ZUID, {});
  expect(await countLiveKeys(here.owner)).toBe(1);
});

test("a key tells its own switch apart from its app's", async () => {
  const { owner } = await foundOrganization();
  const app = await registerApp(owner, { name: "Kiosk" });
  const { ZUID } = await generateKey(owner, app.ZUID, { name: "Lobby" });
  await updateApp(owner, app.ZUID, { enabled: false });
  expect(await getKey(owner, ZUID)).toMatchObject({ status: "disabled", enabled: true });
  await updateApp(owner, app.ZUID, { enabled: true });
  await updateKey(owner, ZUID, { enabled: false });
  expect(await getKey(owner, ZUID)).toMatchObject({ status: "disabled", enabled: false });
});

test("the overlap policy and the count are read by those who may read keys", async () => {
  const organization = await foundOrganization();
  expect(await getRotationPolicy(await organization.as("Auditor"))).toEqual({ defaultHours: 168, maxHours: 720 });
  const publisher = await organization.as("Publisher");
  expect(await codeOf(getRotationPolicy(publisher))).toBe("forbidden");
  expect(await codeOf(countLiveKeys(publisher))).toBe("forbidden");
});
