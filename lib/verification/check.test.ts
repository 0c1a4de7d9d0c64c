import { afterEach, beforeAll, expect, test } from "vitest";
import { revokeKey, updateKey } from "@/lib/keys/commands";
import { db } from "@/lib/kernel/db";
import { settleInvalidations } from "@/lib/kernel/settle";
import { newKey } from "@/lib/testing/app";
import { newLoginClient } from "@/lib/testing/login";
import { codeOf, foundOrganization, ORIGIN, type TestOrganization } from "@/lib/testing/organization";
import { testStore } from "@/lib/testing/setup";
import { newToken } from "@/lib/testing/token";
import { check, type Question } from "./check";
import { flushUsage } from "./usage";
import { startVerifier, verifier } from "./verifier";

let acme: TestOrganization;
beforeAll(async () => {
  acme = await foundOrganization();
});

let stop: (() => Promise<void>) | undefined;
afterEach(async () => {
  await stop?.();
  stop = undefined;
});
const start = async () => (stop = await startVerifier(testStore()));

const ask = async (value: string, question: Question = {}) => (await check(value, question)).code;

/** Changes rows behind the back of the triggers: only who asks the database sees it. */
const changeUntold = (sql: string) =>
  db().$transaction(async (tx) => {
    await tx.$executeRaw`set local session_replication_role = replica`;
    await tx.$executeRawUnsafe(sql);
  });

test("what was checked once is answered from memory, and by the database when there is no lease", async () => {
  await start();
  const { keyId, key } = await newKey(acme);
  expect(await ask(key)).toBe("VALID");
  await changeUntold(`update credential set revoked_at = now() where id = '${keyId}'`);
  expect(await ask(key)).toBe("VALID");
  await verifier()?.lease.release();
  expect(await ask(key)).toBe("REVOKED");
});

test("a key is refused the moment its revocation has returned, and disabled and enabled likewise", async () => {
  await start();
  const { keyId, key } = await newKey(acme);
  for (let i = 0; i < 20; i += 1) {
    expect(await ask(key)).toBe("VALID");
    await updateKey(acme.owner, keyId, { enabled: false });
    expect(await ask(key)).toBe("DISABLED");
    await updateKey(acme.owner, keyId, { enabled: true });
  }
  await revokeKey(acme.owner, keyId, {});
  expect(await ask(key)).toBe("REVOKED");
});

test("an end by time is kept by memory too, to the database's clock", async () => {
  await start();
  const { keyId, key } = await newKey(acme);
  await changeUntold(`update credential set expires_at = now() + interval '300 milliseconds' where id = '${keyId}'`);
  expect(await ask(key)).toBe("VALID");
  await expect.poll(() => ask(key), { interval: 20 }).toBe("EXPIRED");
});

/** A process that has a lease, renewed so many seconds ago, and has applied nothing since. */
const leaveVerifier = (secondsAgo = 0) => db().$executeRaw`
  insert into verifier (id, lease_expires_at, applied_seq)
  values ('frozen', clock_timestamp() + (3 - ${secondsAgo}) * interval '1 second', -1)
  on conflict (id) do update set lease_expires_at = excluded.lease_expires_at`;
const verifiers = () => db().verifier.count();

test("a change waits for a process that has a lease, gives it up when it does not renew, and not before", async () => {
  await leaveVerifier();
  const settled = settleInvalidations();
  expect(await Promise.race([settled.then(() => "settled"), verifiers()])).toBe(1);
  await settled;
  expect(await verifiers()).toBe(0);
  // One that has applied everything is not waited for, nor one that is long gone.
  await leaveVerifier();
  await db().$executeRaw`update verifier set applied_seq = 1000000`;
  await settleInvalidations();
  await leaveVerifier(120);
  await db().$executeRaw`update verifier set applied_seq = -1`;
  await settleInvalidations();
  expect(await verifiers()).toBe(1);
  await db().$executeRaw`delete from verifier`;
});

test("whoever is told that a key was revoked already is told so when it is refused everywhere", async () => {
  const { keyId } = await newKey(acme);
  await leaveVerifier();
  const first = revokeKey(acme.owner, keyId, {});
  await expect.poll(() => db().credential.count({ where: { id: keyId, revokedAt: { not: null } } })).toBe(1);
  expect(await verifiers()).toBe(1);
  expect(await codeOf(revokeKey(acme.owner, keyId, {}))).toBe("conflict");
  expect(await verifiers()).toBe(0);
  await first;
});

