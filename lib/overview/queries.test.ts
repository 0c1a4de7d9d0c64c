import { expect, test } from "vitest";
import { deleteApp, registerApp, updateApp } from "@/lib/apps/commands";
import { CREDENTIAL_STATUSES } from "@/lib/credentials/schema";
import { DAY } from "@/lib/kernel/clock";
import type { Ctx } from "@/lib/kernel/ctx";
import { createInstance } from "@/lib/instances/commands";
import { db } from "@/lib/kernel/db";
import { generateKey, revokeKey, updateKey } from "@/lib/keys/commands";
import { extendRotation, rollBackRotation, rotateKey } from "@/lib/keys/rotation";
import { codeOf, foundOrganization } from "@/lib/testing/organization";
import { newToken } from "@/lib/testing/token";
import { issueToken } from "@/lib/tokens/commands";
import { getOverview, listCredentials } from "./queries";
import { CREDENTIAL_USES, ListCredentials } from "./schema";

const inDays = (days: number) => new Date(Date.now() + days * DAY).toISOString();
const later = (ctx: Ctx, days: number): Ctx => ({ ...ctx, now: new Date(Date.now() + days * DAY) });

async function namesOf(ctx: Ctx, query: Record<string, string>): Promise<string[]> {
  const { rows, total } = await listCredentials(ctx, ListCredentials.parse({ sort: "name", ...query }));
  expect(total).toBe(rows.length);
  return rows.map(({ name }) => name);
}

/** How many each value of the filter lists. */
async function listedBy(ctx: Ctx, filter: string, values: readonly string[]): Promise<Record<string, number>> {
  const total = async (value: string) => (await listCredentials(ctx, ListCredentials.parse({ [filter]: value }))).total;
  return Object.fromEntries(await Promise.all(values.map(async (value) => [value, await total(value)])));
}

const called = (credentialId: string, days: number) =>
  db().credentialVersion.updateMany({ where: { credentialId }, data: { lastUsedAt: new Date(inDays(days)) } });

/** One key in every state there is, and one in each of the ways into it. */
async function everyState() {
  const { owner } = await foundOrganization();
  const [app, off, gone] = await Promise.all(
    ["Kiosk", "Old webstore", "Gone"].map((name) => registerApp(owner, { name })),
  );
  const make = async (name: string, more: object = {}, appId = app?.ZUID as string) =>
    (await generateKey(owner, appId, { name, ...more })).ZUID;
  await make("active");
  await make("active, ends late", { expiresAt: inDays(15) });
  await rotateKey(owner, await make("rotating"), { overlapHours: 36 });
  await rotateKey(owner, await make("rotating, ends soon", { expiresAt: inDays(3) }), { overlapHours: 24 });
  const finished = await make("active, rotated");
  await rotateKey(owner, finished, { overlapHours: 24 });
  await extendRotation(owner, finished, { overlapHours: 0 });
  const rolledBack = await make("active, rolled back");
  await rotateKey(owner, rolledBack, { overlapHours: 24 });
  await rollBackRotation(owner, rolledBack);
  await make("expiring", { expiresAt: inDays(13) });
  await make("expired", { expiresAt: inDays(0.5) });
  await updateKey(owner, await make("disabled"), { enabled: false });
  await make("disabled by its app", {}, off?.ZUID);
  await updateApp(owner, off?.ZUID as string, { enabled: false });
  await revokeKey(owner, await make("revoked"), { reason: "leaked" });
  const restored = await make("restored");
  await db().credential.update({ where: { id: restored }, data: { quarantinedAt: new Date() } });
  await make("of a deleted app", {}, gone?.ZUID);
  await deleteApp(owner, gone?.ZUID as string);
  return later(owner, 0.9);
}

test("each state lists the keys whose records say that state, and no key is in two or none", async () => {
  const ctx = await everyState();
  const all = await listCredentials(ctx, ListCredentials.parse({}));
  const listed: string[] = [];
  for (const state of CREDENTIAL_STATUSES) {
    const { rows } = await listCredentials(ctx, ListCredentials.parse({ state }));
    expect(rows.map(({ status }) => status)).toEqual(rows.map(() => state));
    expect(rows.every(({ name }) => name.startsWith(state))).toBe(true);
    listed.push(...rows.map(({ ZUID }) => ZUID));
  }
  expect(listed.sort()).toEqual(all.rows.map(({ ZUID }) => ZUID).sort());
  expect(all.total).toBe(12);

  const { credentials: keys, apps } = await getOverview(ctx);
  expect(keys?.byState).toEqual({
    active: 4,
    rotating: 2,
    expiring: 1,
    expired: 1,
    disabled: 2,
    revoked: 1,
    restored: 1,
  });
  expect(await listedBy(ctx, "state", CREDENTIAL_STATUSES)).toEqual(keys?.byState);
  expect(await listedBy(ctx, "use", CREDENTIAL_USES)).toEqual(keys?.byUse);
  expect(keys?.expiring.first.map(({ name }) => name)).toEqual(["expiring"]);
  expect(keys?.rotating).toMatchObject({ total: 2, first: [{ name: "rotating, ends soon" }, { name: "rotating" }] });
  expect(apps).toBe(2);
}, 60_000);

