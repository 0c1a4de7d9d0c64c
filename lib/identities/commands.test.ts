import { beforeAll, expect, test } from "vitest";
import { linkTo, readClaims, signOn } from "@/lib/auth/single-sign-on";
import type { Ctx, UserPrincipal } from "@/lib/kernel/ctx";
import { db } from "@/lib/kernel/db";
import { removeSecondFactor } from "@/lib/second-factor/commands";
import { newKey } from "@/lib/testing/app";
import {
  codeOf,
  ctxOfKey,
  ctxOfSession,
  foundOrganization,
  ORIGIN,
  type TestOrganization,
  unproved,
} from "@/lib/testing/organization";
import { idOfPerson } from "@/lib/testing/roles";
import { enrolled } from "@/lib/testing/second-factor";
import { deactivateUser } from "@/lib/users/commands";
import { linkIdentity, unlinkIdentities } from "./commands";
import { listIdentities } from "./queries";

type PersonCtx = Ctx & { principal: UserPrincipal };
const ISSUER = "https://id.example.com";
let acme: TestOrganization;
let globex: TestOrganization;
let made = 0;
beforeAll(async () => {
  acme = await foundOrganization();
  globex = await foundOrganization();
});

const someone = async () => (await acme.as("Developer")) as PersonCtx;
const claims = (more: object = {}) => ({ iss: ISSUER, sub: `subject ${process.pid} ${++made}`, ...more });
const eventsOf = async (id: string) =>
  (await acme.events()).filter(({ actorId, targetId }) => actorId === id || targetId === id);
const kindOf = async (work: ReturnType<typeof signOn>) => {
  const outcome = await work;
  if (typeof outcome === "string") return outcome;
  return "challengeId" in outcome ? "challenge" : "session";
};

test("a linked identity signs its person on, with one event for each", async () => {
  const ctx = await someone();
  const { id } = ctx.principal;
  const theirs = claims();
  await linkIdentity(ctx, { issuer: theirs.iss, subject: theirs.sub });
  expect(await signOn(ORIGIN, theirs)).toMatchObject({ userId: id, token: undefined });
  expect(await eventsOf(id)).toMatchObject([
    { action: "identity.linked", after: { issuer: ISSUER } },
    { action: "session.started", after: { kind: "single_sign_on" } },
  ]);
});

test("an identity is one person's: a second link of it changes nothing", async () => {
  const [first, second] = [await someone(), await someone()];
  const theirs = claims();
  const identity = { issuer: theirs.iss, subject: theirs.sub };
  await linkIdentity(first, identity);
  expect(await codeOf(linkIdentity(second, identity))).toBe("conflict");
  expect(await linkTo(ORIGIN, second.principal.sessionId, theirs)).toBe("taken");
  expect(await listIdentities(second, second.principal.id)).toEqual([]);
  expect(await signOn(ORIGIN, theirs)).toMatchObject({ userId: first.principal.id });
});

test("a link ends with the session that asked for it", async () => {
  const ctx = await someone();
  const { sessionId, id } = ctx.principal;
  await db().session.update({ where: { id: sessionId }, data: { endedAt: new Date() } });
  expect(await linkTo(ORIGIN, sessionId, claims())).toBe("over");
  expect(await db().externalIdentity.count({ where: { userId: id } })).toBe(0);
});

test("a person has one identity at a provider: a second one, which nobody would see, is refused", async () => {
  const ctx = await someone();
  const [first, second] = [claims(), claims()];
  await linkIdentity(ctx, { issuer: ISSUER, subject: first.sub });
  expect(await codeOf(linkIdentity(ctx, { issuer: ISSUER, subject: second.sub }))).toBe("conflict");
  expect(await linkTo(ORIGIN, ctx.principal.sessionId, second)).toBe("taken");
  expect(await listIdentities(ctx, ctx.principal.id)).toMatchObject([{ subject: first.sub }]);
  await linkIdentity(ctx, { issuer: "https://other.example.com", subject: second.sub });
  expect(await listIdentities(ctx, ctx.principal.id)).toHaveLength(2);
});

test("unlinking takes a fresh password, and ends the way in", async () => {
  const ctx = await someone();
  const { id, sessionId } = ctx.principal;
  const theirs = claims();
  await linkIdentity(ctx, { issuer: theirs.iss, subject: theirs.sub });
  expect(await codeOf(unlinkIdentities(await unproved(ctx), id))).toBe("reauthentication_required");
  expect(await listIdentities(ctx, id)).toMatchObject([{ issuer: ISSUER, subject: theirs.sub }]);
  await db().$executeRaw`update session set proved_at = now() where id = ${sessionId}`;
  expect(await unlinkIdentities(await ctxOfSession(sessionId), id)).toEqual({ unlinked: 1 });
  expect(await signOn(ORIGIN, theirs)).toBe("unknown");
  expect(await codeOf(unlinkIdentities(await ctxOfSession(sessionId), id))).toBe("not_found");
});

