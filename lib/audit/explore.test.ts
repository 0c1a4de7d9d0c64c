import { beforeAll, describe, expect, test } from "vitest";
import type { Ctx } from "@/lib/kernel/ctx";
import { db } from "@/lib/kernel/db";
import { writeEvent } from "@/lib/kernel/events";
import { codeOf, foundOrganization, type TestOrganization } from "@/lib/testing/organization";
import { listEvents, listFilterNames } from "./queries";
import { boundsOf, ExploreEvents, ListEvents, TimeRange } from "./schema";

const APP = "80-19a00000000-bcdfghjk";
const KEY = "56-19a00000000-bcdfghjk";
let acme: TestOrganization;
let bot: Ctx;

const actions = async (ctx: Ctx, query: Record<string, string>) =>
  (await listEvents(ctx, ListEvents.parse(query))).rows.map(({ action }) => action);

beforeAll(async () => {
  acme = await foundOrganization();
  const { owner } = acme;
  const principal = {
    kind: "api_key",
    id: KEY,
    name: "Deploy bot",
    version: 1,
    appId: APP,
    appName: "Billing",
  } as const;
  bot = { ...owner, principal, ip: "203.0.113.9", requestId: "req_bot" };
  const app = { target: { id: APP, name: "Billing" }, appId: APP };
  const key = { target: { id: KEY, name: "Deploy bot" }, appId: APP };
  await writeEvent(db(), owner, { action: "app.registered", ...app });
  await writeEvent(db(), owner, { action: "key.generated", ...key, target: { id: KEY, name: "Old name" } });
  await writeEvent(db(), owner, { action: "key.rotated", ...key });
  await writeEvent(db(), bot, {
    action: "access.refused",
    target: { id: null, name: "audit" },
    outcome: "denied",
    after: { permission: "audit:read" },
  });
});

describe("the trail", () => {
  test.each([
    [{}, ["access.refused", "key.rotated", "key.generated", "app.registered"]],
    [{ dir: "asc", limit: "1" }, ["app.registered"]],
    [{ actor: KEY }, ["access.refused"]],
    [{ actorType: "user" }, ["key.rotated", "key.generated", "app.registered"]],
    [{ action: "key.rotated,app.registered" }, ["key.rotated", "app.registered"]],
    [{ target: KEY }, ["key.rotated", "key.generated"]],
    [{ app: APP, action: "key.rotated" }, ["key.rotated"]],
    [{ outcome: "denied" }, ["access.refused"]],
    [{ ip: "203.0.113.9" }, ["access.refused"]],
    [{ request: "req_bot" }, ["access.refused"]],
    [{ q: "old NAME" }, ["key.generated"]],
    [{ to: "2001-01-01T00:00:00Z" }, []],
  ])("filtered by %j", async (query, expected) => {
    expect(await actions(acme.owner, query)).toEqual(expected);
  });

  test("leads forth and back page by page", async () => {
    const page = (cursor?: string | null) =>
      listEvents(acme.owner, { ...ListEvents.parse({ limit: "3" }), ...(cursor && { cursor }) });
    const first = await page();
    const second = await page(first.nextCursor);
    expect(second.rows.map(({ action }) => action)).toEqual(["app.registered"]);
    expect((await page(second.previousCursor)).rows).toEqual(first.rows);
  });
});

describe("the names behind ids", () => {
  test("are the latest ones, of actors, targets and apps", async () => {
    const names = await listFilterNames(acme.owner, { actor: KEY, target: KEY, app: APP });
    expect(names).toEqual({ [KEY]: "Deploy bot", [APP]: "Billing" });
  });

  test("stay unknown to another organization and to who may not read the trail", async () => {
    const globex = await foundOrganization();
    expect(await listFilterNames(globex.owner, { actor: KEY, target: KEY })).toEqual({});
    const developer = await acme.as("Developer");
    expect(await codeOf(listFilterNames(developer, { actor: KEY }))).toBe("forbidden");
  });
});

describe("a time range", () => {
  const now = new Date("2026-11-21T12:00:00Z");
  test.each([
    ["24h", { from: "2026-11-20T12:00:00.000Z" }],
    ["2026-11-01T00:00:00Z/..", { from: "2026-11-01T00:00:00Z" }],
    ["../2026-11-01T00:00:00Z", { to: "2026-11-01T00:00:00Z" }],
    ["2026-11-01T00:00:00Z/2026-11-02T00:00:00Z", { from: "2026-11-01T00:00:00Z", to: "2026-11-02T00:00:00Z" }],
  ])("%s", (given, bounds) => {
    expect(boundsOf(TimeRange.parse(given), now)).toEqual(bounds);
  });

  test.each(["2y", "2026-11-01", "/", "a/b", ""])("is not %j", (given) => {
    expect(ExploreEvents.safeParse({ time: given }).success).toBe(false);
  });
});
