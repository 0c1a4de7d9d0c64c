import { beforeAll, describe, expect, test } from "vitest";
import { revokePresentedCredential } from "@/lib/credentials/commands";
import { getPresentedCredential } from "@/lib/credentials/queries";
import { CredentialList } from "@/lib/credentials/schema";
import { db } from "@/lib/kernel/db";
import { getInstance, listCenters, listInstances } from "@/lib/instances/queries";
import { ListCenters, ListInstances } from "@/lib/instances/schema";
import { createInstance } from "@/lib/instances/commands";
import { codeOf, ctxOfToken, foundOrganization, textOf, type TestOrganization } from "@/lib/testing/organization";
import { newToken } from "@/lib/testing/token";
import { flushUsage } from "@/lib/verification/usage";
import { changeToken, renewToken, revokeToken, updateToken } from "./commands";
import { getToken, listTokens } from "./queries";
import { extendTokenRotation, rollBackTokenRotation, rotateToken } from "./rotation";

let acme: TestOrganization;
let globex: TestOrganization;
beforeAll(async () => {
  acme = await foundOrganization();
  globex = await foundOrganization();
});

const DAY = 86_400_000;
const eventsOf = async (id: string) => (await acme.events()).filter(({ targetId }) => targetId === id);
const rowsOf = (id: string) => db().credential.findUniqueOrThrow({ where: { id }, include: { versions: true } });
/** As if the token had been issued so many seconds before now. */
const issuedSecondsAgo = (id: string, seconds: number) =>
  db().$executeRaw`
    update credential set created_at = now() - ${seconds} * interval '1 second',
      expires_at = now() + interval '90 days' - ${seconds} * interval '1 second' where id = ${id}`;

test("a token works until a second before its ninety days are over, and not a second after", async () => {
  const { tokenId, token } = await newToken(acme);
  await issuedSecondsAgo(tokenId, 90 * 86_400 - 1);
  expect(await codeOf(ctxOfToken(token))).toBe("none");
  await issuedSecondsAgo(tokenId, 90 * 86_400 + 1);
  expect(await codeOf(ctxOfToken(token))).toBe("credential_expired");
  expect(await codeOf(renewToken(acme.owner, tokenId))).toBe("conflict");
});

test("renewing keeps the value and gives the policy's days from now on", async () => {
  const { tokenId, token } = await newToken(acme, { expiresInDays: 5 });
  const { expiry, version } = await renewToken(acme.owner, tokenId);
  expect(Math.round((Date.parse(expiry) - Date.now()) / DAY)).toBe(90);
  expect(version).toBe(1);
  expect(await codeOf(ctxOfToken(token))).toBe("none");
  expect((await eventsOf(tokenId)).at(-1)).toMatchObject({ action: "token.renewed", after: { expiry } });
  expect(await codeOf(changeToken(acme.owner, tokenId, { action: "renew" }, { name: "Renamed" }))).toBe(
    "invalid_input",
  );
  expect(await codeOf(changeToken(acme.owner, tokenId, { action: "renew" }, {}))).toBe("none");
});

test("changing restricts it at once, and a name stays one live token's", async () => {
  const { tokenId, token } = await newToken(acme, { name: "First name" });
  await newToken(acme, { name: "Other name" });
  await updateToken(acme.owner, tokenId, { allowedCidrs: ["203.0.113.0/24"] });
  expect(await codeOf(ctxOfToken(token))).toBe("network_not_allowed");
  expect((await eventsOf(tokenId)).at(-1)).toMatchObject({
    action: "token.updated",
    before: { allowedCidrs: [] },
    after: { allowedCidrs: ["203.0.113.0/24"] },
  });
  expect(await codeOf(updateToken(acme.owner, tokenId, { name: "other name" }))).toBe("conflict");
  expect((await updateToken(acme.owner, tokenId, { name: "FIRST name" })).name).toBe("FIRST name");
});

test("rotating answers the new value once under the token's own name and id", async () => {
  const { tokenId, token } = await newToken(acme);
  const { token: second, ...record } = await rotateToken(acme.owner, tokenId, { overlapHours: 1 });
  expect(second).toMatch(/^lkt_[0-9A-Za-z]{42}$/);
  expect(record).toMatchObject({ ZUID: tokenId, status: "rotating", version: 2 });
  expect([await codeOf(ctxOfToken(token)), await codeOf(ctxOfToken(second))]).toEqual(["none", "none"]);
  await extendTokenRotation(acme.owner, tokenId, { overlapHours: 0 });
  expect(await codeOf(ctxOfToken(token))).toBe("credential_revoked");
  const events = await eventsOf(tokenId);
  expect(events.slice(1).map(({ action }) => action)).toEqual(["token.rotated", "token.rotation_finished"]);
  expect(textOf(events)).not.toContain(second.slice(4, 40));
});

