import { beforeAll, describe, expect, test } from "vitest";
import { changePassword } from "@/lib/auth/change-password";
import { db } from "@/lib/kernel/db";
import { allows } from "@/lib/kernel/permissions";
import { newId } from "@/lib/kernel/new-id";
import {
  codeOf,
  ctxOfToken,
  foundOrganization,
  ORIGIN,
  textOf,
  type TestOrganization,
} from "@/lib/testing/organization";
import { newLoginClient, PASSWORD } from "@/lib/testing/login";
import { deactivateUser } from "@/lib/users/commands";
import { grantByPassword, refreshGrant, revokeGrant, revokeOwnGrants, revokePresentedGrant } from "./commands";
import { listGrants } from "./queries";
import { ListGrants, type LoginTokens } from "./schema";

let acme: TestOrganization;
let globex: TestOrganization;
beforeAll(async () => {
  acme = await foundOrganization();
  globex = await foundOrganization();
});

const refresh = ({ credentials }: LoginTokens) =>
  refreshGrant(ORIGIN, { grant_type: "refresh_token", refresh_token: credentials.refresh_token });
const access = ({ credentials }: LoginTokens) => codeOf(ctxOfToken(credentials.access_token));
const use = ({ credentials }: LoginTokens) => ctxOfToken(credentials.access_token);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const isOver = "credential_revoked";

/** Moves what has happened to a grant into the past. */
const age = (id: string, seconds: number) =>
  db()
    .$executeRaw`update login_pair set refreshed_at = refreshed_at - ${seconds} * interval '1 second' where grant_id = ${id}`;

describe("a login through an app", () => {
  test("answers in the vendor's form, to the key, with a token that works for a day and a refresh for ninety", async () => {
    const { logIn, appId } = await newLoginClient(acme);
    const began = Date.now();
    const tokens = await logIn({ device_id: "till 4" });
    const { credentials } = tokens;
    expect(tokens).toEqual({
      credentials: {
        access_token: expect.stringMatching(/^lka_[0-9A-Za-z]{42}$/) as string,
        access_token_expiry: expect.any(String) as string,
        refresh_token: expect.stringMatching(/^lkr_[0-9A-Za-z]{42}$/) as string,
        refresh_token_expiry: expect.any(String) as string,
        token_type: "bearer",
        token_id: expect.stringMatching(/^57-/) as string,
        app_id: appId,
        user_type: "Employee",
      },
      login_policy_evaluation: {
        allowlogin: true,
        policyaction: 0,
        policyactiondata: null,
        userid: null,
        passwordexpiryreminder: false,
      },
      error: null,
    });
    const lasts = (end: string) => Math.round((Date.parse(end) - began) / HOUR);
    expect([lasts(credentials.access_token_expiry), lasts(credentials.refresh_token_expiry)]).toEqual([24, 24 * 90]);
    expect(await access(tokens)).toBe("none");
  });

  test("is refused in one way whatever is wrong, and each attempt is on the trail", async () => {
    const { logIn, input, disableApp, enableApp, userId } = await newLoginClient(acme);
    const other = await newLoginClient(globex);
    const guests = await newLoginClient(acme, { loginUserType: "guest" });
    const { app_id, app_secret } = guests.input;
    const attempts = [
      { account_name: other.input.account_name },
      { user_name: "nobody@example.com" },
      { password: "wrong horse battery staple" },
      { app_id: other.appId },
      { app_id: "nonsense" },
      { app_secret: other.input.app_secret },
      { app_id, app_secret },
    ];
    const before = (await acme.events()).length;
    for (const over of attempts) expect(await codeOf(logIn(over)), Object.keys(over)[0]).toBe("login_refused");
    expect((await acme.events()).slice(before).map(({ action }) => action)).toEqual(
      attempts.filter(({ user_name }) => !user_name).map(() => "login.failed"),
    );
    expect(await codeOf(grantByPassword(ORIGIN, { ...other.input, account_name: input.account_name }))).toBe(
      "login_refused",
    );
    await disableApp();
    expect(await codeOf(logIn())).toBe("login_refused");
    await enableApp();
    expect(await codeOf(logIn())).toBe("none");
    await db().user.update({ where: { id: userId }, data: { status: "deactivated" } });
    expect(await codeOf(logIn())).toBe("login_refused");
  });

  test("does what its person may, as long as they may, within what its app may; and it changes nothing of the console", async () => {
    const free = await newLoginClient(acme);
    const narrow = await newLoginClient(acme, {
      tokenAccess: { mode: "restricted", permissions: ["content:read", "users:read"] },
    });
    const [wide, listed] = [await use(await free.logIn()), await use(await narrow.logIn())];
    const may = (permission: Parameters<typeof allows>[1]) =>
      [wide, listed].map(({ power }) => allows(power, permission));
    expect(may("content:read")).toEqual([true, true]);
    expect(may("content:publish")).toEqual([true, false]);
    expect(may("users:read")).toEqual([false, false]);
    expect(may("apps:create")).toEqual([false, false]);

    const tokens = await free.logIn();
    await use(tokens);
    await db().roleAssignment.deleteMany({ where: { userId: free.userId } });
    expect(allows((await use(tokens)).power, "content:read")).toBe(false);
  });

  test("acts under the name of its app: an event of it carries no person", async () => {
    const { logIn, userId } = await newLoginClient(acme);
    const tokens = await logIn();
    const { token_id } = tokens.credentials;
    await refresh(tokens);
    const [event] = (await acme.events()).filter(
      ({ action, actorId }) => action === "login.refreshed" && actorId === token_id,
    );
    expect(event).toMatchObject({ actorType: "login_token", actorName: expect.stringMatching(/^Login app/) as string });
    expect(textOf(event)).not.toMatch(new RegExp(`${userId}|Developer Person|@example.com|lk[ar]_`));
  });
});

