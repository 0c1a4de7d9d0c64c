import { expect, test } from "vitest";
import type { Ctx, UserPrincipal } from "@/lib/kernel/ctx";
import { db } from "@/lib/kernel/db";
import { updatePolicy } from "@/lib/policy/commands";
import { getPolicy, getPolicyReach } from "@/lib/policy/queries";
import { UpdatePolicy } from "@/lib/policy/schema";
import { newKey } from "@/lib/testing/app";
import { newLoginClient } from "@/lib/testing/login";
import { codeOf, ctxOfKey, ctxOfToken, foundOrganization, type TestOrganization } from "@/lib/testing/organization";
import { idOfPerson } from "@/lib/testing/roles";
import { newToken } from "@/lib/testing/token";

const DEFAULTS = {
  idleMinutes: 30,
  sessionHours: 12,
  tokenMaxDays: 90,
  loginAccessHours: 24,
  loginRefreshDays: 90,
  rotationOverlapHours: 168,
  rotationMaxHours: 720,
  passwordMinLength: 15,
  lockoutThreshold: 5,
  lockoutMinutes: 5,
  verificationMaxAgeSeconds: 0,
  auditRetentionDays: 0,
  secondFactor: "optional",
  linksSsoByEmail: false,
};

const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000);
const sessionOf = (ctx: Ctx) => (ctx.principal as UserPrincipal).sessionId;
const move = (ctx: Ctx, data: { createdAt?: Date; lastActionAt?: Date }) =>
  db().session.update({ where: { id: sessionOf(ctx) }, data });
const withFactor = (ctx: Ctx) =>
  db().user.update({ where: { id: idOfPerson(ctx) }, data: { totpConfirmedAt: new Date() } });

test("an Owner changes the policy, and the one event shows exactly the changed values", async () => {
  const acme = await foundOrganization();
  expect(await getPolicy(acme.owner)).toEqual(DEFAULTS);
  const changed = await updatePolicy(acme.owner, { idleMinutes: 20, linksSsoByEmail: true, tokenMaxDays: 90 });
  expect(changed).toEqual({ ...DEFAULTS, idleMinutes: 20, linksSsoByEmail: true });
  expect(await getPolicy(acme.owner)).toEqual(changed);
  expect(await acme.events()).toMatchObject([
    { action: "policy.updated", actorId: acme.owner.principal.id, targetId: acme.id, outcome: "allowed" },
  ]);
  const [event] = await acme.events();
  expect([event?.before, event?.after]).toEqual([
    { idleMinutes: 30, linksSsoByEmail: false },
    { idleMinutes: 20, linksSsoByEmail: true },
  ]);
});

test("what changes nothing says so and writes nothing", async () => {
  const acme = await foundOrganization();
  for (const input of [{}, { idleMinutes: 30 }]) expect(await codeOf(updatePolicy(acme.owner, input))).toBe("conflict");
  expect(await acme.events()).toEqual([]);
});

test("changing it takes policy:update and a session; reading it takes policy:read", async () => {
  const acme = await foundOrganization();
  for (const ctx of [
    await acme.as("Admin"),
    await acme.as("Auditor"),
    await acme.as("Owner", acme.instanceId),
    await ctxOfKey((await newKey(acme)).key),
    await ctxOfToken((await newToken(acme, { role: "Owner" })).token),
  ]) {
    expect(await codeOf(updatePolicy(ctx, { idleMinutes: 20 }))).toBe("forbidden");
    expect((await acme.events()).at(-1)).toMatchObject({ action: "policy.updated", outcome: "denied" });
  }
  expect(await codeOf(getPolicy(await acme.as("Developer")))).toBe("forbidden");
  expect(await codeOf(getPolicyReach(await acme.as("Developer")))).toBe("forbidden");
  expect(await getPolicy(acme.owner)).toEqual(DEFAULTS);
});

test("an auditor's look at the policy is on the trail, an owner's or HEAD is not", async () => {
  const acme = await foundOrganization();
  const auditor = await acme.as("Auditor");
  await getPolicy(acme.owner);
  await getPolicyReach(auditor);
  await getPolicy({ ...auditor, isHead: true });
  expect((await acme.events()).filter(({ action }) => action === "policy.read")).toEqual([]);
  expect(await getPolicy(auditor)).toEqual(DEFAULTS);
  const read = (await acme.events()).filter(({ action }) => action === "policy.read");
  expect(read).toMatchObject([
    { actorId: auditor.principal.id, targetId: acme.id, targetName: "policy", outcome: "allowed" },
  ]);
});

