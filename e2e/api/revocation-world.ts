import type { Account, SeededOrganization } from "../fixtures/accounts";
import type { Member } from "../fixtures/cluster";
import { loginMaker } from "./logins";
import { fresh } from "./objects";
import type { Asked } from "./revocation-ask";
import { type Caller, sender } from "./send";

export const bearer = (value: string): Caller => ({ authorization: `bearer ${value}` });

/** One organization of the drill: its owner, and a key that asks about its credentials. */
export class Side {
  readonly seed: SeededOrganization;
  owner: Caller = {};
  app = "";
  #appSecret = "";
  #checker: Caller = {};
  readonly #origins: readonly string[];

  private constructor(origins: readonly string[], seed: SeededOrganization) {
    this.#origins = origins;
    this.seed = seed;
  }

  static async of(members: readonly Member[], seed: SeededOrganization): Promise<Side> {
    const side = new Side(
      members.map(({ origin }) => origin),
      seed,
    );
    await side.signInAgain();
    const { ZUID = "", secret = "" } = await side.make("/v1/apps", { name: fresh("App") });
    side.app = ZUID;
    side.#appSecret = secret;
    side.#checker = { authorization: `apikey ${(await side.newKey()).key}` };
    return side;
  }

  /** What is prepared is prepared on any of the servers. */
  get any() {
    return sender(this.#origins[Math.floor(Math.random() * this.#origins.length)] as string);
  }

  /** Sensitive changes ask for a sign-in younger than a long drill. */
  async signInAgain(): Promise<void> {
    this.owner = bearer(await this.newSession(this.seed.people.owner));
  }

  make(path: string, body: object) {
    return this.any.done(this.owner, "POST", path, body);
  }

  /** Makes it so, unless it is so already: a change that was not answered may have been made. */
  async ensure(method: string, path: string, body: object): Promise<void> {
    const { status, text } = await this.any.send(this.owner, method, path, body);
    if (status >= 300 && status !== 409) throw new Error(`${method} ${path}: ${status} ${text}`);
  }

  asking(credential: string | undefined, more: Partial<Asked> = {}): Asked {
    return { by: this.#checker, organization: this.seed.accountName, credential: credential ?? "", ...more };
  }

  newKey(app = this.app) {
    return this.make(`/v1/apps/${app}/keys`, { name: fresh("Key") });
  }

  newToken(roleZUID: string) {
    return this.make("/v1/tokens", { name: fresh("Token"), roleZUID, instanceZUID: this.seed.instanceId });
  }

  async newRole(): Promise<string> {
    const base = { entityZUID: this.seed.instanceId, systemRoleZUID: "31-71cfc74-c0ntr1b0t0r" };
    return (await this.make("/v1/roles", { name: fresh("Role"), ...base })).ZUID ?? "";
  }

  /** The bearer value of a new session. */
  async newSession(account: Account): Promise<string> {
    const { authorization = "" } = await loginMaker(this.any).logIn(account);
    return authorization.replace("bearer ", "");
  }

  async newLogin({ email, password }: Account, app = { app_id: this.app, app_secret: this.#appSecret }) {
    const login = { grant_type: "password", account_name: this.seed.accountName, user_name: email, password };
    return this.tokens(this.any, { ...login, ...app });
  }

  /** The pair that a login or a refresh is answered with. */
  async tokens({ send }: ReturnType<typeof sender>, body: object) {
    const reply = await send({}, "POST", "/v1/tokens", body);
    if (reply.status !== 200) throw new Error(`POST /v1/tokens: ${reply.status} ${reply.text}`);
    return reply.body.credentials as Record<"access_token" | "refresh_token" | "token_id", string>;
  }
}
