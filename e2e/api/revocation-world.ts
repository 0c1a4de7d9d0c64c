import type { Account, SeededOrganization } from "../fixtures/accounts";
import type { Member } from "../fixtures/cluster";
import { loginMaker } from "./logins";
import { fresh } from "./objects";
import type { Asked } from "./revocation-ask";
import { type Caller, sender } from "./send";

export const bearer = (value: string): Caller => ({ authorization: `bearer ${value}` });

/** One organization of the drill, its owner signed in and a key that asks about its credentials. */
export async function makeSide(members: readonly Member[], seed: SeededOrganization) {
  const apis = members.map(({ origin }) => {
    const api = sender(origin);
    return { ...api, ...loginMaker(api) };
  });
  /** What is prepared is prepared on any of the servers. */
  const any = () => apis[Math.floor(Math.random() * apis.length)] as (typeof apis)[number];
  const { people } = seed;

  const side = {
    seed,
    any,
    owner: await any().logIn(people.owner),
    app: "",
    appSecret: "",
    checker: {} as Caller,
    /** Sensitive changes ask for a sign-in younger than a long drill. */
    async signInAgain() {
      side.owner = await any().logIn(people.owner);
    },
    make: (path: string, body: object) => any().done(side.owner, "POST", path, body),
    asking: (credential: string | undefined, more: Partial<Asked> = {}): Asked => ({
      by: side.checker,
      credential: credential ?? "",
      ...more,
    }),
    newKey: async (app = side.app) => side.make(`/v1/apps/${app}/keys`, { name: fresh("Key") }),
    newToken: async (roleZUID: string) =>
      side.make("/v1/tokens", { name: fresh("Token"), roleZUID, instanceZUID: seed.instanceId }),
    async newRole() {
      const base = { entityZUID: seed.instanceId, systemRoleZUID: "31-71cfc74-c0ntr1b0t0r" };
      return (await side.make("/v1/roles", { name: fresh("Role"), ...base })).ZUID ?? "";
    },
    /** The bearer value of a new session. */
    newSession: async (account: Account) => ((await any().logIn(account)).authorization ?? "").replace("bearer ", ""),
    async logInThroughApp({ email, password }: Account) {
      const login = { grant_type: "password", account_name: seed.accountName, user_name: email, password };
      const reply = await any().send({}, "POST", "/v1/tokens", { ...login, app_id: side.app, app_secret: side.appSecret });
      if (reply.status !== 200) throw new Error(`${email} did not log in: ${reply.status} ${reply.text}`);
      return reply.body.credentials as Record<"access_token" | "refresh_token" | "token_id", string>;
    },
  };
  const app = await side.make("/v1/apps", { name: fresh("App") });
  Object.assign(side, { app: app.ZUID, appSecret: app.secret });
  side.checker = { authorization: `apikey ${(await side.newKey()).key}` };
  return side;
}

export type Side = Awaited<ReturnType<typeof makeSide>>;