test("a working key is never used, forgotten after seven days, dormant thirty days after its last call", async () => {
  const { owner } = await foundOrganization();
  const app = await registerApp(owner, { name: "Booking" });
  const make = async (name: string) => (await generateKey(owner, app.ZUID, { name })).ZUID;
  await make("fresh");
  const busy = await make("busy");
  const quiet = await make("quiet");
  await revokeKey(owner, await make("revoked"), {});
  await called(busy, -29);
  await called(quiet, -31);
  await rotateKey(owner, quiet, { overlapHours: 1 });

  expect(await namesOf(owner, { use: "never" })).toEqual(["fresh"]);
  expect(await namesOf(owner, { use: "forgotten" })).toEqual([]);
  expect(await namesOf(later(owner, 6.9), { use: "forgotten" })).toEqual([]);
  expect(await namesOf(later(owner, 7.1), { use: "forgotten" })).toEqual(["fresh"]);
  expect(await namesOf(owner, { use: "dormant" })).toEqual(["quiet"]);
  expect(await namesOf(later(owner, 0.9), { use: "dormant" })).toEqual(["quiet"]);
  await db().credential.updateMany({ where: { name: "fresh" }, data: { createdAt: new Date(inDays(-31)) } });
  expect(await namesOf(owner, { use: "dormant" })).toEqual(["fresh", "quiet"]);
  await db().credential.updateMany({ where: { name: "fresh" }, data: { createdAt: new Date(inDays(-1)) } });
  for (const at of [owner, later(owner, 6.9), later(owner, 20)]) {
    expect((await getOverview(at)).credentials?.byUse).toEqual(await listedBy(at, "use", CREDENTIAL_USES));
  }
  expect((await getOverview(owner)).credentials?.byUse).toEqual({ never: 1, dormant: 1, forgotten: 0 });
});

test("keys are found by their name, their app's name and their id", async () => {
  const { owner } = await foundOrganization();
  const app = await registerApp(owner, { name: "Loyalty partner" });
  const { ZUID } = await generateKey(owner, app.ZUID, { name: "Production" });
  await generateKey(owner, app.ZUID, { name: "Staging" });
  expect(await namesOf(owner, { q: "PROD" })).toEqual(["Production"]);
  expect(await namesOf(owner, { q: "loyalty" })).toEqual(["Production", "Staging"]);
  expect(await namesOf(owner, { q: ZUID })).toEqual(["Production"]);
  expect(await namesOf(owner, { q: "nothing" })).toEqual([]);
});

test("who may not read keys, apps or the trail learns nothing of them, and asking for keys is recorded", async () => {
  const { as, events, instanceId } = await foundOrganization();
  const seo = await as("SEO");
  expect(await getOverview(seo)).toEqual({});
  expect(await getOverview(await as("Publisher", instanceId))).toEqual({});
  expect(await events()).toEqual([]);
  expect(await codeOf(listCredentials(seo, ListCredentials.parse({})))).toBe("forbidden");
  expect(await events()).toMatchObject([{ action: "access.refused", outcome: "denied", actorName: "SEO Person" }]);
});

test("an Auditor sees keys, apps and events", async () => {
  const { as } = await foundOrganization();
  const overview = await getOverview(await as("Auditor"));
  expect(overview).toMatchObject({ apps: 0, events: [], credentials: { byUse: { never: 0, dormant: 0 } } });
});

test("nothing of another organization is counted or listed", async () => {
  const [here, elsewhere] = await Promise.all([foundOrganization(), foundOrganization()]);
  const app = await registerApp(elsewhere.owner, { name: "Foreign" });
  const { ZUID } = await generateKey(elsewhere.owner, app.ZUID, { name: "Foreign", expiresAt: inDays(3) });
  const overview = await getOverview(here.owner);
  expect(overview).toMatchObject({ apps: 0, credentials: { byUse: { never: 0 }, expiring: { total: 0, first: [] } } });
  expect(overview.credentials?.expiries.days.every((count) => count === 0)).toBe(true);
  for (const query of [{}, { q: ZUID }, { state: "expiring" }, { use: "never" }]) {
    expect((await listCredentials(here.owner, ListCredentials.parse(query))).total).toBe(0);
  }
});

test("tokens are listed and counted with the keys, each reader's instances alone", async () => {
  const acme = await foundOrganization();
  const { owner, instanceId } = acme;
  const app = await registerApp(owner, { name: "Payroll" });
  await generateKey(owner, app.ZUID, { name: "a key" });
  const { tokenId } = await newToken(acme, { name: "b token", expiresInDays: 3 });
  await newToken(acme, { name: "c token", expiresInDays: 60 });
  const other = await createInstance(owner, { name: "Other" });
  const { id: roleZUID } = await db().role.findFirstOrThrow({ where: { instanceId: other.ZUID, name: "Publisher" } });
  await issueToken(owner, { name: "d elsewhere", roleZUID });

  expect(await namesOf(owner, {})).toEqual(["a key", "b token", "c token", "d elsewhere"]);
  expect(await namesOf(owner, { kind: "access_token", q: "main" })).toEqual(["b token", "c token"]);
  expect(await namesOf(owner, { state: "expiring" })).toEqual(["b token"]);
  expect(await namesOf(owner, { use: "never" })).toHaveLength(4);
  const { credentials } = await getOverview(owner);
  expect(credentials?.byState).toMatchObject({ active: 3, expiring: 1, disabled: 0 });
  expect(credentials?.expiries.days.reduce((sum, count) => sum + count)).toBe(2);
  expect(credentials?.expiring.first).toMatchObject([
    { kind: "access_token", ZUID: tokenId, place: { ZUID: instanceId, name: "Main" } },
  ]);

  const local = await acme.as("Owner", instanceId);
  expect(await namesOf(local, {})).toEqual(["b token", "c token"]);
  expect((await getOverview(local)).credentials?.byState).toMatchObject({ active: 1, expiring: 1 });
  expect(await namesOf(await acme.as("Access Admin"), {})).toEqual(["b token", "c token", "d elsewhere"]);
  expect(await namesOf(await acme.as("Developer"), {})).toEqual(["a key"]);
});
