import { beforeAll, expect, test } from "vitest";
import { db } from "@/lib/kernel/db";
import { newKey } from "@/lib/testing/app";
import { codeOf, foundOrganization, ORIGIN, type TestOrganization } from "@/lib/testing/organization";
import { newToken } from "@/lib/testing/token";
import { flushUsage } from "@/lib/verification/usage";
import { requireBasicKey, requireCallingKey } from "./calling-key";

let acme: TestOrganization;
beforeAll(async () => {
  acme = await foundOrganization();
});

const byBasic = (id: string, secret: string, ip = ORIGIN.ip) =>
  codeOf(requireBasicKey(`Basic ${Buffer.from(`${id}:${secret}`).toString("base64")}`, { ...ORIGIN, ip }));

const refusalsOf = async (actorId: string) =>
  (await acme.events()).filter((event) => event.actorId === actorId && event.action === "access.refused").length;

test("a key that is tried by HTTP Basic from a foreign network leaves its trace in the trail", async () => {
  const { keyId, key } = await newKey(acme, { allowedCidrs: ["203.0.113.0/24"] });
  expect(await byBasic(keyId, key, "203.0.113.9")).toBe("none");
  expect(await refusalsOf(keyId)).toBe(0);
  expect(await byBasic(keyId, key, "198.51.100.4")).toBe("credential_unknown");
  expect(await refusalsOf(keyId)).toBe(1);
});

test("a key over its limit is told so by HTTP Basic too", async () => {
  const { keyId, key } = await newKey(acme, { rateLimit: { requests: 1, seconds: 3600 } });
  expect([await byBasic(keyId, key), await byBasic(keyId, key)]).toEqual(["none", "too_many_requests"]);
});

test("an access token as the secret of HTTP Basic is refused without counting as its use", async () => {
  const { tokenId, token } = await newToken(acme);
  expect(await byBasic(tokenId, token)).toBe("credential_unknown");
  await flushUsage();
  const lastUsed = async () =>
    (await db().credentialVersion.findFirstOrThrow({ where: { credentialId: tokenId } })).lastUsedAt;
  expect(await lastUsed()).toBeNull();
  expect(await codeOf(Promise.resolve(requireCallingKey(`Bearer ${token}`, ORIGIN)))).toBe("forbidden");
  await flushUsage();
  expect(await lastUsed()).not.toBeNull();
});

test("of a flood of questions by what is no key ten are recorded, and all are refused", async () => {
  const { tokenId, token } = await newToken(acme);
  for (let i = 0; i < 30; i++)
    expect(await codeOf(Promise.resolve(requireCallingKey(`Bearer ${token}`, ORIGIN)))).toBe("forbidden");
  expect(await refusalsOf(tokenId)).toBe(10);
});