test("a process that reconnects forgets everything: the database behind it may have been set back", async () => {
  await start();
  const { keyId, key } = await newKey(acme);
  expect(await ask(key)).toBe("VALID");
  await db().$executeRaw`truncate invalidation restart identity`;
  verifier()?.lease.reconnected();
  await updateKey(acme.owner, keyId, { enabled: false });
  expect(await ask(key)).toBe("DISABLED");
  await verifier()?.lease.renew();
  expect(await ask(key)).toBe("DISABLED");
});

test("a value of another organization, an unknown one and a mistyped one are told as what they are", async () => {
  const { key } = await newKey(acme);
  const other = await foundOrganization();
  expect(await ask(key, { organization: other.id })).toBe("NOT_FOUND");
  expect(await ask(key, { organization: acme.id })).toBe("VALID");
  expect(await ask(key.slice(0, -1) + (key.endsWith("0") ? "1" : "0"))).toBe("MALFORMED");
  expect(await ask("hello")).toBe("MALFORMED");
});

test("a token is good for its role on its instance", async () => {
  const { token } = await newToken(acme, { role: "Contributor" });
  const on = (names: string[], of: "all" | "any" = "all") => ({ permissions: { of, names } });
  expect(await ask(token, on(["content:read"]))).toBe("VALID");
  expect(await ask(token, { ...on(["content:read"]), instanceId: acme.instanceId })).toBe("VALID");
  expect(await ask(token, { instanceId: "8-19d41b7f2a0-bbbbbbbb" })).toBe("WRONG_INSTANCE");
  expect(await check(token, on(["content:read", "content:publish"]))).toMatchObject({
    code: "INSUFFICIENT_PERMISSIONS",
    missingPermissions: ["content:publish"],
  });
  expect(await ask(token, on(["content:publish", "content:read"], "any"))).toBe("VALID");
  expect(await ask(token, on(["nonsense", "content:__proto__"], "any"))).toBe("INSUFFICIENT_PERMISSIONS");
});

test("one bound to networks is refused from elsewhere, and where nobody says from where", async () => {
  const { key } = await newKey(acme, { allowedCidrs: ["192.0.2.0/24"] });
  expect(await ask(key, { ip: "192.0.2.9" })).toBe("VALID");
  expect(await ask(key, { ip: "::ffff:192.0.2.9" })).toBe("VALID");
  expect(await ask(key, { ip: "198.51.100.1" })).toBe("IP_NOT_ALLOWED");
  expect(await ask(key, { ip: "nonsense" })).toBe("IP_NOT_ALLOWED");
  expect(await ask(key)).toBe("IP_NOT_ALLOWED");
});

test("over its rate it is refused until the window ends; asking about it costs nothing", async () => {
  const { key } = await newKey(acme, { rateLimit: { requests: 2, seconds: 60 } });
  for (let i = 0; i < 5; i += 1) expect(await ask(key, { isLimited: false })).toBe("VALID");
  expect([await ask(key), await ask(key), await ask(key)]).toEqual(["VALID", "VALID", "RATE_LIMITED"]);
});

test("a login's pair that was checked counts as used: it is not replaced as lost", async () => {
  await start();
  const { logIn } = await newLoginClient(acme);
  const { access_token: value, token_id: grantId } = (await logIn()).credentials;
  expect(await ask(value, { ip: ORIGIN.ip })).toBe("VALID");
  expect((await db().loginPair.findFirstOrThrow({ where: { grantId } })).firstUsedAt).not.toBeNull();
});

test("what is no credential is counted for the organization whose key asks, and for none that is only named", async () => {
  const { id } = await foundOrganization();
  const { key } = await newKey(acme);
  const madeUp = `60-${"x".repeat(8_000)}`;
  for (const organization of [id, madeUp]) {
    expect(await ask(key, { organization })).toBe("NOT_FOUND");
    expect(await ask("hello", { organization })).toBe("MALFORMED");
  }
  expect(await ask(key, { organization: id, askedBy: id })).toBe("NOT_FOUND");
  await flushUsage();
  const ofNone = await db().usageCount.findMany({ where: { credentialId: "", organizationId: { not: acme.id } } });
  expect(ofNone).toMatchObject([{ organizationId: id, outcome: "NOT_FOUND", count: 1n }]);
});
