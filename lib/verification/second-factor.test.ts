import { expect, test } from "vitest";
import { requireSession } from "@/lib/auth/sessions";
import type { UserPrincipal } from "@/lib/kernel/ctx";
import { db } from "@/lib/kernel/db";
import { newLoginClient } from "@/lib/testing/login";
import { codeOf, ctxOfSession, ctxOfToken, foundOrganization } from "@/lib/testing/organization";
import { idOfPerson } from "@/lib/testing/roles";
import { enrolled } from "@/lib/testing/second-factor";
import { refreshGrant } from "@/lib/grants/refresh";
import { startSecondFactor } from "@/lib/second-factor/commands";
import { updateUser } from "@/lib/users/commands";
import { ORIGIN } from "@/lib/testing/organization";
import { needsSecondFactor, type SecondFactorPolicy } from "./second-factor";

const ask = (id: string, secondFactor: SecondFactorPolicy) =>
  db().organization.update({ where: { id }, data: { secondFactor } });

const NAMES = {
  "31-71cfc74-0wn3r": true,
  "31-71cfc74-4dm13": true,
  "31-71cfc74-d3v3l0p3r": false,
  "31-71cfc74-s30": false,
  "31-71cfc74-p0bl1shr": false,
  "31-71cfc74-c0ntr1b0t0r": false,
  "31-71cfc74-d3vc0n": false,
  "31-71cfc74-4cc4dm13": true,
  "31-71cfc74-4ud1t0r": false,
};

test.each(Object.entries(NAMES))("of the role %s a grant-holders' policy asks a second factor: %s", (id, asked) => {
  for (const instanceId of [null, "8-19d41b7f2a0-bbbbbbbb"]) {
    const roles = [{ systemRoleId: id, instanceId, rules: [] }];
    expect(needsSecondFactor("grant_holders", roles)).toBe(asked);
    expect(needsSecondFactor("everyone", roles)).toBe(true);
    expect(needsSecondFactor("optional", roles)).toBe(false);
  }
});

test.each(["keys", "tokens", "apps", "roles", "policy"])(
  "a role that may change %s can hand out power, so a grant-holders' policy asks a second factor of it",
  (resource) => {
    const rule = { resource, create: null, read: null, update: true, delete: null, publish: null };
    const holding = (rules: (typeof rule)[]) => [{ systemRoleId: "31-71cfc74-4ud1t0r", instanceId: null, rules }];
    expect(needsSecondFactor("grant_holders", holding([rule]))).toBe(true);
    expect(needsSecondFactor("grant_holders", holding([]))).toBe(false);
  },
);

test("a policy acts on the very next request: who needs one and has none holds nothing but their own acts", async () => {
  const strict = await foundOrganization();
  const { sessionId, id } = strict.owner.principal as UserPrincipal;
  const kind = async () => (await requireSession(db(), sessionId)).power.kind;
  expect(await kind()).toBe("roles");
  await ask(strict.id, "grant_holders");
  expect(await kind()).toBe("none");
  const owner = await ctxOfSession(sessionId);
  const developer = await strict.as("Developer");
  expect(developer.power.kind).toBe("roles");
  expect(await codeOf(updateUser(owner, idOfPerson(developer), { firstName: "X" }))).toBe("forbidden");
  // The caller's standing of before the policy is read again inside the change.
  expect(await codeOf(updateUser(strict.owner, idOfPerson(developer), { firstName: "X" }))).toBe("forbidden");
  expect(await codeOf(updateUser(owner, id, { firstName: "Olga" }))).toBe("none");
  expect(await codeOf(startSecondFactor(owner, id))).toBe("none");
  await enrolled(owner);
  expect(await kind()).toBe("roles");
  await ask(strict.id, "everyone");
  expect((await ctxOfSession((developer.principal as UserPrincipal).sessionId)).power.kind).toBe("none");
});

test("a login token takes a password alone: who has a second factor or needs one gets none and refreshes none", async () => {
  const strict = await foundOrganization();
  const { ctx, logIn } = await newLoginClient(strict);
  const { credentials } = await logIn();
  const refresh = () => refreshGrant(ORIGIN, { grant_type: "refresh_token", refresh_token: credentials.refresh_token });
  expect(await codeOf(ctxOfToken(credentials.access_token))).toBe("none");
  await ask(strict.id, "everyone");
  expect(await codeOf(ctxOfToken(credentials.access_token))).toBe("credential_revoked");
  expect(await codeOf(refresh())).toBe("login_refused");
  expect(await codeOf(logIn())).toBe("login_refused");
  await ask(strict.id, "optional");
  expect(await codeOf(ctxOfToken(credentials.access_token))).toBe("none");
  await enrolled(ctx);
  expect(await codeOf(ctxOfToken(credentials.access_token))).toBe("credential_revoked");
  expect(await codeOf(refresh())).toBe("login_refused");
  expect(await codeOf(logIn())).toBe("login_refused");
});
