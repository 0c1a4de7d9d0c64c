import { expect, test } from "vitest";
import { createInstance } from "@/lib/instances/commands";
import { newApp, newKey } from "@/lib/testing/app";
import { codeOf, foundOrganization, type TestOrganization } from "@/lib/testing/organization";
import { newToken } from "@/lib/testing/token";
import type { Check } from "@/lib/verification/gathered";
import { check } from "@/lib/verification/check";
import { flushUsage, recordCheck } from "@/lib/verification/usage";
import { getCalls, getHourlyUsage, getKeyUsage, getTokenUsage, getUsage, getUses } from "./queries";

const NOON = new Date("2126-05-15T12:30:00Z");
const HOUR = 3_600_000;

/** The owner at noon, and so many checks of a credential some hours before. */
const at = ({ owner }: TestOrganization) => ({ ...owner, now: NOON });
function recordChecks(
  organizationId: string,
  credentialId: string,
  times: number,
  more: Partial<Check> = {},
  hours = 0,
) {
  const time = NOON.getTime() - hours * HOUR;
  const check = { organizationId, credentialId, ip: "203.0.113.7", userAgent: "curl/8", at: time };
  for (let i = 0; i < times; i++) recordCheck({ ...check, outcome: "VALID", ...more });
}

test("a key's usage is thirty days in UTC, allowed and refused by reason, with its sums", async () => {
  const acme = await foundOrganization();
  const { keyId } = await newKey(acme);
  recordChecks(acme.id, keyId, 3);
  recordChecks(acme.id, keyId, 2, { outcome: "EXPIRED" }, 12);
  recordChecks(acme.id, keyId, 4, { outcome: "RATE_LIMITED" }, 13);
  recordChecks(acme.id, keyId, 5, {}, 29 * 24 + 12);
  recordChecks(acme.id, keyId, 6, {}, 29 * 24 + 13);
  recordChecks(acme.id, "56-another", 7);
  await flushUsage();
  const { days, last24Hours, last30Days } = await getKeyUsage(at(acme), keyId);
  expect(days.from).toBe("2126-04-16T00:00:00.000Z");
  expect(days.spans).toHaveLength(30);
  expect(days.spans[0]).toEqual({ allowed: 5, refused: {} });
  expect(days.spans[28]).toEqual({ allowed: 0, refused: { RATE_LIMITED: 4 } });
  expect(days.spans[29]).toEqual({ allowed: 3, refused: { EXPIRED: 2 } });
  expect(last24Hours).toEqual({ allowed: 3, refused: 6 });
  expect(last30Days).toEqual({ allowed: 8, refused: 6 });
});

test("callers are listed with the latest first, and those beyond the limit as one without an address", async () => {
  const acme = await foundOrganization();
  const { keyId } = await newKey(acme);
  for (let i = 0; i < 150; i++) recordChecks(acme.id, keyId, 1, { ip: `2001:db8::${i}` }, 2);
  recordChecks(acme.id, keyId, 1, { ip: "198.51.100.1", outcome: "REVOKED", userAgent: "late" });
  await flushUsage();
  const { callers } = await getKeyUsage(at(acme), keyId);
  expect(callers.total).toBe(102);
  expect(callers.first).toHaveLength(20);
  expect(callers.first.slice(0, 2)).toMatchObject([
    { ip: "198.51.100.1", allowed: 0, refused: 1, userAgent: "late" },
    { ip: null, allowed: 50, refused: 0 },
  ]);
});

test("of a token's permissions those that were asked for are told from those that never were", async () => {
  const acme = await foundOrganization();
  const { tokenId } = await newToken(acme, { role: "SEO" });
  recordChecks(acme.id, tokenId, 2, { permission: "content:read" });
  recordChecks(acme.id, tokenId, 3, { permission: "redirects:create" });
  recordChecks(acme.id, tokenId, 1, { permission: "code:publish", outcome: "INSUFFICIENT_PERMISSIONS" });
  recordChecks(acme.id, tokenId, 1, { permission: "content:update", outcome: "RATE_LIMITED" });
  await flushUsage();
  const { permissions } = await getTokenUsage(at(acme), tokenId);
  expect(permissions.used).toEqual([
    { permission: "redirects:create", count: 3 },
    { permission: "content:read", count: 2 },
  ]);
  expect(permissions.missing).toEqual([{ permission: "code:publish", count: 1 }]);
  expect(permissions.unused).toContain("content:update");
  expect(permissions.unused).not.toContain("content:read");
  expect(permissions.unused).not.toContain("code:publish");
});

