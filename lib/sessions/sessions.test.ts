import { beforeAll, expect, test } from "vitest";
import { sessionStanding } from "@/lib/auth/sessions";
import type { Ctx, UserPrincipal } from "@/lib/kernel/ctx";
import { db } from "@/lib/kernel/db";
import { mintSecret } from "@/lib/kernel/secrets";
import { newId } from "@/lib/kernel/new-id";
import { newKey } from "@/lib/testing/app";
import { codeOf, ctxOfKey, ctxOfSession, foundOrganization, type TestOrganization } from "@/lib/testing/organization";
import { endOneSession, endSessions } from "./commands";
import { listSessions } from "./queries";
import { ListSessions } from "./schema";

type PersonCtx = Ctx & { principal: UserPrincipal };
const UNKNOWN = "58-19d41b7f2a0-zzzzzzzz";
let acme: TestOrganization;
let globex: TestOrganization;
beforeAll(async () => {
  acme = await foundOrganization();
  globex = await foundOrganization();
});

const someone = async (role = "Developer", on: string | null = null) => (await acme.as(role, on)) as PersonCtx;
const idOf = ({ principal }: PersonCtx) => principal.sessionId;
const isLive = async (sessionId: string) => (await sessionStanding(db(), sessionId)) !== undefined;

/** Another session of the same person. */
async function another(ctx: PersonCtx, over: object = {}): Promise<PersonCtx> {
  const row = await db().session.findUniqueOrThrow({ where: { id: idOf(ctx) } });
  const id = newId("session");
  await db().session.create({ data: { ...row, id, ...over } });
  return (await ctxOfSession(id)) as PersonCtx;
}

const list = async (ctx: Ctx, query: object = {}) => (await listSessions(ctx, ListSessions.parse(query))).rows;
const idsOf = async (ctx: Ctx, query: object = {}) => (await list(ctx, query)).map(({ ZUID }) => ZUID).sort();

test("one's own live sessions are listed, this one marked, each with its kind and its ends", async () => {
  const ctx = await someone();
  const api = await another(ctx, { digest: mintSecret("session").digest, userAgent: "curl/8.5.0", ip: "203.0.113.9" });
  const rows = await list(ctx, { sort: "createdAt", dir: "asc" });
  expect(rows.map(({ ZUID, kind, device, ip, isCurrent }) => ({ ZUID, kind, device, ip, isCurrent }))).toEqual(
    expect.arrayContaining([
      { ZUID: idOf(ctx), kind: "browser", device: "test", ip: "192.0.2.7", isCurrent: true },
      { ZUID: idOf(api), kind: "api", device: "curl 8", ip: "203.0.113.9", isCurrent: false },
    ]),
  );
  for (const { lastActionAt, idleEndsAt, createdAt, expiresAt } of rows) {
    expect(Date.parse(idleEndsAt) - Date.parse(lastActionAt)).toBe(30 * 60_000);
    expect(Date.parse(expiresAt)).toBeGreaterThan(Date.parse(createdAt));
  }
  expect(JSON.stringify(rows)).not.toMatch(/digest|lks_/);
});

test("what ended, idled out or reached its absolute end is not listed", async () => {
  const ctx = await someone();
  const past = new Date(Date.now() - 31 * 60_000);
  const [ended, idle, over] = [await another(ctx), await another(ctx), await another(ctx)];
  await db().session.update({ where: { id: idOf(ended) }, data: { endedAt: past } });
  await db().session.update({ where: { id: idOf(idle) }, data: { lastActionAt: past } });
  await db().session.update({ where: { id: idOf(over) }, data: { expiresAt: past } });
  expect(await idsOf(ctx)).toEqual([idOf(ctx)]);
});

test("another person's are for who may read sessions of the organization; a foreign person and none look alike", async () => {
  const ctx = await someone();
  const user = ctx.principal.id;
  for (const role of ["Owner", "Admin", "Access Admin", "Auditor"])
    expect(await idsOf(await someone(role), { user }), role).toEqual([idOf(ctx)]);
  expect(await codeOf(list(await someone("Publisher"), { user }))).toBe("forbidden");
  expect(await codeOf(list(await someone("Owner", acme.instanceId), { user }))).toBe("forbidden");
  expect(await idsOf(ctx, { user })).toEqual([idOf(ctx)]);
  for (const nobody of [globex.owner.principal.id, "5-19d41b7f2a0-zzzzzzzz"])
    expect(await codeOf(list(acme.owner, { user: nobody }))).toBe("not_found");
});