describe("a refresh", () => {
  test("answers with a new pair and ends the old one, both halves", async () => {
    const { logIn } = await newLoginClient(acme);
    const first = await logIn();
    await use(first);
    const second = await refresh(first);
    expect(second.credentials.token_id).toBe(first.credentials.token_id);
    await use(second);
    expect(await access(first)).toBe(isOver);
    expect(await codeOf(refresh(first))).toBe("login_refused");
  });

  test("with a token used up before ends the whole login, and the trail calls it a replay", async () => {
    const { logIn } = await newLoginClient(acme);
    const first = await logIn();
    const second = await refresh(first);
    await use(second);
    expect(await codeOf(refresh(first))).toBe("login_refused");
    expect([await access(second), await codeOf(refresh(second))]).toEqual([isOver, "login_refused"]);
    const events = (await acme.events()).filter(({ targetId }) => targetId === first.credentials.token_id);
    expect(events.map(({ action, outcome }) => `${action} ${outcome}`)).toEqual([
      "login.granted allowed",
      "login.refreshed allowed",
      "login.replayed denied",
      "login.revoked allowed",
    ]);
  });

  test("whose answer was lost may be repeated once within ten seconds: the unused pair gives way to a fresh one", async () => {
    const { logIn } = await newLoginClient(acme);
    const first = await logIn();
    const lost = await refresh(first);
    const again = await refresh(first);
    expect([await access(lost), await access(again)]).toEqual([isOver, "none"]);
    expect(await codeOf(refresh(first))).toBe("login_refused");
    expect(await access(again)).toBe(isOver);
  });

  test("is a replay after ten seconds, also when nobody has used the answer", async () => {
    const { logIn } = await newLoginClient(acme);
    const first = await logIn();
    const second = await refresh(first);
    await age(first.credentials.token_id, 11);
    expect(await codeOf(refresh(first))).toBe("login_refused");
    expect(await access(second)).toBe(isOver);
  });

  test("by fifty at once leaves one live pair", async () => {
    const { logIn } = await newLoginClient(acme);
    const first = await logIn();
    const outcomes = await Promise.allSettled(Array.from({ length: 50 }, () => refresh(first)));
    const pairs = outcomes.flatMap((outcome) => (outcome.status === "fulfilled" ? [outcome.value] : []));
    const codes = await Promise.all(pairs.map(access));
    expect(codes.filter((code) => code === "none")).toHaveLength(1);
    expect(pairs.length).toBeLessThanOrEqual(2);
  });

  test("never outlives the login's own end", async () => {
    const { logIn } = await newLoginClient(acme);
    const first = await logIn();
    const id = first.credentials.token_id;
    const expiresAt = new Date(Date.now() + HOUR);
    await db().loginGrant.update({ where: { id }, data: { expiresAt } });
    const second = await refresh(first);
    const { access_token_expiry, refresh_token_expiry } = second.credentials;
    expect([access_token_expiry, refresh_token_expiry]).toEqual([expiresAt.toISOString(), expiresAt.toISOString()]);
    await db().loginGrant.update({ where: { id }, data: { expiresAt: new Date(Date.now() - 1000) } });
    expect([await access(second), await codeOf(refresh(second))]).toEqual(["credential_expired", "login_refused"]);
  });

  test("takes a refresh token and nothing else, for as long as it lives", async () => {
    const { logIn } = await newLoginClient(acme);
    const tokens = await logIn();
    const { credentials } = tokens;
    for (const refresh_token of [credentials.access_token, "nonsense", "", `lkr_${"a".repeat(42)}`]) {
      expect(await codeOf(refreshGrant(ORIGIN, { grant_type: "refresh_token", refresh_token }))).toBe("login_refused");
    }
    expect(await codeOf(ctxOfToken(credentials.refresh_token))).toBe("credential_malformed");
    await db().loginPair.updateMany({
      where: { grantId: credentials.token_id },
      data: { refreshExpiresAt: new Date(Date.now() - 1000), accessExpiresAt: new Date(Date.now() - DAY) },
    });
    expect([await access(tokens), await codeOf(refresh(tokens))]).toEqual(["credential_expired", "login_refused"]);
  });
});

