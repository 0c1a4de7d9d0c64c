import pLimit from "p-limit";
import { type Caller, sender } from "./send";
import { signInByHttp } from "../fixtures/api-client";
import { test as base } from "../fixtures/server";
import type { Account } from "../fixtures/accounts";
import type { Server } from "../fixtures/start-server";
import { fresh, maker } from "./objects";
import { type Principal, PRINCIPALS, type Target } from "./table";

export { expect } from "../fixtures/server";
export { type Principal, PRINCIPALS, type Target } from "./table";
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
  const { newKey, newToken, newTargetToken, newRoles, eventOn, rotate, renew } = maker(done, server.seed);

  /** An API login: the headers that carry its bearer session. */
  async function logIn({ email, password }: Account): Promise<Caller> {
    const reply = await send({}, "POST", "/auth/login", { email, password });
    const { token } = reply.body.meta as { token?: string };
    if (!token) throw new Error(`${email} was not logged in: ${reply.status} ${reply.text}`);
    return { authorization: `bearer ${token}` };
  }

  /** The id of a new API login of the organization's developer. */
  async function newSession({ people }: typeof acme): Promise<string> {
    const { ZUID = "" } = await done(await logIn(people.developer), "GET", "/v1/sessions/current");
    return ZUID;
  }

  /** A new login of the organization's developer through a new app of it. */
  async function newLogin(by: Caller, { accountName, people }: typeof acme): Promise<Pick<Target, "app" | "grant">> {
    const { email, password } = people.developer;
    const { ZUID: app = "", secret } = await done(by, "POST", "/v1/apps", { name: fresh("Login app") });
    const login = { grant_type: "password", account_name: accountName, user_name: email, password };
    const reply = await send({}, "POST", "/v1/tokens", { ...login, app_id: app, app_secret: secret });
    return { app, grant: (reply.body.credentials as { token_id: string }).token_id };
  }

  const accounts: Partial<Record<Principal, Account>> = {
    "foreign owner": globex.people.owner,
    owner: acme.people.owner,
    admin: acme.people.admin,
    developer: acme.people.developer,
    auditor: acme.people.auditor,
    "instance owner": acme.people.instanceOwner,
    publisher: acme.people.publisher,
    "API session": acme.people.owner,
  };
  const signInAs = (principal: Principal) => {
    const account = accounts[principal];
    if (!account) throw new Error(`${principal} does not sign in.`);
    return principal === "API session" ? logIn(account) : signIn(account);
  };

  /** Everybody who has the principal's account gets a new session: theirs may have been ended. */
  async function signInAgain(principal: Principal): Promise<void> {
    for (const each of PRINCIPALS)
      if (accounts[each] && accounts[each] === accounts[principal]) callers[each] = await signInAs(each);
  }

  const owner = await signIn(acme.people.owner);
  const foreignOwner = await signIn(globex.people.owner);
  const sessions = { acme: await newSession(acme), globex: await newSession(globex) };
  const grants = {
    acme: (await newLogin(owner, acme)).grant,
    globex: (await newLogin(foreignOwner, globex)).grant,
  };
  const apiKey = (key: string): Caller => ({ authorization: `apikey ${key}` });
  const bearer = (token: string): Caller => ({ authorization: `bearer ${token}` });

  async function newTarget(by: Caller, instance: string, keyAccess?: object): Promise<Target> {
    const name = instance === globex.instanceId ? "globex" : "acme";
    const { publisher: publisherRole } = server.seed[name].roleIds;
    const ids = { instance, publisherRole, session: sessions[name], grant: grants[name] };
    return {
      ...ids,
      ...(await newKey(by, keyAccess)),
      ...(await newTargetToken(by, ids)),
      ...(await newRoles(by, ids)),
      event: await eventOn(by, instance),
    };
  }

  /** The same with a rotation under way. */
  async function newRotatingTarget(by: Caller, instance: string): Promise<Target> {
    const target = await newTarget(by, instance);
    for (const place of [`keys/${target.key}`, `tokens/${target.token}`]) await rotate(by, place);
    return target;
  }

  const target = await newTarget(owner, acme.instanceId);
  const restricted = await newTarget(owner, acme.instanceId, { mode: "restricted", permissions: ["instances:read"] });
  const foreign = await newTarget(foreignOwner, globex.instanceId);
  const { ZUID: otherInstance = "" } = await done(owner, "POST", "/v1/instances", { name: fresh("Instance") });
  const ownerToken = async (instance: string) =>
    bearer((await newToken(owner, acme.roleIds.owner, instance)).token ?? "");
  const ended = await signInByHttp(server.origin, acme.people.owner);
  const endedHeaders = ended.headers();
  await signOut(endedHeaders);

  const callers: Record<Principal, Caller> = {
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
  };

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
    newTarget,
    newRotatingTarget,
    rotate,
    renew,
    eventOn,
  };
}