test("permissions that are asked for together all count as used or missing, and the check as one", async () => {
  const acme = await foundOrganization();
  const { tokenId, token } = await newToken(acme, { role: "SEO" });
  const ask = async (of: "all" | "any", ...names: string[]) =>
    (await check(token, { permissions: { of, names } })).code;
  expect(await ask("all", "content:read", "media:read", "media:read")).toBe("VALID");
  expect(await ask("any", "leads:read", "code:read", "contnt:read")).toBe("VALID");
  expect(await ask("all", "content:read", "schema:read", "contnt:read")).toBe("INSUFFICIENT_PERMISSIONS");
  expect(await ask("all", "contnt:read")).toBe("INSUFFICIENT_PERMISSIONS");
  await flushUsage();
  const { permissions, last24Hours } = await getTokenUsage(acme.owner, tokenId);
  expect(permissions).toMatchObject({
    used: ["content:read", "leads:read", "media:read"].map((permission) => ({ permission, count: 1 })),
    missing: [{ permission: "schema:read", count: 1 }],
    unknown: 2,
  });
  expect(permissions.unused).not.toContain("media:read");
  expect((await getUses(acme.owner, [tokenId]))[tokenId]).toEqual(permissions.used);
  expect(last24Hours).toEqual({ allowed: 2, refused: 2 });
});

test("a restricted key holds only what its app lists", async () => {
  const acme = await foundOrganization();
  const appId = await newApp(acme, { mode: "restricted", permissions: ["content:read", "media:read"] });
  const { keyId } = await newKey(acme, { appId });
  recordChecks(acme.id, keyId, 1, { permission: "media:read" });
  await flushUsage();
  expect((await getKeyUsage(at(acme), keyId)).permissions.unused).toEqual(["content:read"]);
});

test("each of many credentials has its last 36 hours and its calls of thirty days; unused ones are absent", async () => {
  const acme = await foundOrganization();
  const [one, two, three] = [await newKey(acme), await newKey(acme), await newKey(acme)].map(({ keyId }) => keyId);
  const ids = [one, two, three] as [string, string, string];
  recordChecks(acme.id, ids[0], 2);
  recordChecks(acme.id, ids[0], 3, { outcome: "IP_NOT_ALLOWED" }, 35);
  recordChecks(acme.id, ids[1], 4, {}, 36);
  await flushUsage();
  const hourly = await getHourlyUsage(at(acme), ids);
  expect(Object.keys(hourly)).toEqual([ids[0]]);
  const nothing = Array<number>(35).fill(0);
  expect(hourly[ids[0]]).toEqual({ allowed: [...nothing, 2], refused: [3, ...nothing] });
  expect(await getCalls(at(acme), ids)).toEqual({
    [ids[0]]: { allowed: 2, refused: 3 },
    [ids[1]]: { allowed: 4, refused: 0 },
  });
});

test("whoever may not read a credential learns nothing of its usage, and asking is recorded", async () => {
  const acme = await foundOrganization();
  const [{ keyId }, { tokenId }] = [await newKey(acme), await newToken(acme)];
  recordChecks(acme.id, keyId, 1);
  recordChecks(acme.id, tokenId, 2);
  recordChecks(acme.id, "", 4, { outcome: "NOT_FOUND" });
  await flushUsage();
  const seo = { ...(await acme.as("SEO")), now: NOON };
  expect(await codeOf(getKeyUsage(seo, keyId))).toBe("forbidden");
  expect(await codeOf(getTokenUsage(seo, tokenId))).toBe("forbidden");
  expect(await codeOf(getUsage(seo))).toBe("forbidden");
  expect(await getHourlyUsage(seo, [keyId, tokenId])).toEqual({});
  expect(await getCalls(seo, [keyId, tokenId])).toEqual({});
  const refusals = (await acme.events()).filter(({ action }) => action === "access.refused");
  expect(refusals.map(({ targetName }) => targetName)).toEqual(["keys", "tokens", "keys"]);

  const developer = { ...(await acme.as("Developer")), now: NOON };
  expect((await getUsage(developer)).last30Days).toEqual({ allowed: 1, refused: 0 });
  const local = { ...(await acme.as("Owner", acme.instanceId)), now: NOON };
  expect((await getUsage(local)).last30Days).toEqual({ allowed: 2, refused: 0 });
  expect((await getUsage(at(acme))).last30Days).toEqual({ allowed: 3, refused: 4 });
});

test("another instance's and another organization's usage is of no concern here", async () => {
  const [acme, globex] = await Promise.all([foundOrganization(), foundOrganization()]);
  const { keyId } = await newKey(globex);
  const { tokenId } = await newToken(acme);
  recordChecks(globex.id, keyId, 1);
  recordChecks(acme.id, tokenId, 1);
  await flushUsage();
  expect(await codeOf(getKeyUsage(acme.owner, keyId))).toBe("not_found");
  expect(await codeOf(getTokenUsage(acme.owner, keyId))).toBe("not_found");
  expect(await getHourlyUsage(at(acme), [keyId])).toEqual({});
  expect(await getCalls(at(acme), [keyId])).toEqual({});
  expect((await getUsage(at(acme))).last30Days).toEqual({ allowed: 1, refused: 0 });
  const { ZUID } = await createInstance(acme.owner, { name: "Other" });
  const elsewhere = { ...(await acme.as("Owner", ZUID)), now: NOON };
  expect((await getUsage(elsewhere)).last30Days).toEqual({ allowed: 0, refused: 0 });
});
