import { beforeAll, expect, test } from "vitest";
import { LogIn, logIn, logOut, verifySession } from "@/lib/auth/auth-api";
import { authenticate } from "@/lib/auth/authenticate";
import { hashPassword } from "@/lib/auth/passwords";
import { sessionStanding } from "@/lib/auth/sessions";
import { signIn } from "@/lib/auth/sign-in";
import { db } from "@/lib/kernel/db";
import { newId } from "@/lib/kernel/new-id";
import { newKey } from "@/lib/testing/app";
import { codeOf, ctxOfKey, foundOrganization, ORIGIN, type TestOrganization, textOf } from "@/lib/testing/organization";

const PASSWORD = "correct horse battery staple";
let organization: TestOrganization;
let passwordHash: string;
let address = 0;

beforeAll(async () => {
  organization = await foundOrganization();
  passwordHash = await hashPassword(PASSWORD);
});

async function person() {
  const id = newId("user");
  const email = `${id}@example.com`;
  const names = { firstName: "Ada", lastName: "Byron" };
  await db().user.create({ data: { id, organizationId: organization.id, email, passwordHash, ...names } });
  return { id, email, origin: { ...ORIGIN, ip: `198.51.100.${++address}` } };
}

const ctxOf = (token: string) =>
  authenticate(new Headers({ authorization: `Bearer ${token}` }), new URL("http://localhost/"), ORIGIN);

async function loggedIn() {
  const who = await person();
  const { meta } = await logIn(who.origin, { email: who.email, password: PASSWORD });
  return { ...who, token: meta.token as string };
}

test("a login gives a bearer session of its own, of which only the digest is kept", async () => {
  const { id, email, origin } = await person();
  const answer = await logIn(origin, { email, password: PASSWORD });
  expect(answer).toEqual({
    message: "Logged in successfully.",
    meta: { userZuid: id, token: expect.stringMatching(/^lks_[0-9A-Za-z]{42}$/) as string },
  });
  const token = answer.meta.token as string;
  const { principal } = await ctxOf(token);
  expect(principal).toMatchObject({ kind: "user", id, email });
  const rows = await db().session.findMany({ where: { userId: id } });
  expect(rows).toHaveLength(1);
  expect(rows[0]?.digest).toHaveLength(32);
  const events = (await organization.events()).filter(({ actorId }) => actorId === id);
  expect(events).toMatchObject([{ action: "session.started", after: { kind: "api" }, outcome: "allowed" }]);
  expect(textOf([rows, events])).not.toContain(token.slice(4, 40));
});

test("one bucket counts an account's failures over both wires", async () => {
  const { email, origin } = await person();
  const wrong = { email, password: "wrong horse battery staple" };
  for (let i = 0; i < 3; i++) expect(await codeOf(logIn(origin, wrong))).toBe("unauthenticated");
  for (let i = 0; i < 2; i++) expect(await signIn(origin, wrong)).toBe("refused");
  expect(await codeOf(logIn(origin, { email, password: PASSWORD }))).toBe("locked");
  expect(await signIn(origin, { email, password: PASSWORD })).toBe("locked");
});

test("verifying tells whose session it is and does not slide it", async () => {
  const { id, token } = await loggedIn();
  const idle = () => db().$executeRaw`
    update session set last_action_at = now() - interval '20 minutes' where user_id = ${id}`;
  const lastAction = async () => (await db().session.findFirstOrThrow({ where: { userId: id } })).lastActionAt;
  await idle();
  const before = await lastAction();
  expect(await verifySession(await ctxOf(token))).toEqual({ message: "Session valid", meta: { userZuid: id } });
  expect(await lastAction()).toEqual(before);
});

test("an API key is no session to verify", async () => {
  const { key } = await newKey(organization);
  expect(await codeOf(ctxOfKey(key).then(verifySession))).toBe("unauthenticated");
});

test("logging out ends that session at once and leaves the person's others alone", async () => {
  const { id, email, origin, token } = await loggedIn();
  const other = (await logIn(origin, { email, password: PASSWORD })).meta.token as string;
  const browser = await signIn(origin, { email, password: PASSWORD });
  if (typeof browser === "string" || "challengeId" in browser) throw new Error("no session");
  expect(await logOut(await ctxOf(token))).toEqual({ message: "", meta: {} });
  expect([await codeOf(ctxOf(token)), await codeOf(ctxOf(other))]).toEqual(["session_ended", "none"]);
  expect(await sessionStanding(db(), browser.sessionId)).toBeDefined();
  const ended = (await organization.events()).filter(
    ({ actorId, action }) => actorId === id && action === "session.ended",
  );
  expect(ended).toMatchObject([{ after: { reason: "signed out" } }]);
});

test("a key has no session to log out of", async () => {
  const { key } = await newKey(organization);
  expect(await codeOf(ctxOfKey(key).then(logOut))).toBe("forbidden");
});

test.each([
  [{ email: { contains: "" }, password: PASSWORD }],
  [{ email: ["a@example.com"], password: PASSWORD }],
  [{ email: "a@example.com", password: 7 }],
  [{ email: "a@example.com" }],
  [{ email: "a".repeat(301), password: PASSWORD }],
  [{ email: "a@example.com", password: PASSWORD, kind: "browser" }],
])("a login of %j is not one", (given) => {
  expect(LogIn.safeParse(given).success).toBe(false);
});