describe("a token that is presented", () => {
  test("revokes itself under its own name, with no person in the record", async () => {
    const { tokenId, token } = await newToken(acme, { name: "Nightly build" });
    await revokePresentedCredential(await ctxOfToken(token));
    expect(await codeOf(ctxOfToken(token))).toBe("credential_revoked");
    const event = (await eventsOf(tokenId)).at(-1);
    expect(event).toMatchObject({
      action: "token.revoked",
      actorType: "access_token",
      actorId: tokenId,
      actorName: "Nightly build",
      instanceId: acme.instanceId,
    });
    expect(textOf(event)).not.toContain("Olivia");
    expect(textOf(event)).not.toContain(acme.owner.principal.id);
  });

  test("is told what it is, may do on its instance, and for how long", async () => {
    const { tokenId, token } = await newToken(acme, { name: "Reader", role: "Auditor", expiresInDays: 2 });
    const told = await getPresentedCredential(await ctxOfToken(token));
    expect(told).toMatchObject({
      kind: "access_token",
      ZUID: tokenId,
      name: "Reader",
      version: 1,
      role: { name: "Auditor" },
      instance: { ZUID: acme.instanceId, name: "Main" },
      permissions: ["instances:read", "users:read", "roles:read", "tokens:read", "sessions:read", "audit:read"],
    });
    expect(Math.round((told.validForSeconds ?? 0) / 3600)).toBe(48);
  });

  test("reads its own instance and no other", async () => {
    const { ZUID: other } = await createInstance(acme.owner, { name: `Other ${Math.random()}` });
    const { tokenId, token } = await newToken(acme, { role: "Owner" });
    const ctx = await ctxOfToken(token);
    const ids = (rows: { ZUID: string }[]) => rows.map(({ ZUID }) => ZUID);
    expect(ids((await listInstances(ctx, ListInstances.parse({}))).rows)).toEqual([acme.instanceId]);
    expect((await listCenters(ctx, ListCenters.parse({}))).centers.map(({ id }) => id)).toEqual([acme.instanceId]);
    expect(await codeOf(getInstance(ctx, other))).toBe("not_found");
    expect(ids((await listTokens(ctx, acme.instanceId, CredentialList.parse({}))).rows)).toContain(tokenId);
    expect(await codeOf(listTokens(ctx, other, CredentialList.parse({})))).toBe("forbidden");
  });
});

test("lists show one instance's tokens, ended ones included, and whose issuer has left", async () => {
  const admin = await globex.as("Admin");
  const { tokenId } = await newToken({ ...globex, owner: admin }, { name: "Alpha" });
  const { tokenId: other } = await newToken(globex, { name: "Beta" });
  await revokeToken(globex.owner, other, { reason: "leaked" });
  await db().user.update({ where: { id: admin.principal.id as string }, data: { status: "deactivated" } });
  const rows = async (query: object) =>
    (await listTokens(globex.owner, globex.instanceId, CredentialList.parse(query))).rows;
  expect(await rows({ sort: "name" })).toMatchObject([
    { ZUID: tokenId, status: "active", issuerLeft: true, createdByName: "Admin Person" },
    { ZUID: other, status: "revoked", issuerLeft: false, revocationReason: "leaked" },
  ]);
  expect(await rows({ status: "live" })).toMatchObject([{ ZUID: tokenId }]);
  expect(await rows({ q: "bet" })).toMatchObject([{ ZUID: other }]);
  expect(await codeOf(listTokens(acme.owner, globex.instanceId, CredentialList.parse({})))).toBe("not_found");
});

type Act = (ctx: TestOrganization["owner"], id: string) => Promise<unknown>;
describe.each<[string, Act]>([
  ["reading", getToken],
  ["changing", (ctx, id) => updateToken(ctx, id, { name: "Taken over" })],
  ["renewing", renewToken],
  ["revoking", (ctx, id) => revokeToken(ctx, id, {})],
  ["rotating", (ctx, id) => rotateToken(ctx, id, {})],
  ["extending a rotation of", (ctx, id) => extendTokenRotation(ctx, id, { overlapHours: 1 })],
  ["rolling back a rotation of", rollBackTokenRotation],
])("%s a token", (verb, act) => {
  test("of another organization is as of none at all, and changes nothing", async () => {
    const { tokenId } = await newToken(acme);
    const before = await rowsOf(tokenId);
    expect(await codeOf(act(globex.owner, tokenId))).toBe("not_found");
    expect(await codeOf(act(globex.owner, "55-71cfc74-nothing"))).toBe("not_found");
    expect(await rowsOf(tokenId)).toEqual(before);
  });

  test("without the permission changes nothing and is recorded as denied", async () => {
    const { tokenId, token } = await newToken(acme);
    const others = verb === "reading" ? [] : [await acme.as("Access Admin"), await acme.as("Auditor")];
    const callers = [...others, await acme.as("Publisher", acme.instanceId), await ctxOfToken(token)];
    await flushUsage();
    const before = await rowsOf(tokenId);
    for (const ctx of callers) {
      expect(await codeOf(act(ctx, tokenId))).toBe("forbidden");
      expect(await codeOf(act(ctx, "55-71cfc74-nothing"))).toBe("forbidden");
      expect((await acme.events()).at(-1)).toMatchObject({ actorId: ctx.principal.id, outcome: "denied" });
    }
    expect(await rowsOf(tokenId)).toEqual(before);
  });
});