describe("a login ends", () => {
  const dead = async (tokens: LoginTokens) => [await access(tokens), await codeOf(refresh(tokens))];
  const DEAD = [isOver, "login_refused"];

  test("with a changed password, on every device, at once", async () => {
    const { logIn, ctx, userId } = await newLoginClient(acme);
    const both = [await logIn({ device_id: "a" }), await logIn({ device_id: "b" })];
    await changePassword(ctx, userId, { oldPassword: PASSWORD, password: "seven purple lanterns over the harbor" });
    for (const tokens of both) expect(await dead(tokens)).toEqual(DEAD);
  });

  test("when its person leaves", async () => {
    const { logIn, userId } = await newLoginClient(acme);
    const tokens = await logIn();
    await deactivateUser(acme.owner, userId);
    expect(await dead(tokens)).toEqual(DEAD);
  });

  test("for a time while its app is disabled", async () => {
    const { logIn, disableApp, enableApp } = await newLoginClient(acme);
    const tokens = await logIn();
    await disableApp();
    expect([await access(tokens), await codeOf(refresh(tokens))]).toEqual(["credential_disabled", "login_refused"]);
    await enableApp();
    expect(await access(tokens)).toBe("none");
  });

  test("with the others of its person, or those of one device, when one of them says so", async () => {
    const { logIn } = await newLoginClient(acme);
    const stranger = await (await newLoginClient(acme)).logIn({ device_id: "till" });
    const [till, phone] = [await logIn({ device_id: "till" }), await logIn({ device_id: "phone" })];
    expect(await revokeOwnGrants(await use(phone), "till")).toEqual({ revoked: 1 });
    expect([await access(till), await access(phone)]).toEqual([isOver, "none"]);
    expect(await revokeOwnGrants(await use(phone))).toEqual({ revoked: 1 });
    expect([await access(phone), await access(stranger)]).toEqual([isOver, "none"]);
  });

  test("by itself, and by an admin who sees it on its app", async () => {
    const { logIn, appId, userId } = await newLoginClient(acme);
    const [one, two] = [await logIn({ device_id: "till" }), await logIn()];
    const rows = (await listGrants(acme.owner, appId, ListGrants.parse({}))).rows;
    expect(rows.map(({ ZUID, userZUID, deviceId }) => [ZUID, userZUID, deviceId])).toEqual([
      [two.credentials.token_id, userId, null],
      [one.credentials.token_id, userId, "till"],
    ]);
    expect((await revokePresentedGrant(await use(one))).ZUID).toBe(one.credentials.token_id);
    expect(await dead(one)).toEqual(DEAD);
    const id = two.credentials.token_id;
    expect(await codeOf(revokeGrant(await acme.as("Developer"), appId, id))).toBe("forbidden");
    expect(await codeOf(revokeGrant(globex.owner, appId, id))).toBe("not_found");
    expect(await codeOf(revokeGrant(acme.owner, newId("app"), id))).toBe("not_found");
    expect(await access(two)).toBe("none");
    await revokeGrant(acme.owner, appId, id);
    expect(await dead(two)).toEqual(DEAD);
    expect(await codeOf(revokeGrant(acme.owner, appId, id))).toBe("not_found");
    expect((await listGrants(acme.owner, appId, ListGrants.parse({}))).rows).toEqual([]);
  });
});
