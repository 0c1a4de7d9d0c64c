import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { authenticate } from "@/lib/auth/authenticate";
import { logIn, readSecondFactor, verifySecondFactor } from "@/lib/auth/auth-api";
import { changePassword } from "@/lib/auth/change-password";
import { findChallenge, passChallenge } from "@/lib/auth/challenge";
import { authenticatePending } from "@/lib/auth/pending";
import { signIn } from "@/lib/auth/sign-in";
import type { Ctx, UserPrincipal } from "@/lib/kernel/ctx";
import { db } from "@/lib/kernel/db";
import { mintSecret } from "@/lib/kernel/secrets";
import { removeSecondFactor } from "@/lib/second-factor/commands";
import { newLoginClient, PASSWORD } from "@/lib/testing/login";
import { codeOf, foundOrganization, ORIGIN, type TestOrganization, textOf } from "@/lib/testing/organization";
import { codeOfSecret, enrolled, forgetCodes } from "@/lib/testing/second-factor";

let organization: TestOrganization;
let address = 0;
let origin = ORIGIN;
beforeAll(async () => {
  organization = await foundOrganization();
});
/** Each test comes from a network of its own. */
beforeEach(() => {
  origin = { ...ORIGIN, ip: `198.51.100.${++address}` };
});

/** A person with a password and a second factor. */
async function person() {
  const { ctx, userId: id } = await newLoginClient(organization);
  const { email } = ctx.principal as UserPrincipal;
  return { ctx, id, email, ...(await enrolled(ctx)) };
}

async function pending(email: string) {
  const { meta, status } = await logIn(origin, { email, password: PASSWORD });
  expect(status).toBe(202);
  return String(meta.token);
}

const bearing = (value: string) => new Headers({ authorization: `Bearer ${value}` });
const URL_OF = new URL("http://localhost/");
const give = async (value: string, token: string) =>
  verifySecondFactor(await authenticatePending(bearing(value), URL_OF, origin), { token });
const look = async (value: string) => readSecondFactor(await authenticatePending(bearing(value), URL_OF, origin));
const sessionsOf = (userId: string) => db().session.count({ where: { userId, endedAt: null } });

