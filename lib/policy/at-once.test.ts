import { expect, test } from "vitest";
import { sessionStanding } from "@/lib/auth/sessions";
import { startSession } from "@/lib/auth/sessions";
import { refreshGrant } from "@/lib/grants/refresh";
import type { Ctx, UserPrincipal } from "@/lib/kernel/ctx";
import { db } from "@/lib/kernel/db";
import { rotateKey } from "@/lib/keys/rotation";
import { updatePolicy } from "@/lib/policy/commands";
import { listSessions } from "@/lib/sessions/queries";
import { ListSessions } from "@/lib/sessions/schema";
import { newKey } from "@/lib/testing/app";
import { newLoginClient } from "@/lib/testing/login";
import { codeOf, ctxOfToken, foundOrganization, ORIGIN } from "@/lib/testing/organization";
import { newToken } from "@/lib/testing/token";
import { renewToken } from "@/lib/tokens/commands";

const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000);
const sessionOf = (ctx: Ctx) => (ctx.principal as UserPrincipal).sessionId;
const isOpen = async (ctx: Ctx) => (await sessionStanding(db(), sessionOf(ctx))) !== undefined;
const move = (ctx: Ctx, data: { createdAt?: Date; lastActionAt?: Date }) =>
  db().session.update({ where: { id: sessionOf(ctx) }, data });

test("a shorter idle time ends idle sessions on their next request, and a longer one brings none back", async () => {
  const acme = await foundOrganization();
  const [idle, busy] = [await acme.as("Admin"), await acme.as("Admin")];
  await move(idle, { lastActionAt: ago(20) });
  expect(await isOpen(idle)).toBe(true);
  await updatePolicy(acme.owner, { idleMinutes: 10 });
  expect([await isOpen(idle), await isOpen(busy)]).toEqual([false, true]);
  await updatePolicy(acme.owner, { idleMinutes: 60 });
  expect([await isOpen(idle), await isOpen(busy)]).toEqual([false, true]);
});

test("a longer idle time holds for sessions that are open, not for those that were over", async () => {
  const acme = await foundOrganization();
  const [over, open] = [await acme.as("Admin"), await acme.as("Admin")];
  await move(over, { lastActionAt: ago(40) });
  await updatePolicy(acme.owner, { idleMinutes: 60 });
  await move(open, { lastActionAt: ago(40) });
  expect([await isOpen(over), await isOpen(open)]).toEqual([false, true]);
});

test("shorter sessions end those that have lasted longer, and longer ones bring none back", async () => {
  const acme = await foundOrganization();
  const [old, young] = [await acme.as("Admin"), await acme.as("Admin")];
  await move(old, { createdAt: ago(3 * 60) });
  await updatePolicy(acme.owner, { sessionHours: 2 });
  expect([await isOpen(old), await isOpen(young)]).toEqual([false, true]);
  const { rows } = await listSessions(young, ListSessions.parse({}));
  expect(rows.map(({ createdAt, expiresAt }) => Date.parse(expiresAt) - Date.parse(createdAt))).toEqual([7_200_000]);
  await updatePolicy(acme.owner, { sessionHours: 24 });
  expect([await isOpen(old), await isOpen(young)]).toEqual([false, true]);
});

test("a session that began by an older policy still ends by the present one", async () => {
  const acme = await foundOrganization();
  const person = (await acme.as("Admin")) as Ctx & { principal: UserPrincipal };
  await updatePolicy(acme.owner, { sessionHours: 2 });
  // Its hours were read before the change, and it is written after it.
  const sessionId = `${sessionOf(person)}x`;
  await startSession({ ...person, principal: { ...person.principal, sessionId } }, 12, "browser");
  const standing = await sessionStanding(db(), sessionId);
  const hours = (+(standing?.principal.absoluteEndsAt ?? 0) - Date.now()) / 3_600_000;
  expect(Math.round(hours)).toBe(2);
});

test("shorter access of logins ends those that are older at once; they can be refreshed", async () => {
  const acme = await foundOrganization();
  const client = await newLoginClient(acme);
  const { credentials } = await client.logIn();
  const grantId = credentials.token_id;
  await db().loginPair.updateMany({ where: { grantId }, data: { createdAt: ago(120) } });
  expect(await codeOf(ctxOfToken(credentials.access_token))).toBe("none");
  await updatePolicy(acme.owner, { loginAccessHours: 1 });
  expect(await codeOf(ctxOfToken(credentials.access_token))).toBe("credential_expired");
  await updatePolicy(acme.owner, { loginAccessHours: 48 });
  expect(await codeOf(ctxOfToken(credentials.access_token))).toBe("credential_expired");
  const next = await refreshGrant(ORIGIN, { grant_type: "refresh_token", refresh_token: credentials.refresh_token });
  expect(await codeOf(ctxOfToken(next.credentials.access_token))).toBe("none");
});

test("a shorter life of logins ends the older ones for good", async () => {
  const acme = await foundOrganization();
  const client = await newLoginClient(acme);
  const { credentials } = await client.logIn();
  const { token_id: id, access_token, refresh_token } = credentials;
  await db().loginGrant.update({ where: { id }, data: { createdAt: ago(2 * 1440) } });
  await updatePolicy(acme.owner, { loginRefreshDays: 1 });
  const refresh = () => codeOf(refreshGrant(ORIGIN, { grant_type: "refresh_token", refresh_token }));
  expect([await codeOf(ctxOfToken(access_token)), await refresh()]).toEqual(["credential_expired", "login_refused"]);
  await updatePolicy(acme.owner, { loginRefreshDays: 30 });
  expect([await codeOf(ctxOfToken(access_token)), await refresh()]).toEqual(["credential_expired", "login_refused"]);
});

test("a shorter life of tokens counts at the next issue and renewal; tokens that are out keep their end", async () => {
  const acme = await foundOrganization();
  const { tokenId } = await newToken(acme);
  const daysLeft = async () => {
    const { expiresAt } = await db().credential.findUniqueOrThrow({ where: { id: tokenId } });
    return Math.round((+(expiresAt ?? 0) - Date.now()) / 86_400_000);
  };
  await updatePolicy(acme.owner, { tokenMaxDays: 7 });
  expect(await daysLeft()).toBe(90);
  await renewToken(acme.owner, tokenId);
  expect(await daysLeft()).toBe(7);
  expect(await codeOf(newToken(acme, { expiresInDays: 8 }))).toBe("invalid_input");
});

test("the overlap of a rotation is the policy's unless another is asked for, up to its longest", async () => {
  const acme = await foundOrganization();
  await updatePolicy(acme.owner, { rotationOverlapHours: 2, rotationMaxHours: 4 });
  const { keyId } = await newKey(acme);
  expect(await codeOf(rotateKey(acme.owner, keyId, { overlapHours: 5 }))).toBe("invalid_input");
  const { versions } = await rotateKey(acme.owner, keyId, {});
  expect(Math.round((Date.parse(versions[1]?.endsAt ?? "") - Date.now()) / 3_600_000)).toBe(2);
});
