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
import { idOfPerson } from "@/lib/testing/roles";
import { deactivateUser } from "@/lib/users/commands";
import { grantByPassword, revokeGrant, revokeOwnGrants, revokePresentedGrant } from "./commands";
import { listGrants, listGrantsOfUser } from "./queries";
import { refreshGrant } from "./refresh";
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
const isOver = "credential_revoked";

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

test("the logins of a person are theirs to read, and whose permission it is", async () => {
  const { ctx, userId, appId, logIn } = await newLoginClient(acme);
  await logIn();
  const query = ListGrants.parse({});
  for (const reader of [ctx, acme.owner, await acme.as("Auditor")])
    expect((await listGrantsOfUser(reader, userId, query)).rows).toMatchObject([{ userZUID: userId, appZUID: appId }]);
  expect(await codeOf(listGrantsOfUser(await acme.as("Developer"), userId, query))).toBe("forbidden");
  expect(await codeOf(listGrantsOfUser(globex.owner, userId, query))).toBe("not_found");
  expect((await listGrantsOfUser(acme.owner, idOfPerson(acme.owner), query)).rows).toEqual([]);
});