test("who manages people and covers the person unlinks them, which ends all they have open", async () => {
  const ctx = await someone();
  const { id, sessionId } = ctx.principal;
  const theirs = claims();
  await linkIdentity(ctx, { issuer: theirs.iss, subject: theirs.sub });
  const { key } = await newKey(acme);
  for (const caller of [await someone(), await ctxOfKey(key)])
    expect(await codeOf(unlinkIdentities(caller, id))).toBe("forbidden");
  expect(await codeOf(unlinkIdentities(globex.owner, id))).toBe("not_found");
  expect(await signOn(ORIGIN, theirs)).toMatchObject({ userId: id });
  expect(await unlinkIdentities(acme.owner, id)).toEqual({ unlinked: 1 });
  expect(await signOn(ORIGIN, theirs)).toBe("unknown");
  expect(await codeOf(ctxOfSession(sessionId))).toBe("session_ended");
  expect(await eventsOf(id)).toContainEqual(
    expect.objectContaining({ action: "identity.unlinked", targetId: id, before: { issuer: ISSUER } }),
  );
  expect(await codeOf(unlinkIdentities(acme.owner, id))).toBe("not_found");
});

test("an admin does not unlink somebody who may do more", async () => {
  const owner = (await acme.as("Owner")) as PersonCtx;
  const theirs = claims();
  await linkIdentity(owner, { issuer: theirs.iss, subject: theirs.sub });
  expect(await codeOf(unlinkIdentities(await acme.as("Admin"), owner.principal.id))).toBe("forbidden");
  expect(await signOn(ORIGIN, theirs)).toMatchObject({ userId: owner.principal.id });
});

test("leaving the organization and a reset of the second factor each take the identity away, with an event", async () => {
  for (const act of ["deactivated", "reset"]) {
    const ctx = await someone();
    const { id } = ctx.principal;
    const theirs = claims();
    await linkIdentity(ctx, { issuer: theirs.iss, subject: theirs.sub });
    if (act === "reset") {
      await enrolled(ctx);
      await removeSecondFactor(acme.owner, id, {});
    } else {
      await deactivateUser(acme.owner, id);
    }
    expect(await signOn(ORIGIN, theirs), act).toBe("unknown");
    const unlinked = (await eventsOf(id)).filter(({ action }) => action === "identity.unlinked");
    expect(unlinked, act).toMatchObject([
      { actorId: idOfPerson(acme.owner), targetId: id, before: { issuer: ISSUER } },
    ]);
  }
});

test("identities are shown to the person and to who may read people, of the organization only", async () => {
  const ctx = await someone();
  expect(await listIdentities(acme.owner, ctx.principal.id)).toEqual([]);
  expect(await codeOf(listIdentities(await someone(), ctx.principal.id))).toBe("forbidden");
  expect(await codeOf(listIdentities(globex.owner, ctx.principal.id))).toBe("not_found");
});

test("by e-mail only under the policy, verified, active, and not for who has an identity there", async () => {
  const open = await foundOrganization();
  const person = async () => (await open.as("Developer")) as PersonCtx;
  const ctx = await person();
  const { email, id } = ctx.principal;
  const on = (more: object) => kindOf(signOn(ORIGIN, claims(more)));
  const verified = { email: email.toUpperCase(), email_verified: true };
  expect(await on(verified)).toBe("unknown");
  await db().organization.update({ where: { id: open.id }, data: { linksSsoByEmail: true } });
  expect(await on({ email })).toBe("unknown");
  expect(await on({ email, email_verified: false })).toBe("unknown");
  expect(await on({ email_verified: true })).toBe("unknown");
  expect(await on(verified)).toBe("session");
  // The second account that claims the same e-mail is not theirs.
  expect(await on(verified)).toBe("unknown");
  expect(await db().externalIdentity.count({ where: { userId: id } })).toBe(1);
  const gone = await person();
  await db().user.update({ where: { id: gone.principal.id }, data: { status: "deactivated" } });
  expect(await on({ email: gone.principal.email, email_verified: true })).toBe("unknown");
});

test("a deactivated person is refused, and one with a second factor is asked for it", async () => {
  const ctx = await someone();
  const theirs = claims();
  await linkIdentity(ctx, { issuer: theirs.iss, subject: theirs.sub });
  await enrolled(ctx);
  expect(await kindOf(signOn(ORIGIN, theirs))).toBe("challenge");
  const sessions = { where: { userId: idOfPerson(ctx), endedAt: null } };
  expect(await db().session.count(sessions)).toBe(1);
  await db().user.update({ where: { id: idOfPerson(ctx) }, data: { status: "deactivated" } });
  expect(await kindOf(signOn(ORIGIN, theirs))).toBe("refused");
});

test.each([
  [{ iss: ISSUER, sub: "a" }, true],
  [{ iss: `${ISSUER}/`, sub: "a" }, true],
  [{ iss: "https://evil.example", sub: "a" }, false],
  [{ iss: `${ISSUER}.evil.example`, sub: "a" }, false],
  [{ iss: ISSUER, sub: "" }, false],
  [{ iss: ISSUER }, false],
  [{ iss: ISSUER, sub: { contains: "" } }, false],
])("the claims %j are of the provider: %s", (given, isTheirs) => {
  expect(readClaims(given, ISSUER) !== undefined).toBe(isTheirs);
});

test("an e-mail is verified when the provider says true, and nothing else", () => {
  const verified = (value: unknown) =>
    readClaims({ iss: ISSUER, sub: "a", email_verified: value }, ISSUER)?.email_verified;
  expect([true, false, "true", 1, null].map(verified)).toEqual([true, false, undefined, undefined, undefined]);
});
