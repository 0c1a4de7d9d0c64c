import type { Account, SeededOrganization } from "../fixtures/accounts";
import { fresh } from "./objects";
import type { Caller, sender } from "./send";
import type { Target } from "./table";

/** People's logins that carry a bearer value: over the Auth API, and through an app. */
export function loginMaker({ send, done }: ReturnType<typeof sender>) {
  /** An API login: the headers that carry its bearer session. */
  async function logIn({ email, password }: Account): Promise<Caller> {
    const reply = await send({}, "POST", "/auth/login", { email, password });
    const { token } = reply.body.meta as { token?: string };
    if (!token) throw new Error(`${email} was not logged in: ${reply.status} ${reply.text}`);
    return { authorization: `bearer ${token}` };
  }

  /** The id of a new API login of the organization's developer. */
  async function newSession({ people }: SeededOrganization): Promise<string> {
    const { ZUID = "" } = await done(await logIn(people.developer), "GET", "/v1/sessions/current");
    return ZUID;
  }

  /** A new login of the organization's developer through a new app of it. */
  async function newLogin(
    by: Caller,
    { accountName, people }: SeededOrganization,
  ): Promise<Pick<Target, "app" | "grant">> {
    const { app, grant } = await logInThroughApp(by, accountName, people.developer);
    return { app, grant };
  }

  async function logInThroughApp(by: Caller, accountName: string, { email, password }: Account) {
    const { ZUID: app = "", secret } = await done(by, "POST", "/v1/apps", { name: fresh("Login app") });
    const login = { grant_type: "password", account_name: accountName, user_name: email, password };
    const reply = await send({}, "POST", "/v1/tokens", { ...login, app_id: app, app_secret: secret });
    const { token_id: grant, access_token: value } = reply.body.credentials as Record<string, string>;
    return { app, grant: grant ?? "", caller: { authorization: `bearer ${value}` } };
  }

  /** The access token of a new login of the organization's owner. */
  const newOwnersLogin = async (by: Caller, { accountName, people }: SeededOrganization): Promise<Caller> =>
    (await logInThroughApp(by, accountName, people.owner)).caller;

  return { logIn, newSession, newLogin, newOwnersLogin };
}
