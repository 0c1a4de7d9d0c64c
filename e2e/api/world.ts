import pLimit from "p-limit";
import { type Caller, sender } from "./send";
import { signInByHttp } from "../fixtures/api-client";
import { test as base } from "../fixtures/server";
import type { Account } from "../fixtures/accounts";
import type { Server } from "../fixtures/start-server";
import { fresh, maker } from "./objects";
import type { CallerName, Target } from "./table";
import { loginMaker } from "./logins";
import { pastCallers } from "./past-callers";

export { expect } from "../fixtures/server";
export { type CallerName, type Principal, PRINCIPALS, type Target, TWINS } from "./table";
export type { Caller, Reply } from "./send";
export { fresh } from "./objects";

export type World = Awaited<ReturnType<typeof makeWorld>>;

/** The seeded server with everybody signed in and a key of every kind. */
export const test = base.extend<object, { world: World }>({
  world: [
    async ({ server }, use) => {
      await use(await makeWorld(server));
    },
    { scope: "worker", timeout: 120_000 },
  ],
});

/**
 * Runs the work for each, some at a time: so few that changes of power, which take turns in an
 * organization, are not turned away for waiting too long.
 */
export const forEach = <T>(items: readonly T[], work: (item: T) => Promise<void>) => pLimit(4).map(items, work);

