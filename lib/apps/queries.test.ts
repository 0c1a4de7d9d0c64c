import { expect, test } from "vitest";
import { listApps } from "@/lib/apps/queries";
import { ListApps } from "@/lib/apps/schema";
import { newApp, newKey } from "@/lib/testing/app";
import { ctxOfKey, foundOrganization } from "@/lib/testing/organization";

test("lists show the organization's own living apps only, found by their name, id or a key's name", async () => {
  const initech = await foundOrganization();
  const globex = await foundOrganization();
  const { appId } = await newKey(initech, { name: "Needle of a key" });
  const found = async (q: string) =>
    (await listApps(initech.owner, ListApps.parse({ q }))).rows.map(({ ZUID }) => ZUID);
  expect(await found("NEEDLE")).toEqual([appId]);
  expect(await found(appId)).toEqual([appId]);
  expect(await found("%")).toEqual([]);
  expect((await listApps(globex.owner, ListApps.parse({ q: appId }))).rows).toEqual([]);
  expect((await listApps(initech.owner, ListApps.parse({}))).total).toBe(1);
  expect((await listApps(initech.owner, ListApps.parse({ status: "disabled" }))).total).toBe(0);
});

test("who may read apps but no keys finds none by the name of its key", async () => {
  const initech = await foundOrganization();
  const { key } = await newKey(initech, {
    appId: await newApp(initech, { mode: "restricted", permissions: ["apps:read"] }),
    name: "Needle of a key",
  });
  const query = ListApps.parse({ q: "needle" });
  expect((await listApps(await ctxOfKey(key), query)).total).toBe(0);
  expect((await listApps(initech.owner, query)).total).toBe(1);
});
