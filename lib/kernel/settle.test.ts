import { encode } from "next-auth/jwt";
import { afterEach, beforeAll, expect, test, vi } from "vitest";
import { endPresentedSession } from "@/lib/auth/presented-session";
import { cookieName, cookieSecret } from "@/lib/auth/session-cookie";
import { revokeKey } from "@/lib/keys/commands";
import { route } from "@/lib/http/route";
import { db } from "@/lib/kernel/db";
import { settleInvalidations } from "@/lib/kernel/settle";
import { newKey } from "@/lib/testing/app";
import { foundOrganization, sessionOf, type TestOrganization } from "@/lib/testing/organization";

let acme: TestOrganization;
beforeAll(async () => {
  acme = await foundOrganization();
});
afterEach(async () => {
  vi.restoreAllMocks();
  await db().verifier.deleteMany({});
});

/** A process that has a lease and applies nothing. */
const leaveVerifier = () => db().$executeRaw`
  insert into verifier (id, lease_expires_at, applied_seq)
  values ('frozen', clock_timestamp() + interval '3 seconds', -1)`;
const isWaitedFor = async () => (await db().verifier.count()) === 1;

test("a hundred who wait for one process look together", async () => {
  await leaveVerifier();
  const looks = vi.spyOn(db(), "$queryRaw");
  await Promise.all(Array.from({ length: 100 }, () => settleInvalidations()));
  expect(await isWaitedFor()).toBe(false);
  const ofAll = looks.mock.calls.length;
  looks.mockClear();
  await leaveVerifier();
  await settleInvalidations();
  // One waits for three seconds and looks every 32 ms at most.
  expect(looks.mock.calls.length).toBeGreaterThan(20);
  expect(ofAll).toBeLessThan(20 * looks.mock.calls.length);
}, 20_000);

test("a look that fails is a failure for those who wait for it, and no one else", async () => {
  vi.spyOn(db(), "$queryRaw").mockRejectedValueOnce(new Error("lost"));
  const both = await Promise.allSettled([settleInvalidations(), settleInvalidations()]);
  expect(both.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  await settleInvalidations();
});

test.each(["DELETE", "GET"])(
  "a revoked key that asks to be revoked is refused when it is so everywhere: %s",
  async (method) => {
    const { keyId, key } = await newKey(acme);
    await revokeKey(acme.owner, keyId, {});
    await leaveVerifier();
    const end = route({ summary: "End it", ...(method === "GET" && { changes: true }) }, () => Promise.resolve({}));
    const headers = { authorization: `apikey ${key}` };
    const answer = await end(new Request("http://localhost/v1/token", { method, headers }), {
      params: Promise.resolve({}),
    });
    expect([answer.status, await isWaitedFor()]).toEqual([401, false]);
  },
);

test("a read is refused at once", async () => {
  const { keyId, key } = await newKey(acme);
  await revokeKey(acme.owner, keyId, {});
  await leaveVerifier();
  const read = route({ summary: "Read it" }, () => Promise.resolve({}));
  const headers = { authorization: `apikey ${key}` };
  const answer = await read(new Request("http://localhost/v1/token", { headers }), { params: Promise.resolve({}) });
  expect([answer.status, await isWaitedFor()]).toEqual([401, true]);
});

test("whoever signs out of a session that has ended is told so when it is over everywhere", async () => {
  const person = await acme.as("Auditor");
  const sessionId = sessionOf(person);
  await db().session.update({ where: { id: sessionId }, data: { endedAt: new Date() } });
  const value = await encode({ token: { sub: sessionId }, secret: cookieSecret(), maxAge: 60 });
  await leaveVerifier();
  await endPresentedSession(new Headers({ cookie: `${cookieName("session")}=${value}` }));
  expect(await isWaitedFor()).toBe(false);
});