async function makeWorld(server: Server) {
  const { acme, globex } = server.seed;
  const signIn = async (account: Account): Promise<Caller> => (await signInByHttp(server.origin, account)).headers();

  const { send, done } = sender(server.origin);
  const apiKey = (key: string): Caller => ({ authorization: `apikey ${key}` });
  const bearer = (token: string): Caller => ({ authorization: `bearer ${token}` });
  const made = maker(done, server.seed);
  const { newKey, newResource, newToken, newTargetToken, newRoles, newInvite, newStream, newView, eventOn } = made;

  const { logIn, newSession, newLogin, newOwnersLogin } = loginMaker({ send, done });

  const accounts: Partial<Record<CallerName, Account>> = {
    "foreign owner": globex.people.owner,
    owner: acme.people.owner,
    admin: acme.people.admin,
    developer: acme.people.developer,
    auditor: acme.people.auditor,
    "instance owner": acme.people.instanceOwner,
    publisher: acme.people.publisher,
    "API session": acme.people.owner,
    "access admin": acme.people.accessAdmin,
    "no role": acme.people.noRole,
    login: acme.people.owner,
    SEO: acme.people.seo,
    contributor: acme.people.contributor,
    "developer contributor": acme.people.developerContributor,
    "one permission": acme.people.onePermission,
  };
  const signInAs = (principal: CallerName) => {
    const account = accounts[principal];
    if (!account) throw new Error(`${principal} does not sign in.`);
    if (principal === "login") return newOwnersLogin(callers.owner, acme);
    return principal === "API session" ? logIn(account) : signIn(account);
  };

  /** Everybody who has the principal's account gets a new session: theirs may have been ended. */
  async function signInAgain(principal: CallerName): Promise<void> {
    for (const each of Object.keys(accounts) as CallerName[])
      if (accounts[each] && accounts[each] === accounts[principal]) callers[each] = await signInAs(each);
  }

  const owner = await signIn(acme.people.owner);
  const past = pastCallers({ send, done, signIn, owner, seed: acme });
  const foreignOwner = await signIn(globex.people.owner);
  const sessions = { acme: await newSession(acme), globex: await newSession(globex) };
  const grants = {
    acme: (await newLogin(owner, acme)).grant,
    globex: (await newLogin(foreignOwner, globex)).grant,
  };
  async function newTarget(by: Caller, instance: string, keyAccess?: object): Promise<Target> {
    const name = instance === globex.instanceId ? "globex" : "acme";
    const { publisher: publisherRole } = server.seed[name].roleIds;
    const ids = { instance, publisherRole, session: sessions[name], grant: grants[name] };
    return {
      ...ids,
      ...(await newKey(by, keyAccess)),
      ...(await newTargetToken(by, ids)),
      ...(await newRoles(by, ids)),
      ...(await newInvite(by, ids)),
      ...(await newView(by)),
      ...(await newResource(by)),
      ...(await newStream(by)),
      event: await eventOn(by, instance),
    };
  }

  /** The same with a rotation under way. */
  async function newRotatingTarget(by: Caller, instance: string): Promise<Target> {
    const target = await newTarget(by, instance);
    for (const place of [`keys/${target.key}`, `tokens/${target.token}`]) await made.rotate(by, place);
    return target;
  }

  const target = await newTarget(owner, acme.instanceId);
  const restricted = await newTarget(owner, acme.instanceId, { mode: "restricted", permissions: ["instances:read"] });
  const foreign = await newTarget(foreignOwner, globex.instanceId);
  const { ZUID: otherInstance = "" } = await done(owner, "POST", "/v1/instances", { name: fresh("Instance") });
  const ownerToken = async (instance: string) =>
    bearer((await newToken(owner, acme.roleIds.owner, instance)).token ?? "");
  const endedHeaders = await signIn(acme.people.owner);
  await signOut(endedHeaders);
  await narrow(acme.people.onePermission);

  const callers: Record<CallerName, Caller> = {
    none: {},
    garbage: { authorization: "apikey garbage" },
    "ended session": endedHeaders,
    "foreign owner": foreignOwner,
    "foreign key": apiKey(foreign.value),
    "full key": apiKey(target.value),
    "restricted key": apiKey(restricted.value),
    owner,
    admin: await signInAs("admin"),
    developer: await signInAs("developer"),
    auditor: await signInAs("auditor"),
    "instance owner": await signInAs("instance owner"),
    publisher: await signInAs("publisher"),
    "API session": await signInAs("API session"),
    "instance token": await ownerToken(acme.instanceId),
    "other token": await ownerToken(otherInstance),
    "access admin": await signInAs("access admin"),
    "no role": await signInAs("no role"),
    login: await newOwnersLogin(owner, acme),
    SEO: await signInAs("SEO"),
    contributor: await signInAs("contributor"),
    "developer contributor": await signInAs("developer contributor"),
    "one permission": await signInAs("one permission"),
    ...(await past),
  };

  /** Gives the person a role of which its rules leave one permission of content. */
  async function narrow({ id }: Account): Promise<void> {
    const base = { entityZUID: acme.instanceId, systemRoleZUID: "31-71cfc74-p0bl1shr" };
    const { ZUID: role = "" } = await done(owner, "POST", "/v1/roles", { name: fresh("Deploy bot"), ...base });
    const nothing = { create: false, read: false, update: false, delete: false };
    await done(owner, "PUT", `/v1/roles/${role}/granulars`, [
      { resourceZUID: "content", ...nothing, publish: true },
      ...["media", "leads"].map((resourceZUID) => ({ resourceZUID, ...nothing, publish: false })),
    ]);
    await done(owner, "POST", `/v1/users/${id}/roles`, { roleZUID: role });
  }

  async function signOut(session: Caller): Promise<void> {
    const csrf = await send(session, "GET", "/api/auth/csrf");
    const cookie = `${session.cookie}; ${csrf.headers
      .getSetCookie()
      .map((set) => set.split(";")[0])
      .join("; ")}`;
    const form = new URLSearchParams({ csrfToken: String(csrf.body.csrfToken), json: "true" });
    const type = { "content-type": "application/x-www-form-urlencoded" };
    await send({ ...session, cookie }, "POST", "/api/auth/signout", String(form), type);
  }

  return {
    server,
    send,
    done,
    callers,
    apiKey,
    bearer,
    newToken,
    target,
    foreign,
    signIn,
    signInAs,
    signInAgain,
    signOut,
    logIn,
    newSession,
    newLogin,
    newOwnersLogin,
    newTarget,
    newRotatingTarget,
    rotate: made.rotate,
    renew: made.renew,
    eventOn,
  };
}