test("a key has no sessions of its own, reads a person's where it may, and ends none", async () => {
  const ctx = await someone();
  const key = await ctxOfKey((await newKey(acme)).key);
  expect(await codeOf(list(key))).toBe("forbidden");
  expect(await list(key, { user: ctx.principal.id })).toMatchObject([{ ZUID: idOf(ctx), isCurrent: false }]);
  expect(await codeOf(endOneSession(key, idOf(ctx)))).toBe("forbidden");
  expect(await codeOf(endSessions(key, {}))).toBe("forbidden");
  expect(await isLive(idOf(ctx))).toBe(true);
});

test("ending one's own session elsewhere ends just that one, and one event says so", async () => {
  const ctx = await someone();
  const [gone, stays] = [await another(ctx), await another(ctx)];
  expect(await endOneSession(ctx, idOf(gone))).toMatchObject({ ZUID: idOf(gone), isCurrent: false });
  expect([await isLive(idOf(gone)), await isLive(idOf(stays)), await isLive(idOf(ctx))]).toEqual([false, true, true]);
  const events = (await acme.events()).filter(({ targetId }) => targetId === idOf(gone));
  expect(events).toMatchObject([
    { action: "session.ended", actorId: ctx.principal.id, after: { reason: "signed out from another session" } },
  ]);
  expect(await codeOf(endOneSession(ctx, idOf(gone)))).toBe("not_found");
});

test("who may end sessions ends anybody's of the organization, and the event names both", async () => {
  const ctx = await someone();
  const admin = await someone("Admin");
  await endOneSession(admin, idOf(ctx));
  expect(await isLive(idOf(ctx))).toBe(false);
  const events = (await acme.events()).filter(({ targetId }) => targetId === idOf(ctx));
  expect(events).toMatchObject([
    {
      action: "session.ended",
      actorId: admin.principal.id,
      targetName: ctx.principal.name,
      after: { reason: "ended by somebody else" },
    },
  ]);
});

test("who may not end sessions is refused alike whether the session exists, is foreign or is nobody's", async () => {
  const ctx = await someone();
  const victim = await someone();
  const foreign = idOf(globex.owner as PersonCtx);
  for (const id of [idOf(victim), foreign, UNKNOWN]) expect(await codeOf(endOneSession(ctx, id))).toBe("forbidden");
  const denied = (await acme.events()).filter(({ actorId, outcome }) => actorId === ctx.principal.id && outcome);
  expect(denied.map(({ action, outcome }) => `${action} ${outcome}`)).toEqual(
    Array.from({ length: 3 }, () => "session.ended denied"),
  );
  for (const id of [foreign, UNKNOWN]) expect(await codeOf(endOneSession(acme.owner, id))).toBe("not_found");
  expect([await isLive(idOf(victim)), await isLive(foreign)]).toEqual([true, true]);
});

test("ending the others leaves this session and other people's alone; each end is an event; twice is no fault", async () => {
  const ctx = await someone();
  const neighbor = await someone();
  const others = [await another(ctx), await another(ctx)].map(idOf).sort();
  expect((await endSessions(ctx, {})).ended.sort()).toEqual(others);
  expect(await idsOf(ctx)).toEqual([idOf(ctx)]);
  expect(await isLive(idOf(neighbor))).toBe(true);
  const ended = (await acme.events()).filter(({ action, actorId }) => actorId === ctx.principal.id && action);
  expect(ended.map(({ targetId }) => targetId).sort()).toEqual(others);
  expect(await endSessions(ctx, {})).toEqual({ ended: [] });
});

test("a session that idled out ends with the others, so that a longer idle time does not bring it back", async () => {
  const ctx = await someone();
  const idle = await another(ctx);
  await db().session.update({ where: { id: idOf(idle) }, data: { lastActionAt: new Date(Date.now() - 45 * 60_000) } });
  await endSessions(ctx, {});
  const row = await db().session.findUniqueOrThrow({ where: { id: idOf(idle) } });
  expect(row.endReason).toBe("signed out from another session");
});

test("an admin ends every session of a person, each with its own event, and nobody else's", async () => {
  const developer = await someone();
  const user = developer.principal.id;
  const { ended } = await endSessions(acme.owner, { user });
  expect(ended).toEqual([idOf(developer)]);
  expect((await acme.events()).filter(({ targetId }) => targetId === ended[0])).toMatchObject([
    { action: "session.ended", after: { reason: "ended by somebody else" } },
  ]);
  expect(await codeOf(endSessions(acme.owner, { user: "5-19d41b7f2a0-zzzzzzzz" }))).toBe("not_found");
  expect(await codeOf(endSessions(await acme.as("Auditor"), { user }))).toBe("forbidden");
  expect(await codeOf(endSessions(globex.owner, { user }))).toBe("not_found");
});
