import { beforeAll, expect, test } from "vitest";
import { getPresentedCredential } from "@/lib/credentials/queries";
import { CredentialList } from "@/lib/credentials/schema";
import { revokeKey, updateKey } from "@/lib/keys/commands";
import { listKeys } from "@/lib/keys/queries";
import { rotateKey } from "@/lib/keys/rotation";
import { newApp, newKey } from "@/lib/testing/app";
import { codeOf, ctxOfKey, foundOrganization, type TestOrganization } from "@/lib/testing/organization";

let acme: TestOrganization;
let globex: TestOrganization;
beforeAll(async () => {
  acme = await foundOrganization();
  globex = await foundOrganization();
});

const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();

test("whoami tells what the presented credential is and may do", async () => {
  const appId = await newApp(acme, { mode: "restricted", permissions: ["content:read", "instances:read"] });
  const { keyId, key } = await newKey(acme, { appId, name: "Reader", expiresAt: inHours(2) });
  expect(await getPresentedCredential(await ctxOfKey(key))).toMatchObject({
    kind: "api_key",
    ZUID: keyId,
    name: "Reader",
    version: 1,
    app: { ZUID: appId },
    organization: { ZUID: acme.id, name: "Acme" },
    permissions: ["instances:read", "content:read"],
  });
  expect(await getPresentedCredential(acme.owner)).toMatchObject({ kind: "session", name: "Olivia Owner" });
});

test("whoami tells for how long the presented value works: to the overlap's or the key's end, the earlier one", async () => {
  const { keyId, key } = await newKey(acme);
  const hoursLeft = async () => {
    const { validForSeconds } = await getPresentedCredential(await ctxOfKey(key));
    return Math.round((validForSeconds ?? Infinity) / 3600);
  };
  expect(await hoursLeft()).toBe(Infinity);
  await rotateKey(acme.owner, keyId, { overlapHours: 4 });
  expect(await hoursLeft()).toBe(4);
  await updateKey(acme.owner, keyId, { expiresAt: inHours(2) });
  expect(await hoursLeft()).toBe(2);
});

test("lists show one app's keys, ended ones included, and find them by name", async () => {
  const { appId, keyId } = await newKey(acme, { name: "Alpha" });
  const other = await newKey(acme, { appId, name: "Beta" });
  await revokeKey(acme.owner, keyId, {});
  const idsFor = async (query: object) =>
    (await listKeys(acme.owner, appId, CredentialList.parse(query))).rows.map(({ ZUID }) => ZUID);
  expect(await idsFor({ sort: "name" })).toEqual([keyId, other.keyId]);
  expect(await idsFor({ status: "live" })).toEqual([other.keyId]);
  expect(await idsFor({ status: "ended" })).toEqual([keyId]);
  expect(await idsFor({ q: "BET" })).toEqual([other.keyId]);
  expect(await codeOf(listKeys(globex.owner, appId, CredentialList.parse({})))).toBe("not_found");
});
