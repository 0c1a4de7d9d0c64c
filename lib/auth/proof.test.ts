import { beforeAll, expect, test } from "vitest";
import { hashPassword } from "@/lib/auth/passwords";
import { proveIdentity } from "@/lib/auth/proof";
import { db } from "@/lib/kernel/db";
import { codeOf, foundOrganization, type TestOrganization } from "@/lib/testing/organization";

const PASSWORD = "correct horse battery staple";
let organization: TestOrganization;
let passwordHash: string;

beforeAll(async () => {
  organization = await foundOrganization();
  passwordHash = await hashPassword(PASSWORD);
});

async function someone() {
  const ctx = await organization.as("Admin");
  if (ctx.principal.kind !== "user") throw new Error("An admin is a person.");
  await db().user.update({ where: { id: ctx.principal.id }, data: { passwordHash } });
  await db()
    .$executeRaw`update session set proved_at = now() - interval '1 hour' where id = ${ctx.principal.sessionId}`;
  return { ctx, sessionId: ctx.principal.sessionId };
}

const provedAt = async (id: string) => (await db().session.findUniqueOrThrow({ where: { id } })).provedAt;

test("the right password proves the session, and one event says so", async () => {
  const { ctx, sessionId } = await someone();
  await proveIdentity(ctx, { password: PASSWORD });
  expect(Date.now() - (await provedAt(sessionId)).getTime()).toBeLessThan(60_000);
  const events = (await organization.events()).filter(({ targetId }) => targetId === sessionId);
  expect(events).toMatchObject([{ action: "session.proved", actorId: ctx.principal.id, outcome: "allowed" }]);
});

test("a wrong password proves nothing and is on the trail; after five the right one has to wait too", async () => {
  const { ctx, sessionId } = await someone();
  const before = await provedAt(sessionId);
  for (let i = 0; i < 5; i++)
    expect(await codeOf(proveIdentity(ctx, { password: "wrong horse battery staple" }))).toBe("invalid_input");
  expect(await codeOf(proveIdentity(ctx, { password: PASSWORD }))).toBe("too_many_requests");
  expect(await provedAt(sessionId)).toEqual(before);
  const events = (await organization.events()).filter(({ targetId }) => targetId === sessionId);
  expect(events.map(({ action, outcome }) => `${action} ${outcome}`)).toEqual(
    Array.from({ length: 5 }, () => "session.proved failed"),
  );
});

test("whoever took over one session and guesses locks no other session out", async () => {
  const { ctx } = await someone();
  for (let i = 0; i < 6; i++) await codeOf(proveIdentity(ctx, { password: "wrong horse battery staple" }));
  const row = await db().session.findFirstOrThrow({ where: { userId: ctx.principal.id as string } });
  const own = { ...row, id: `${row.id}x` };
  await db().session.create({ data: own });
  const principal = { ...ctx.principal, sessionId: own.id } as typeof ctx.principal;
  expect(await codeOf(proveIdentity({ ...ctx, principal }, { password: PASSWORD }))).toBe("none");
});