test("it asks for the password again, and another organization keeps its own", async () => {
  const [acme, globex] = [await foundOrganization(), await foundOrganization()];
  await updatePolicy(acme.owner, { lockoutThreshold: 3 });
  expect(await getPolicy(globex.owner)).toEqual(DEFAULTS);
  await db().session.update({ where: { id: sessionOf(acme.owner) }, data: { provedAt: ago(16) } });
  expect(await codeOf(updatePolicy(acme.owner, { lockoutThreshold: 4 }))).toBe("reauthentication_required");
});

test.each([
  [{ idleMinutes: 4 }],
  [{ idleMinutes: 1441 }],
  [{ sessionHours: 0 }],
  [{ sessionHours: 1.5 }],
  [{ tokenMaxDays: 366 }],
  [{ loginAccessHours: 0 }],
  [{ loginRefreshDays: 0 }],
  [{ rotationOverlapHours: -1 }],
  [{ rotationMaxHours: 721 }],
  [{ passwordMinLength: 7 }],
  [{ passwordMinLength: 129 }],
  [{ lockoutThreshold: 2 }],
  [{ lockoutMinutes: 0 }],
  [{ verificationMaxAgeSeconds: -1 }],
  [{ verificationMaxAgeSeconds: 301 }],
  [{ auditRetentionDays: -1 }],
  [{ auditRetentionDays: 3651 }],
  [{ secondFactor: "nobody" }],
  [{ linksSsoByEmail: "yes" }],
  [{ idleMinutes: "30" }],
  [{ name: "Acme" }],
])("refuses %j", (input) => {
  expect(UpdatePolicy.safeParse(input).success).toBe(false);
});

test.each([
  [{ sessionHours: 1, idleMinutes: 61 }, "/idleMinutes"],
  [{ loginRefreshDays: 1, loginAccessHours: 25 }, "/loginAccessHours"],
  [{ rotationMaxHours: 24 }, "/rotationOverlapHours"],
  [{ auditRetentionDays: 29 }, "/auditRetentionDays"],
])("refuses %j, which contradicts itself", async (input, pointer) => {
  const { owner, events } = await foundOrganization();
  const refused = await updatePolicy(owner, input).catch((error: unknown) => error);
  expect(refused).toMatchObject({ code: "invalid_input", details: { errors: [{ pointer }] } });
  expect(await events()).toEqual([]);
});

test.each(["grant_holders", "everyone"] as const)(
  "nobody asks %s for a second factor without having one, as it would lock them out",
  async (secondFactor) => {
    const acme = await foundOrganization();
    const refused = await updatePolicy(acme.owner, { secondFactor }).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: "conflict", details: { errors: [{ pointer: "/secondFactor" }] } });
    expect(await getPolicy(acme.owner)).toEqual(DEFAULTS);
    const second = await acme.as("Owner");
    await withFactor(second);
    expect(await updatePolicy(second, { secondFactor })).toMatchObject({ secondFactor });
    // Who has none holds nothing from now on.
    expect(await updatePolicy(acme.owner, { secondFactor: "optional" }).catch((error: unknown) => error)).toMatchObject(
      {
        code: "forbidden",
      },
    );
    expect(await updatePolicy(second, { secondFactor: "optional" })).toMatchObject({ secondFactor: "optional" });
  },
);

test("the page is told how many are signed in and whom a second factor would ask", async () => {
  const acme: TestOrganization = await foundOrganization();
  const idle = await acme.as("Developer");
  await acme.as("Access Admin");
  await move(idle, { lastActionAt: ago(40) });
  await (await newLoginClient(acme)).logIn();
  await withFactor(acme.owner);
  expect(await getPolicyReach(acme.owner)).toEqual({
    // The owner, the Access Admin and the person of the login client.
    sessions: 3,
    logins: 1,
    withoutSecondFactor: { everyone: 3, grant_holders: 1 },
  });
});
