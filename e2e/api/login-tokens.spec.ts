import { expect, test } from "./world";

/** Behind a proxy each attempt can come from a network of its own. */
test.use({ settings: { TRUSTED_PROXIES: "127.0.0.1/32" } });

interface Credentials {
  access_token: string;
  refresh_token: string;
  token_id: string;
}

const REFUSED = {
  credentials: null,
  code: 401,
  message: "The login was not accepted.",
  error: { code: 401, message: "The login was not accepted." },
};

test("a program walks the vendor's flow: log in, call, refresh, replay, revoke all", async ({ world }) => {
  const { send, done, callers, server } = world;
  const { developer } = server.seed.acme.people;
  const app = await done(callers.owner, "POST", "/v1/apps", { name: "Booking client" });
  const login = {
    grant_type: "password",
    account_name: server.seed.acme.accountName,
    user_name: developer.email,
    password: developer.password,
    app_id: app.ZUID,
    app_secret: app.secret,
    device_id: "till 4",
  };
  const ask = (body: object) => send({}, "POST", "/v1/tokens", body);
  const granted = async (body: object) => {
    const reply = await ask(body);
    expect([reply.status, Object.keys(reply.body)]).toEqual([200, ["credentials", "login_policy_evaluation", "error"]]);
    return reply.body.credentials as Credentials;
  };
  const refresh = ({ refresh_token }: Credentials) => ({ grant_type: "refresh_token", refresh_token });
  const centers = async ({ access_token }: Credentials) => {
    const { status, body, headers } = await send({ authorization: `bearer ${access_token}` }, "GET", "/v1/centers");
    return status === 200 ? [200, Object.keys(body)] : [status, headers.get("www-authenticate")?.split(",")[1]];
  };
  const WORKS = [200, ["centers", "page_info", "error"]];
  const DEAD = [401, ' error="invalid_token"'];

  const first = await granted(login);
  expect(await centers(first)).toEqual(WORKS);
  const second = await granted(refresh(first));
  expect([await centers(first), await centers(second)]).toEqual([DEAD, WORKS]);

  const replayed = await ask(refresh(first));
  expect([replayed.status, replayed.body]).toEqual([401, REFUSED]);
  expect(await centers(second)).toEqual(DEAD);

  const [till, phone] = [await granted(login), await granted({ ...login, device_id: "phone" })];
  const bearer = { authorization: `bearer ${phone.access_token}` };
  const whoami = await done<Record<string, unknown>>(bearer, "GET", "/v1/token");
  expect(whoami).toMatchObject({ kind: "login_token", ZUID: phone.token_id, app: { ZUID: app.ZUID } });
  expect((await send(bearer, "POST", "/v1/apps", { name: "By a token" })).status).toBe(403);
  expect((await send(bearer, "DELETE", "/v1/tokens/sessions/revoke?device_id=till%204")).body).toEqual({ revoked: 1 });
  expect([await centers(till), await centers(phone)]).toEqual([DEAD, WORKS]);
  expect((await send(bearer, "DELETE", "/v1/tokens/sessions/revoke")).status).toBe(200);
  expect(await centers(phone)).toEqual(DEAD);
});

test("whatever is wrong with a login, the answer is the same to the byte; what is no login says what is missing", async ({
  world,
}) => {
  const { send, done, callers, server } = world;
  const { publisher } = server.seed.acme.people;
  const app = await done(callers.owner, "POST", "/v1/apps", { name: "Strict client" });
  const guests = await done(callers.owner, "POST", "/v1/apps", { name: "Guest client", loginUserType: "guest" });
  const login = {
    grant_type: "password",
    account_name: server.seed.acme.accountName,
    user_name: publisher.email,
    password: publisher.password,
    app_id: app.ZUID,
    app_secret: app.secret,
  };
  const wrong = [
    { account_name: "globex" },
    { user_name: "nobody@example.com" },
    { password: "wrong horse battery staple" },
    { app_id: guests.ZUID },
    { app_secret: guests.secret },
    { app_id: guests.ZUID, app_secret: guests.secret },
    { app_id: "80-19d41b7f2a0-zzzzzzzz" },
  ];
  let network = 0;
  for (const over of wrong) {
    const from = { "x-forwarded-for": `198.51.100.${++network}` };
    const reply = await send(from, "POST", "/v1/tokens", { ...login, ...over });
    expect([Object.keys(over), reply.status, reply.body]).toEqual([Object.keys(over), 401, REFUSED]);
  }
  for (const [body, status] of [
    [{ grant_type: "client_credentials" }, 422],
    [{ grant_type: "password" }, 422],
    [{ grant_type: "refresh_token" }, 422],
    [{ ...login, user_id: "5-1" }, 422],
  ] as const) {
    const reply = await send({}, "POST", "/v1/tokens", body);
    expect([reply.status, reply.body.credentials, reply.body.code]).toEqual([status, null, status]);
  }
  // Without a grant_type it is the other vendor's address, which wants a person.
  const { grant_type: _, ...rest } = login;
  const other = await send({}, "POST", "/v1/tokens", rest);
  expect([other.status, other.body.code]).toEqual([401, "unauthenticated"]);
});