describe("a login of a person with a second factor", () => {
  test("is half done: its value opens nothing, and the code makes it a session", async () => {
    const { id, email, secret } = await person();
    const before = await sessionsOf(id);
    const value = await pending(email);
    expect(value).toMatch(/^lkp_[0-9A-Za-z]{42}$/);
    expect(await sessionsOf(id)).toBe(before);
    expect(await codeOf(authenticate(bearing(value), URL_OF, origin))).toBe("credential_malformed");
    expect(await look(value)).toEqual({ status: 202, message: "Second factor pending.", meta: { userZuid: id } });
    const answer = await give(value, codeOfSecret(secret));
    expect(answer).toEqual({
      message: "Logged in successfully.",
      meta: { userZuid: id, token: expect.stringMatching(/^lks_[0-9A-Za-z]{42}$/) as string },
    });
    expect(await look(value)).toEqual({ message: "Second factor approved.", meta: { userZuid: id } });
    const { principal } = await authenticate(bearing(String(answer.meta.token)), URL_OF, origin);
    expect(principal).toMatchObject({ kind: "user", id });
    const events = (await organization.events()).filter(({ actorId }) => actorId === id);
    expect(events.slice(-2)).toMatchObject([
      { action: "login.challenged", after: { kind: "api" } },
      { action: "session.started", after: { kind: "api" } },
    ]);
    expect(textOf([events, await db().secondFactorChallenge.findMany()])).not.toContain(value.slice(4, 40));
  });

  test("takes each code once, whichever login it is for", async () => {
    const { email, secret } = await person();
    const code = codeOfSecret(secret);
    expect(await codeOf(give(await pending(email), code))).toBe("none");
    expect(await codeOf(give(await pending(email), code))).toBe("unauthenticated");
    expect(await codeOf(give(await pending(email), codeOfSecret(secret, -1)))).toBe("unauthenticated");
    expect(await codeOf(give(await pending(email), codeOfSecret(secret, 1)))).toBe("none");
  });

  test("takes a recovery code once, and the trail says how many are left", async () => {
    const { id, email, recoveryCodes } = await person();
    const [code = ""] = recoveryCodes;
    expect(await codeOf(give(await pending(email), code.toUpperCase()))).toBe("none");
    expect(await codeOf(give(await pending(email), code))).toBe("unauthenticated");
    const used = (await organization.events()).filter(
      ({ action, targetId }) => action === "second_factor.recovery_code_used" && targetId === id,
    );
    expect(used).toMatchObject([{ after: { left: 9 } }]);
  });

  test("of twenty parallel uses of one code, over as many logins, one is a session", async () => {
    const { id, email, secret } = await person();
    await db().organization.update({ where: { id: organization.id }, data: { lockoutThreshold: 100 } });
    const values = [];
    for (let i = 0; i < 20; i++) values.push(await pending(email));
    const before = await sessionsOf(id);
    const code = codeOfSecret(secret);
    const outcomes = await Promise.all(values.map((value) => codeOf(give(value, code))));
    await db().organization.update({ where: { id: organization.id }, data: { lockoutThreshold: 5 } });
    expect(outcomes.filter((each) => each === "none")).toHaveLength(1);
    expect(await sessionsOf(id)).toBe(before + 1);
  });

  test("of fifty parallel right codes for one login one is a session", async () => {
    const { id, email, recoveryCodes, secret } = await person();
    const value = await pending(email);
    const before = await sessionsOf(id);
    const codes = [codeOfSecret(secret), ...recoveryCodes];
    await Promise.all(Array.from({ length: 50 }, (_, i) => codeOf(give(value, codes[i % codes.length] as string))));
    expect(await sessionsOf(id)).toBe(before + 1);
  });

  test("is over after five wrong codes, and another login does not bring more tries", async () => {
    const { id, email, secret } = await person();
    const value = await pending(email);
    for (let i = 0; i < 5; i++) expect(await codeOf(give(value, "000000"))).toBe("unauthenticated");
    expect(await codeOf(give(value, codeOfSecret(secret)))).toBe("challenge_expired");
    expect(await codeOf(look(value))).toBe("challenge_expired");
    expect(await codeOf(logIn(origin, { email, password: PASSWORD }))).toBe("locked");
    const failures = await db().auditEvent.count({
      where: { action: "login.failed", targetId: id, reason: "wrong second factor" },
    });
    expect(failures).toBe(5);
  });

  test("wrong codes add up over logins until one is right", async () => {
    const { email, secret } = await person();
    for (let i = 0; i < 4; i++) expect(await codeOf(give(await pending(email), "000000"))).toBe("unauthenticated");
    expect(await codeOf(give(await pending(email), codeOfSecret(secret)))).toBe("none");
    for (let i = 0; i < 5; i++) expect(await codeOf(give(await pending(email), "000000"))).toBe("unauthenticated");
    expect(await codeOf(logIn(origin, { email, password: PASSWORD }))).toBe("locked");
  });

  test("waits ten minutes and no longer", async () => {
    const { id, email, secret } = await person();
    const value = await pending(email);
    const earlier = (minutes: number) => db().$executeRaw`
      update second_factor_challenge set expires_at = created_at + interval '10 minutes' - ${minutes} * interval '1 minute'
      where user_id = ${id}`;
    await earlier(9);
    expect((await look(value)).status).toBe(202);
    await earlier(10);
    expect(await codeOf(look(value))).toBe("challenge_expired");
    expect(await codeOf(give(value, codeOfSecret(secret)))).toBe("challenge_expired");
  });

  test.each([
    [
      "a changed password",
      (ctx: Ctx, id: string) =>
        changePassword(ctx, id, { oldPassword: PASSWORD, password: "seven purple lanterns over the harbor" }),
    ],
    ["a deactivation", (_: Ctx, id: string) => db().user.update({ where: { id }, data: { status: "deactivated" } })],
    ["an admin's reset", (_: Ctx, id: string) => removeSecondFactor(organization.owner, id, {})],
  ] as const)("is over with %s", async (_, end) => {
    const { ctx, id, email, secret } = await person();
    const value = await pending(email);
    await end(ctx, id);
    expect(await codeOf(give(value, codeOfSecret(secret)))).toBe("challenge_expired");
  });

  test("is named by its own value only", async () => {
    const { email } = await person();
    const value = await pending(email);
    const codeFor = (headers: Headers, url = URL_OF) => codeOf(authenticatePending(headers, url, origin));
    expect(await codeFor(new Headers())).toBe("unauthenticated");
    expect(await codeFor(new Headers({ cookie: `latchkey-session=${value}` }))).toBe("unauthenticated");
    expect(await codeFor(bearing(`${value.slice(0, -1)}${value.endsWith("0") ? "1" : "0"}`))).toBe(
      "credential_malformed",
    );
    expect(await codeFor(bearing(mintSecret("pending_factor").value))).toBe("credential_unknown");
    expect(await codeFor(bearing(mintSecret("session").value))).toBe("credential_malformed");
    expect(await codeFor(bearing(value), new URL(`http://localhost/?x=${value}`))).toBe("ambiguous_credentials");
  });
});

test("a browser's sign-in waits without a value, and its session has an id of its own", async () => {
  const { id, email, secret } = await person();
  const outcome = await signIn(origin, { email, password: PASSWORD });
  if (typeof outcome === "string" || !("challengeId" in outcome)) throw new Error("no challenge");
  expect(outcome).toEqual({ challengeId: expect.stringMatching(/^59-/) as string, userId: id });
  const challenge = await findChallenge({ id: outcome.challengeId });
  if (!challenge) throw new Error("no challenge");
  await forgetCodes(id);
  const passed = await passChallenge(origin, challenge, { code: codeOfSecret(secret) });
  expect(passed).toMatchObject({ userId: id, email, sessionId: expect.stringMatching(/^58-/) as string });
});
