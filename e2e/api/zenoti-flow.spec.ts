import { type Caller, expect, fresh, type Reply, test } from "./world";

/** A client that knows the vendor's documentation and nothing else: every answer to the key. */
const keysOf = (value: unknown): string[] => Object.keys(value as object).sort();

const GRANT = ["credentials", "error", "login_policy_evaluation"];
const CREDENTIALS = [
  "access_token",
  "access_token_expiry",
  "app_id",
  "refresh_token",
  "refresh_token_expiry",
  "token_id",
  "token_type",
  "user_type",
];
const EVALUATION = {
  allowlogin: true,
  policyaction: 0,
  policyactiondata: null,
  userid: null,
  passwordexpiryreminder: false,
};
const REFUSED = {
  credentials: null,
  code: 401,
  message: "The login was not accepted.",
  error: { code: 401, message: "The login was not accepted." },
};

interface Credentials {
  access_token: string;
  access_token_expiry: string;
  refresh_token: string;
  refresh_token_expiry: string;
}

function granted(reply: Reply): Credentials {
  expect([reply.status, keysOf(reply.body)]).toEqual([200, GRANT]);
  expect([reply.body.login_policy_evaluation, reply.body.error]).toEqual([EVALUATION, null]);
  expect(keysOf(reply.body.credentials)).toEqual(CREDENTIALS);
  return reply.body.credentials as Credentials;
}

const hoursUntil = (time: string) => Math.round((Date.parse(time) - Date.now()) / 3_600_000);

test("every answer of the vendor's flow has exactly the documented members, from the grant to the end", async ({
  world,
}) => {
  const { send, done, callers, server } = world;
  const { publisher } = server.seed.acme.people;
  const app = await done(callers.owner, "POST", "/v1/apps", { name: fresh("Kiosk") });
  const login = {
    account_name: server.seed.acme.accountName,
    user_name: publisher.email,
    password: publisher.password,
    grant_type: "password",
    app_id: app.ZUID,
    app_secret: app.secret,
    device_id: "kiosk 1",
  };
  const token = (body: object) => send({}, "POST", "/v1/tokens", body);
  const refresh = ({ refresh_token }: Credentials) => token({ grant_type: "refresh_token", refresh_token });
  const bearer = ({ access_token }: Credentials): Caller => ({ authorization: `bearer ${access_token}` });
  const centers = (by: Caller) => send(by, "GET", "/v1/centers?page=1&size=5");

  const first = granted(await token(login));
  expect(first).toMatchObject({ token_type: "bearer", app_id: app.ZUID, user_type: "Employee" });
  expect(first.access_token_expiry).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  expect([hoursUntil(first.access_token_expiry), hoursUntil(first.refresh_token_expiry)]).toEqual([24, 90 * 24]);

  const list = await centers(bearer(first));
  expect([list.status, keysOf(list.body)]).toEqual([200, ["centers", "error", "page_info"]]);
  expect([keysOf(list.body.page_info), list.body.error]).toEqual([["page", "size", "total"], null]);
  const [center] = list.body.centers as { id: string }[];
  expect(keysOf(center)).toEqual(["code", "display_name", "id", "name"]);
  const one = await send(bearer(first), "GET", `/v1/centers/${center?.id}`);
  expect([one.status, keysOf(one.body), one.body.error]).toEqual([200, ["center", "error"], null]);
  expect(one.body.center).toEqual(center);

  const second = granted(await refresh(first));
  const old = await centers(bearer(first));
  expect([old.status, keysOf(old.body), keysOf(old.body.error)]).toEqual([
    401,
    ["code", "error", "message"],
    ["code", "message"],
  ]);
  expect((await centers(bearer(second))).status).toBe(200);

  const replayed = await refresh(first);
  expect([replayed.status, replayed.body]).toEqual([401, REFUSED]);
  expect((await centers(bearer(second))).status).toBe(401);
  expect((await refresh(second)).body).toEqual(REFUSED);

  const [third, fourth] = [granted(await token(login)), granted(await token({ ...login, device_id: "kiosk 2" }))];
  const ended = await send(bearer(third), "DELETE", "/v1/tokens/sessions/revoke");
  expect([ended.status, ended.body]).toEqual([200, { revoked: 2 }]);
  for (const dead of [third, fourth]) {
    expect((await centers(bearer(dead))).status).toBe(401);
    expect((await refresh(dead)).body).toEqual(REFUSED);
  }
});

test("the vendor's own refusals: too many items in its words, and a key in the same place as a token", async ({
  world,
}) => {
  const { send, apiKey, target } = world;
  const tooMany = await send(apiKey(target.value), "GET", "/v1/centers?size=101");
  const message = "You cannot request more than 100 items.";
  expect([tooMany.status, tooMany.body]).toEqual([422, { code: 422, message, error: { code: 422, message } }]);
  const byKey = await send(apiKey(target.value), "GET", "/v1/centers");
  expect([byKey.status, keysOf(byKey.body)]).toEqual([200, ["centers", "error", "page_info"]]);
});
