import { beforeAll, describe, expect, test } from "vitest";
import { deleteApp, registerApp, rotateAppSecret, updateApp } from "@/lib/apps/commands";
import { getApp, listApps } from "@/lib/apps/queries";
import { ListApps } from "@/lib/apps/schema";
import { db } from "@/lib/kernel/db";
import { digestOf } from "@/lib/kernel/secrets";
import { getKey } from "@/lib/keys/queries";
import { newApp, newKey } from "@/lib/testing/app";
import { codeOf, ctxOfKey, foundOrganization, textOf, type TestOrganization } from "@/lib/testing/organization";

let acme: TestOrganization;
let globex: TestOrganization;
beforeAll(async () => {
  acme = await foundOrganization();
  globex = await foundOrganization();
});

const eventsOf = async (id: string) => (await acme.events()).filter(({ targetId }) => targetId === id);
const ALL = ListApps.parse({});

describe("registering an app", () => {
  test("answers with its secret once and keeps only the digest and a hint", async () => {
    const { secret, ...record } = await registerApp(acme.owner, { name: "Billing" });
    expect(secret).toMatch(/^lkc_[0-9A-Za-z]{42}$/);
    expect(record).toMatchObject({
      name: "Billing",
      uri: null,
      description: "",
      status: "active",
      loginUserType: "employee",
      postLoginRedirects: [],
      postLogoutRedirects: [],
      keyAccess: { mode: "full" },
      tokenAccess: { mode: "role" },
      secretHint: `lkc_…${secret.slice(-4)}`,
      liveKeys: 0,
      lastUsedAt: null,
      createdByUserZUID: acme.owner.principal.id,
      createdByName: "Olivia Owner",
    });
    const row = await db().app.findUniqueOrThrow({ where: { id: record.ZUID } });
    expect(Buffer.from(row.secretDigest)).toEqual(Buffer.from(digestOf(secret)));
    expect(await getApp(acme.owner, record.ZUID)).toEqual(record);
    const [event, ...more] = await eventsOf(record.ZUID);
    expect(more).toEqual([]);
    expect(event).toMatchObject({
      action: "app.registered",
      actorId: acme.owner.principal.id,
      targetType: "app",
      targetName: "Billing",
      appId: record.ZUID,
      outcome: "allowed",
    });
    expect(textOf(event)).not.toContain(secret);
    expect(textOf(event)).not.toContain(secret.slice(4, 40));
  });

  test("is an Owner's or Admin's of the organization: everybody else leaves a denied event and no app", async () => {
    expect(await codeOf(registerApp(await acme.as("Admin"), { name: "By an admin" }))).toBe("none");
    const { key } = await newKey(acme);
    const refused = [
      await acme.as("Developer"),
      await acme.as("Auditor"),
      await acme.as("Access Admin"),
      await acme.as("Owner", acme.instanceId),
      await ctxOfKey(key),
    ];
    for (const ctx of refused) {
      const apps = await db().app.count();
      expect(await codeOf(registerApp(ctx, { name: "Mine" }))).toBe("forbidden");
      expect(await db().app.count()).toBe(apps);
      expect((await acme.events()).at(-1)).toMatchObject({
        action: "app.registered",
        actorId: ctx.principal.id,
        outcome: "denied",
        targetName: "Mine",
      });
    }
  });

  test("refuses a name a living app has, in any case; a deleted app frees its name", async () => {
    const { ZUID } = await registerApp(acme.owner, { name: "Unique" });
    expect(await codeOf(registerApp(acme.owner, { name: "UNIQUE" }))).toBe("conflict");
    expect(await codeOf(registerApp(globex.owner, { name: "Unique" }))).toBe("none");
    await deleteApp(acme.owner, ZUID);
    expect(await codeOf(registerApp(acme.owner, { name: "Unique" }))).toBe("none");
  });
});

