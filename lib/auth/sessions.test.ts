import { beforeAll, expect, test } from "vitest";
import { currentSession, extendSession } from "@/lib/auth/current-session";
import { endSession, sessionStanding, slideSession } from "@/lib/auth/sessions";
import type { Ctx, UserPrincipal } from "@/lib/kernel/ctx";
import { db } from "@/lib/kernel/db";
import { codeOf, ctxOfKey, ctxOfSession, foundOrganization, type TestOrganization } from "@/lib/testing/organization";
import { generateKey } from "@/lib/keys/commands";
import { registerApp } from "@/lib/apps/commands";

type PersonCtx = Ctx & { principal: UserPrincipal };
let organization: TestOrganization;
beforeAll(async () => {
  organization = await foundOrganization();
});

const someone = async (role = "Developer") => (await organization.as(role)) as PersonCtx;
const isLive = async (ctx: PersonCtx) => (await sessionStanding(db(), ctx.principal.sessionId)) !== undefined;

/** As if the last action had been so many seconds earlier. */
const idleFor = (ctx: PersonCtx, seconds: number) =>
  db()
    .$executeRaw`update session set last_action_at = now() - ${seconds} * interval '1 second' where id = ${ctx.principal.sessionId}`;

/** As a request sees the caller that has read it after a long pause. */
const idle = (ctx: PersonCtx): PersonCtx => ({ ...ctx, principal: { ...ctx.principal, lastActionAt: new Date(0) } });

const lastAction = async (ctx: PersonCtx) =>
  (await db().session.findUniqueOrThrow({ where: { id: ctx.principal.sessionId } })).lastActionAt.getTime();

test.each([
  [29 * 60 + 30, true],
  [30 * 60 + 1, false],
])("a session idle for %i seconds is valid: %s", async (seconds, valid) => {
  const ctx = await someone();
  await idleFor(ctx, seconds);
  expect(await isLive(ctx)).toBe(valid);
});

test("the organization's policy says how long idle is", async () => {
  const strict = await foundOrganization();
  await db().organization.update({ where: { id: strict.id }, data: { idleMinutes: 5 } });
  const ctx = (await strict.as("Developer")) as PersonCtx;
  await idleFor(ctx, 290);
  expect(await isLive(ctx)).toBe(true);
  await idleFor(ctx, 301);
  expect(await isLive(ctx)).toBe(false);
});

test("an action starts the idle time anew, at most every fifteen seconds, and the end is told", async () => {
  const ctx = await someone();
  const act = async () => slideSession(await ctxOfSession(ctx.principal.sessionId));
  await idleFor(ctx, 29 * 60);
  await act();
  expect(Date.now() - (await lastAction(ctx))).toBeLessThan(15_000);
  await idleFor(ctx, 10);
  const before = await lastAction(ctx);
  await act();
  expect(await lastAction(ctx)).toBe(before);
  const { idleEndsAt, now } = currentSession(await ctxOfSession(ctx.principal.sessionId));
  expect(Math.round((Date.parse(idleEndsAt) - Date.parse(now)) / 1000)).toBeGreaterThan(29 * 60 + 30);
});

test("no action carries a session past its absolute end", async () => {
  const ctx = await someone();
  await db()
    .$executeRaw`update session set expires_at = now() - interval '1 second' where id = ${ctx.principal.sessionId}`;
  await slideSession(idle(ctx));
  expect(await isLive(ctx)).toBe(false);
});

test("no action revives a session that ended", async () => {
  const ctx = await someone();
  await endSession(ctx);
  const before = await lastAction(ctx);
  await idleFor(ctx, 60);
  await slideSession(idle(ctx));
  expect(await isLive(ctx)).toBe(false);
  expect(await lastAction(ctx)).toBeLessThan(before);
});

test("signing out ends that session and no other, and one event says so", async () => {
  const ctx = await someone();
  const other = { ...ctx, principal: { ...ctx.principal, sessionId: `${ctx.principal.sessionId}x` } };
  const row = await db().session.findUniqueOrThrow({ where: { id: ctx.principal.sessionId } });
  await db().session.create({ data: { ...row, id: other.principal.sessionId } });
  await endSession(ctx);
  expect([await isLive(ctx), await isLive(other)]).toEqual([false, true]);
  const events = (await organization.events()).filter(({ targetId }) => targetId === ctx.principal.sessionId);
  expect(events).toMatchObject([{ action: "session.ended", after: { reason: "signed out" }, outcome: "allowed" }]);
});

test("a deactivated person's session ends at once", async () => {
  const ctx = await someone();
  await db().user.update({ where: { id: ctx.principal.id }, data: { status: "deactivated" } });
  expect(await isLive(ctx)).toBe(false);
});

test("a lost role is lost with the next request", async () => {
  const ctx = await someone();
  await db().roleAssignment.deleteMany({ where: { userId: ctx.principal.id } });
  expect((await sessionStanding(db(), ctx.principal.sessionId))?.power).toEqual({
    kind: "roles",
    roles: [],
    resources: [],
  });
});

test("staying signed in is a person's, never a key's", async () => {
  const ctx = await someone();
  await idleFor(ctx, 20 * 60);
  const extended = await extendSession(await ctxOfSession(ctx.principal.sessionId));
  expect(Date.parse(extended.idleEndsAt) - Date.parse(extended.now)).toBeGreaterThan(29 * 60_000);
  const { ZUID } = await registerApp(organization.owner, { name: "Sessions" });
  const { key } = await generateKey(organization.owner, ZUID, { name: "Key" });
  expect(await codeOf(ctxOfKey(key).then(extendSession))).toBe("forbidden");
});
