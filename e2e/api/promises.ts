import { type Caller, fresh, type World } from "./world";

export const statusOf = async ({ send }: World, caller: Caller, path = "/v1/token") =>
  (await send(caller, "GET", path)).status;

/** A login of the person through a new app. */
export async function logInThrough({ send, done, callers, server }: World, who: "developer" | "member") {
  const { accountName, people } = server.seed.globex;
  const { email, password, id } = people[who];
  const app = await done(callers["foreign owner"], "POST", "/v1/apps", { name: fresh("Login app") });
  const reply = await send({}, "POST", "/v1/tokens", {
    grant_type: "password",
    account_name: accountName,
    user_name: email,
    password,
    app_id: app.ZUID,
    app_secret: app.secret,
  });
  const credentials = reply.body.credentials as { access_token: string; refresh_token: string; token_id: string };
  const refresh = () =>
    send({}, "POST", "/v1/tokens", { grant_type: "refresh_token", refresh_token: credentials.refresh_token });
  const bearer: Caller = { authorization: `bearer ${credentials.access_token}` };
  return { id, email, password, app: app.ZUID, ...credentials, bearer, refresh };
}

export const newKey = ({ done, callers, target }: World) =>
  done(callers.owner, "POST", `/v1/apps/${target.app}/keys`, { name: fresh("Key") });