describe("changing an app", () => {
  test("records the fields that differ, and switching it off as a fact of its own", async () => {
    const id = await newApp(acme);
    await updateApp(acme.owner, id, { name: "Renamed", enabled: false });
    expect((await eventsOf(id)).slice(1)).toMatchObject([
      { action: "app.updated", after: { name: "Renamed" } },
      { action: "app.disabled", before: { status: "active" }, after: { status: "disabled" } },
    ]);
    expect(await getApp(acme.owner, id)).toMatchObject({ name: "Renamed", status: "disabled" });
    await updateApp(acme.owner, id, { enabled: true });
    expect((await eventsOf(id)).at(-1)).toMatchObject({ action: "app.enabled", after: { status: "active" } });
  });

  test("disabling an app makes its keys fail at once, and enabling it makes them work again", async () => {
    const { appId, key } = await newKey(acme);
    expect(await codeOf(ctxOfKey(key))).toBe("none");
    await updateApp(acme.owner, appId, { enabled: false });
    expect(await codeOf(ctxOfKey(key))).toBe("credential_disabled");
    await updateApp(acme.owner, appId, { enabled: true });
    expect(await codeOf(ctxOfKey(key))).toBe("none");
  });

  test("restricting an app narrows its keys at once; an empty list is nothing", async () => {
    const { appId, key } = await newKey(acme);
    const mayList = async () => codeOf(listApps(await ctxOfKey(key), ALL));
    expect(await mayList()).toBe("none");
    await updateApp(acme.owner, appId, { keyAccess: { mode: "restricted", permissions: ["content:read"] } });
    expect(await mayList()).toBe("forbidden");
    await updateApp(acme.owner, appId, { keyAccess: { mode: "restricted", permissions: ["apps:read"] } });
    expect(await mayList()).toBe("none");
    await updateApp(acme.owner, appId, { keyAccess: { mode: "restricted", permissions: [] } });
    expect(await mayList()).toBe("forbidden");
  });
});

describe("deleting an app", () => {
  test("revokes its keys at once, takes it from lists, and leaves its history", async () => {
    const { appId, keyId, key } = await newKey(acme);
    await deleteApp(acme.owner, appId);
    expect(await codeOf(ctxOfKey(key))).toBe("credential_revoked");
    expect(await codeOf(getApp(acme.owner, appId))).toBe("not_found");
    expect(await getKey(acme.owner, keyId)).toMatchObject({
      status: "revoked",
      revokedByName: "Olivia Owner",
      revocationReason: "app deleted",
    });
    expect((await eventsOf(appId)).at(-1)).toMatchObject({ action: "app.deleted", after: { revokedKeys: 1 } });
    expect(await codeOf(deleteApp(acme.owner, appId))).toBe("not_found");
  });

  test("of twenty parallel tries one deletes it", async () => {
    const id = await newApp(acme);
    const codes = await Promise.all(Array.from({ length: 20 }, () => codeOf(deleteApp(acme.owner, id))));
    expect(codes.filter((code) => code === "none")).toHaveLength(1);
    expect((await eventsOf(id)).filter(({ action }) => action === "app.deleted")).toHaveLength(1);
  });
});

test("replacing the app secret answers with the new one, keeps its digest, and records the hint alone", async () => {
  const id = await newApp(acme);
  const { secret } = await rotateAppSecret(acme.owner, id);
  const row = await db().app.findUniqueOrThrow({ where: { id } });
  expect(Buffer.from(row.secretDigest)).toEqual(Buffer.from(digestOf(secret)));
  const event = (await eventsOf(id)).at(-1);
  expect(event).toMatchObject({ action: "app.secret_rotated", after: { secretHint: `lkc_…${secret.slice(-4)}` } });
  expect(textOf(event)).not.toContain(secret.slice(4, 40));
});

describe.each([
  ["changing", (ctx: TestOrganization["owner"], id: string) => updateApp(ctx, id, { name: "Taken over" })],
  ["deleting", (ctx: TestOrganization["owner"], id: string) => deleteApp(ctx, id)],
  ["replacing the secret of", (ctx: TestOrganization["owner"], id: string) => rotateAppSecret(ctx, id)],
])("%s an app", (_, act) => {
  test("of another organization is as of none at all, and changes nothing", async () => {
    const id = await newApp(acme);
    const before = await db().app.findUniqueOrThrow({ where: { id } });
    expect(await codeOf(act(globex.owner, id))).toBe("not_found");
    expect(await codeOf(act(globex.owner, "80-71cfc74-nothing"))).toBe("not_found");
    expect(await db().app.findUniqueOrThrow({ where: { id } })).toEqual(before);
  });

  test("without the permission changes nothing and is recorded as denied", async () => {
    const id = await newApp(acme);
    const before = await db().app.findUniqueOrThrow({ where: { id } });
    const developer = await acme.as("Developer");
    expect(await codeOf(act(developer, id))).toBe("forbidden");
    expect(await db().app.findUniqueOrThrow({ where: { id } })).toEqual(before);
    expect((await acme.events()).at(-1)).toMatchObject({
      actorId: developer.principal.id,
      targetId: id,
      outcome: "denied",
    });
  });
});
