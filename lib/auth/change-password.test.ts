import { beforeAll, expect, test } from "vitest";
import { authenticate } from "@/lib/auth/authenticate";
import { logIn } from "@/lib/auth/auth-api";
import { changePassword } from "@/lib/auth/change-password";
import { hashPassword } from "@/lib/auth/passwords";
import { sessionStanding } from "@/lib/auth/sessions";
import type { Ctx, UserPrincipal } from "@/lib/kernel/ctx";
import { db } from "@/lib/kernel/db";
import { newId } from "@/lib/kernel/new-id";
import { newKey } from "@/lib/testing/app";
import { codeOf, ctxOfKey, foundOrganization, ORIGIN, type TestOrganization, textOf } from "@/lib/testing/organization";

const OLD = "correct horse battery staple";
const NEW = "seven purple lanterns over the harbor";
let organization: TestOrganization;
let passwordHash: string;

beforeAll(async () => {
  organization = await foundOrganization();
  passwordHash = await hashPassword(OLD);
});

async function someone() {
  const ctx = (await organization.as("Developer")) as Ctx & { principal: UserPrincipal };
  const { id, sessionId, email } = ctx.principal;
  await db().user.update({ where: { id }, data: { passwordHash } });
  const row = await db().session.findUniqueOrThrow({ where: { id: sessionId } });
  const otherId = newId("session");
  await db().session.create({ data: { ...row, id: otherId } });
  return { ctx, id, sessionId, email, otherId };
}

const isLive = async (sessionId: string) => (await sessionStanding(db(), sessionId)) !== undefined;
const hashOf = async (id: string) => (await db().user.findUniqueOrThrow({ where: { id } })).passwordHash;
const eventsOf = async (id: string) => (await organization.events()).filter(({ actorId }) => actorId === id);

test("the new password counts from now on, and every session but this one ends with the change", async () => {
  const { ctx, id, sessionId, email, otherId } = await someone();
  const login = await logIn(ORIGIN, { email, password: OLD });
  const bearer = () =>
    authenticate(new Headers({ authorization: `bearer ${login.meta.token}` }), new URL("http://localhost/"), ORIGIN);
  expect(await codeOf(bearer())).toBe("none");

  expect(await changePassword(ctx, id, { oldPassword: OLD, password: NEW })).toEqual({ ZUID: id, endedSessions: 2 });
  expect([await isLive(sessionId), await isLive(otherId), await codeOf(bearer())]).toEqual([
    true,
    false,
    "session_ended",
  ]);
  expect(await codeOf(logIn(ORIGIN, { email, password: OLD }))).toBe("unauthenticated");
  expect((await logIn(ORIGIN, { email, password: NEW })).message).toBe("Logged in successfully.");
});

test("one event tells of the change and one of each session that ended, none of them either password", async () => {
  const { ctx, id, otherId } = await someone();
  await changePassword(ctx, id, { oldPassword: OLD, password: NEW });
  const events = await eventsOf(id);
  expect(events).toMatchObject([
    { action: "user.password_changed", targetId: id, outcome: "allowed" },
    { action: "session.ended", targetId: otherId, after: { reason: "the password was changed" } },
  ]);
  expect(textOf(events)).not.toMatch(/horse|lanterns|argon2/);
});

test("a wrong old password changes nothing and is on the trail; after five the right one has to wait too", async () => {
  const { ctx, id, otherId } = await someone();
  for (let i = 0; i < 5; i++)
    expect(await codeOf(changePassword(ctx, id, { oldPassword: `wrong ${OLD}`, password: NEW }))).toBe(
      "wrong_password",
    );
  expect(await codeOf(changePassword(ctx, id, { oldPassword: OLD, password: NEW }))).toBe("too_many_requests");
  expect([await hashOf(id), await isLive(otherId)]).toEqual([passwordHash, true]);
  expect((await eventsOf(id)).map(({ action, outcome }) => `${action} ${outcome}`)).toEqual(
    Array.from({ length: 5 }, () => "user.password_changed failed"),
  );
});

test("nobody changes another person's password, of this organization or any, and all get the same answer", async () => {
  const { ctx, id } = await someone();
  const stranger = await foundOrganization();
  const others = [(await someone()).id, stranger.owner.principal.id as string, "5-19d41b7f2a0-zzzzzzzz"];
  for (const other of others)
    expect(await codeOf(changePassword(ctx, other, { oldPassword: OLD, password: NEW }))).toBe("forbidden");
  expect((await eventsOf(id)).map(({ action, outcome }) => `${action} ${outcome}`)).toEqual(
    others.map(() => "access.refused denied"),
  );
  expect(await hashOf(others[0] as string)).toBe(passwordHash);
});

test("a key changes nobody's password", async () => {
  const { id } = await someone();
  const key = await ctxOfKey((await newKey(organization)).key);
  expect(await codeOf(changePassword(key, id, { oldPassword: OLD, password: NEW }))).toBe("forbidden");
});

test.each([
  ["too short for the organization", "fourteen chars"],
  ["the old one", OLD],
  ["the old one with a digit behind", `${OLD}1`],
])("a new password that is %s is refused, and nothing ends", async (_what, password) => {
  const { ctx, id, otherId } = await someone();
  expect(await codeOf(changePassword(ctx, id, { oldPassword: OLD, password }))).toBe("invalid_input");
  expect([await hashOf(id), await isLive(otherId)]).toEqual([passwordHash, true]);
});

test("the organization's minimum decides", async () => {
  const { ctx, id } = await someone();
  await db().organization.update({ where: { id: organization.id }, data: { passwordMinLength: 40 } });
  expect(await codeOf(changePassword(ctx, id, { oldPassword: OLD, password: NEW }))).toBe("invalid_input");
  await db().organization.update({ where: { id: organization.id }, data: { passwordMinLength: 15 } });
  expect(await codeOf(changePassword(ctx, id, { oldPassword: OLD, password: NEW }))).toBe("none");
});

test("of two changes at once one wins", async () => {
  const { ctx, id } = await someone();
  const codes = await Promise.all(
    [NEW, `${NEW} too`].map((password) => codeOf(changePassword(ctx, id, { oldPassword: OLD, password }))),
  );
  expect(codes.sort()).toEqual(["conflict", "none"]);
});
