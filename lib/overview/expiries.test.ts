import { expect, test } from "vitest";
import { registerApp } from "@/lib/apps/commands";
import { DAY } from "@/lib/kernel/clock";
import { generateKey } from "@/lib/keys/commands";
import { foundOrganization } from "@/lib/testing/organization";
import { getOverview, listCredentials } from "./queries";
import { ListCredentials } from "./schema";

const inDays = (days: number) => new Date(Date.now() + days * DAY).toISOString();

test("the calendar counts each coming end on its day, and the day lists the same keys", async () => {
  const { owner } = await foundOrganization();
  const app = await registerApp(owner, { name: "Payroll" });
  const noon = (days: number) => `${inDays(days).slice(0, 10)}T12:00:00.000Z`;
  for (const [name, days] of Object.entries({ a: 1, b: 1, c: 89, d: 90, e: 200 })) {
    await generateKey(owner, app.ZUID, { name: `${name} key`, expiresAt: noon(days) });
  }
  const namesOf = async (query: { expires: string }) =>
    (await listCredentials(owner, ListCredentials.parse({ sort: "name", ...query }))).rows.map(({ name }) => name);
  const { credentials: keys } = await getOverview(owner);
  expect(keys?.expiries.from).toBe(inDays(0).slice(0, 10));
  expect(keys?.expiries.days).toHaveLength(90);
  expect(keys?.expiries.next.map(({ name }) => name)).toEqual(["a key", "b key", "c key"]);
  expect(keys?.expiries.days[1]).toBe(2);
  expect(keys?.expiries.days[89]).toBe(1);
  expect(keys?.expiries.days.reduce((sum, count) => sum + count)).toBe(3);
  const [from = "", tomorrow = "", last = ""] = [0, 1, 89].map((days) => inDays(days).slice(0, 10));
  expect(await namesOf({ expires: tomorrow })).toEqual(["a key", "b key"]);
  expect(await namesOf({ expires: `${from}/${tomorrow}` })).toEqual(["a key", "b key"]);
  expect(await namesOf({ expires: `${tomorrow}/${last}` })).toEqual(["a key", "b key", "c key"]);
  expect(await namesOf({ expires: `${last}/${from}` })).toEqual([]);
  for (const days of ["tomorrow", `${from}/`, `${from}/${last}/${last}`, "2027-02-30", "0000-01-01", "9999-12-31"]) {
    expect(ListCredentials.safeParse({ expires: days }).success).toBe(false);
  }
});
