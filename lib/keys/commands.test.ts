import { beforeAll, describe, expect, test } from "vitest";
import { db } from "@/lib/kernel/db";
import { revokePresentedCredential } from "@/lib/credentials/commands";
import { revokeKey, updateKey } from "@/lib/keys/commands";
import { getKey } from "@/lib/keys/queries";
import { extendRotation, rollBackRotation, rotateKey } from "@/lib/keys/rotation";
import { UpdateKey } from "@/lib/keys/schema";
import { newKey } from "@/lib/testing/app";
import { flushUsage } from "@/lib/verification/usage";
import { codeOf, ctxOfKey, foundOrganization, textOf, type TestOrganization } from "@/lib/testing/organization";

let acme: TestOrganization;
let globex: TestOrganization;
beforeAll(async () => {
  acme = await foundOrganization();
  globex = await foundOrganization();
});

const eventsOf = async (id: string) => (await acme.events()).filter(({ targetId }) => targetId === id);
const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();

/** The key's rows as they stand, to be compared. */
const rowsOf = (id: string) => db().credential.findUniqueOrThrow({ where: { id }, include: { versions: true } });

describe("changing a key", () => {
  test("restricts it at once and records the fields that differ", async () => {
    const { keyId, key } = await newKey(acme);
    await updateKey(acme.owner, keyId, UpdateKey.parse({ allowedCidrs: ["203.0.113.0/24"] }));
    expect(await codeOf(ctxOfKey(key, "198.51.100.1"))).toBe("network_not_allowed");
    expect((await acme.events()).at(-1)).toMatchObject({
      action: "access.refused",
      actorType: "api_key",
      actorId: keyId,
      outcome: "denied",
      ip: "198.51.100.1",
    });
    expect(await codeOf(ctxOfKey(key, "203.0.113.9"))).toBe("none");
    expect((await eventsOf(keyId)).at(-1)).toMatchObject({
      action: "key.updated",
      before: { allowedCidrs: [] },
      after: { allowedCidrs: ["203.0.113.0/24"] },
    });
  });

  test("switches it off and on as facts of their own", async () => {
    const { keyId, key } = await newKey(acme);
    await updateKey(acme.owner, keyId, { enabled: false });
    expect(await codeOf(ctxOfKey(key))).toBe("credential_disabled");
    await updateKey(acme.owner, keyId, { enabled: true });
    expect(await codeOf(ctxOfKey(key))).toBe("none");
    expect((await eventsOf(keyId)).slice(1).map(({ action }) => action)).toEqual(["key.disabled", "key.enabled"]);
  });

  test("checks the new beginning or end against the one that stays", async () => {
    const { keyId } = await newKey(acme, { notBefore: inHours(5) });
    expect(await codeOf(updateKey(acme.owner, keyId, { expiresAt: inHours(4) }))).toBe("invalid_input");
    expect(await codeOf(updateKey(acme.owner, keyId, { expiresAt: inHours(6) }))).toBe("none");
    expect(await codeOf(updateKey(acme.owner, keyId, { expiresAt: null, notBefore: null }))).toBe("none");
  });

  test("a revoked or expired key stays what it is", async () => {
    const revoked = await newKey(acme);
    await revokeKey(acme.owner, revoked.keyId, {});
    expect(await codeOf(updateKey(acme.owner, revoked.keyId, { enabled: true }))).toBe("conflict");
    const expired = await newKey(acme, { expiresAt: inHours(1) });
    await db().$executeRaw`update credential set expires_at = now() - interval '1 second' where id = ${expired.keyId}`;
    expect(await codeOf(updateKey(acme.owner, expired.keyId, { expiresAt: null }))).toBe("conflict");
    expect(await codeOf(ctxOfKey(expired.key))).toBe("credential_expired");
  });
});

describe("revoking a key", () => {
  test("ends every version at once and keeps who, when and why", async () => {
    const { keyId, key } = await newKey(acme);
    const { key: second } = await rotateKey(acme.owner, keyId, { overlapHours: 24 });
    await revokeKey(acme.owner, keyId, { reason: "found in a public repository" });
    expect(await codeOf(ctxOfKey(key))).toBe("credential_revoked");
    expect(await codeOf(ctxOfKey(second))).toBe("credential_revoked");
    expect(await getKey(acme.owner, keyId)).toMatchObject({
      status: "revoked",
      revokedByName: "Olivia Owner",
      revocationReason: "found in a public repository",
    });
    expect((await eventsOf(keyId)).at(-1)).toMatchObject({
      action: "key.revoked",
      verb: 3,
      reason: "found in a public repository",
      before: { status: "rotating" },
      after: { status: "revoked" },
    });
  });

  test("of twenty parallel tries one revokes it", async () => {
    const { keyId } = await newKey(acme);
    const codes = await Promise.all(Array.from({ length: 20 }, () => codeOf(revokeKey(acme.owner, keyId, {}))));
    expect(codes.filter((code) => code === "none")).toHaveLength(1);
    expect(codes.filter((code) => code === "conflict")).toHaveLength(19);
    expect((await eventsOf(keyId)).filter(({ action }) => action === "key.revoked")).toHaveLength(1);
  });

  test("a key revokes itself, under its own name and nobody's", async () => {
    const { keyId, key } = await newKey(acme, { name: "Suicidal" });
    await revokePresentedCredential(await ctxOfKey(key));
    expect(await codeOf(ctxOfKey(key))).toBe("credential_revoked");
    const event = (await eventsOf(keyId)).at(-1);
    expect(event).toMatchObject({ action: "key.revoked", actorType: "api_key", actorId: keyId, actorName: "Suicidal" });
    expect(textOf(event)).not.toContain("Olivia");
    expect(await codeOf(revokePresentedCredential(acme.owner))).toBe("forbidden");
  });
});

type Act = (ctx: TestOrganization["owner"], id: string) => Promise<unknown>;
describe.each<[string, Act]>([
  ["reading", getKey],
  ["changing", (ctx, id) => updateKey(ctx, id, { name: "Taken over" })],
  ["revoking", (ctx, id) => revokeKey(ctx, id, {})],
  ["rotating", (ctx, id) => rotateKey(ctx, id, {})],
  ["extending a rotation of", (ctx, id) => extendRotation(ctx, id, { overlapHours: 1 })],
  ["rolling back a rotation of", rollBackRotation],
])("%s a key", (verb, act) => {
  test("of another organization is as of none at all, and changes nothing", async () => {
    const { keyId } = await newKey(acme);
    const before = await rowsOf(keyId);
    expect(await codeOf(act(globex.owner, keyId))).toBe("not_found");
    expect(await codeOf(act(globex.owner, "56-71cfc74-nothing"))).toBe("not_found");
    expect(await rowsOf(keyId)).toEqual(before);
  });

  test("without the permission changes nothing and is recorded as denied", async () => {
    const { keyId, key } = await newKey(acme);
    const callers = verb === "reading" ? [await acme.as("Publisher")] : [await acme.as("Auditor"), await ctxOfKey(key)];
    await flushUsage();
    const before = await rowsOf(keyId);
    for (const ctx of callers) {
      expect(await codeOf(act(ctx, keyId))).toBe("forbidden");
      expect((await acme.events()).at(-1)).toMatchObject({ actorId: ctx.principal.id, outcome: "denied" });
    }
    expect(await rowsOf(keyId)).toEqual(before);
  });
});
