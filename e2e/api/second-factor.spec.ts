import { PASSWORD } from "../fixtures/accounts";
import { signInByHttp } from "../fixtures/api-client";
import { codeOf, enroll } from "../fixtures/authenticator";
import { changeRows } from "../fixtures/rows";
import { methodOf, OPERATIONS, pathOf } from "./operations";
import { type Caller, expect, forEach, test, type World } from "./world";

/** A server of its own: its people get second factors. */
test.use({ settings: { LOG_LEVEL: "warn" } });

const JSON_TYPE = { "content-type": "application/json" };
const URLENCODED = { "content-type": "application/x-www-form-urlencoded" };
const BOUNDARY = "----the-boundary-of-a-client-0001";
const MULTIPART = { "content-type": `multipart/form-data; boundary=${BOUNDARY}` };
const multipart = (token: string) =>
  `--${BOUNDARY}\r\ncontent-disposition: form-data; name="token"\r\n\r\n${token}\r\n--${BOUNDARY}--\r\n`;

const answer = (code: number, status: string, message: string, meta: object = {}) => ({ message, status, meta, code });
const WRONG = answer(401, "Unauthorized", "The code is wrong or was used before.");
const OVER = answer(410, "Gone", "This login has waited too long; log in again.");

type Person = { id: string; email: string };
const login = (world: World, { email }: Person) => world.send({}, "POST", "/auth/login", { email, password: PASSWORD });

async function pending(world: World, person: Person): Promise<Caller> {
  const reply = await login(world, person);
  expect(reply.body).toEqual(
    answer(202, "Accepted", "Second factor required.", {
      userZuid: person.id,
      token: expect.stringMatching(/^lkp_[0-9A-Za-z]{42}$/),
    }),
  );
  expect([reply.status, reply.headers.get("cache-control")]).toEqual([202, "no-store"]);
  return { authorization: `Bearer ${String((reply.body.meta as Caller).token)}` };
}

const give = (world: World, caller: Caller, token: string) => world.send(caller, "POST", "/auth/verify-2fa", { token });

for (const [what, type, encode] of [
  ["JSON", JSON_TYPE, (token: string) => JSON.stringify({ token })],
  ["urlencoded", URLENCODED, (token: string) => String(new URLSearchParams({ token }))],
  ["multipart", MULTIPART, multipart],
] as const) {
  test(`a login waits for its second factor, given as ${what}, and is over once it has it`, async ({ world }) => {
    const { people } = world.server.seed.globex;
    const person = { JSON: people.developer, urlencoded: people.publisher, multipart: people.member }[what];
    const { secret, recoveryCodes } = await enroll(await signInByHttp(world.server.origin, person), person.id);
    const caller = await pending(world, person);
    const look = async () => (await world.send(caller, "GET", "/auth/verify-2fa")).body;
    expect(await look()).toEqual(answer(202, "Accepted", "Second factor pending.", { userZuid: person.id }));
    const wrong = await give(world, caller, "000000");
    expect([wrong.status, wrong.body]).toEqual([401, WRONG]);
    expect(wrong.headers.get("www-authenticate")).toContain('realm="latchkey"');

    const right = await world.send({ ...caller, ...type }, "POST", "/auth/verify-2fa", encode(codeOf(secret, 1)));
    expect(right.body).toEqual(
      answer(200, "OK", "Logged in successfully.", {
        userZuid: person.id,
        token: expect.stringMatching(/^lks_[0-9A-Za-z]{42}$/),
      }),
    );
    const session = { authorization: `bearer ${String((right.body.meta as Caller).token)}` };
    expect(await world.done(session, "GET", "/v1/token")).toMatchObject({ kind: "session", ZUID: person.id });
    expect(await look()).toEqual(answer(200, "OK", "Second factor approved.", { userZuid: person.id }));
    const again = await give(world, caller, recoveryCodes[0] ?? "");
    expect([again.status, again.body]).toEqual([410, OVER]);

    const other = await pending(world, person);
    expect((await give(world, other, codeOf(secret, 1))).body).toEqual(WRONG);
    expect((await give(world, other, recoveryCodes[0] ?? "")).status).toBe(200);
    expect((await give(world, await pending(world, person), recoveryCodes[0] ?? "")).body).toEqual(WRONG);
  });
}

test("a pending value opens nothing else, on any route, by any scheme", async ({ world }) => {
  const { auditor } = world.server.seed.globex.people;
  await enroll(await signInByHttp(world.server.origin, auditor), auditor.id);
  const caller = await pending(world, auditor);
  const guarded = Object.keys(OPERATIONS).filter(
    (each) => OPERATIONS[each]?.statuses.startsWith("401") && !each.includes("verify-2fa"),
  );
  expect(guarded.length).toBeGreaterThan(50);
  await forEach(guarded, async (operation) => {
    const body = OPERATIONS[operation]?.body?.(world.foreign);
    const reply = await world.send(caller, methodOf(operation), pathOf(operation, world.foreign), body);
    expect(reply.status, operation).toBe(401);
  });
  const asKey = { authorization: String(caller.authorization).replace("Bearer", "apikey") };
  expect((await world.send(asKey, "GET", "/v1/token")).status).toBe(401);
  const value = String(caller.authorization).slice(7);
  expect((await world.send({}, "GET", `/auth/verify-2fa?token=${value}`)).status).toBe(400);
  expect((await world.send({}, "GET", "/auth/verify-2fa")).status).toBe(401);
  expect((await world.send(world.callers.owner, "POST", "/auth/verify-2fa", { token: "123456" })).status).toBe(401);

  await changeRows(world.server, "update second_factor_challenge set expires_at = now()");
  const late = await world.send(caller, "GET", "/auth/verify-2fa");
  expect([late.status, late.body]).toEqual([410, OVER]);
});

test("a browser's cookie opens nothing while the code is due, and then holds another session than any before", async ({
  world,
}) => {
  const { publisher } = world.server.seed.acme.people;
  const before = await signInByHttp(world.server.origin, publisher);
  const { recoveryCodes } = await enroll(before, publisher.id);
  const browser = await signInByHttp(world.server.origin, publisher);
  const waiting = browser.headers();
  const statusOf = async (caller: Caller) => (await world.send(caller, "GET", "/v1/sessions/current")).status;
  expect(await statusOf(waiting)).toBe(401);
  expect((await world.send(waiting, "PUT", `/v1/users/${publisher.id}`, { firstName: "X" })).status).toBe(401);
  const page = await world.send(waiting, "GET", "/audit");
  expect([page.status, page.headers.get("location")]).toEqual([307, "/sign-in/second-factor?next=%2Faudit"]);
  expect((await world.send(waiting, "GET", "/sign-in/second-factor")).status).toBe(200);

  expect(await browser.giveCode("000000")).toBe(401);
  expect(await statusOf(browser.headers())).toBe(401);
  expect(await browser.giveCode(recoveryCodes[0] ?? "")).toBe(200);
  expect(await statusOf(browser.headers())).toBe(200);
  expect(await statusOf(waiting)).toBe(401);
  const idOf = async (caller: Caller) => (await world.done(caller, "GET", "/v1/sessions/current")).ZUID;
  expect(await idOf(browser.headers())).not.toBe(await idOf(before.headers()));
});

test("an admin resets a second factor, of those they may manage, and the password alone signs in again", async ({
  world,
}) => {
  const { member, owner } = world.server.seed.acme.people;
  const browser = await signInByHttp(world.server.origin, member);
  await enroll(browser, member.id);
  const record = await world.done<Record<string, unknown>>(world.callers.admin, "GET", `/v1/users/${member.id}`);
  expect(record.hasSecondFactor).toBe(true);
  const reset = (caller: Caller, id: string) => world.send(caller, "DELETE", `/v1/users/${id}/second-factor`, {});
  expect((await reset(world.callers.developer, member.id)).status).toBe(403);
  expect((await reset(world.callers.admin, owner.id)).status).toBe(403);
  expect((await reset(world.callers["foreign owner"], member.id)).status).toBe(404);
  const done = await reset(world.callers.admin, member.id);
  expect([done.status, done.body.data]).toEqual([
    200,
    { isOn: false, since: null, recoveryCodesLeft: 0, isRequired: false },
  ]);
  expect((await world.send(browser.headers(), "GET", "/v1/token")).status).toBe(401);
  expect((await login(world, member)).status).toBe(200);
});

test("a policy for everyone acts at once: without a second factor nothing is held, and no login token is given", async ({
  world,
}) => {
  const { acme } = world.server.seed;
  const { owner } = world.callers;
  const app = await world.done(owner, "POST", "/v1/apps", { name: "Strict client" });
  const ask = (password: string) =>
    world.send({}, "POST", "/v1/tokens", {
      grant_type: "password",
      account_name: acme.accountName,
      user_name: acme.people.developer.email,
      password,
      app_id: app.ZUID,
      app_secret: app.secret,
    });
  const granted = (await ask(PASSWORD)).body.credentials as { access_token: string; refresh_token: string };
  const wrong = await ask("wrong horse battery staple");
  await changeRows(world.server, `update organization set second_factor = 'everyone' where id = '${acme.id}'`);

  expect((await world.send(owner, "GET", "/v1/apps")).status).toBe(403);
  const refused = await ask(PASSWORD);
  expect([refused.status, refused.text]).toEqual([wrong.status, wrong.text]);
  const bearer = { authorization: `bearer ${granted.access_token}` };
  expect((await world.send(bearer, "GET", "/v1/centers")).status).toBe(401);
  const refresh = { grant_type: "refresh_token", refresh_token: granted.refresh_token };
  expect((await world.send({}, "POST", "/v1/tokens", refresh)).status).toBe(401);
  const page = await world.send(owner, "GET", "/admin/setup/apps");
  expect([page.status, page.headers.get("location")]).toEqual([307, "/account/security"]);
  expect((await world.send(owner, "GET", "/account/security")).status).toBe(200);

  const client = await signInByHttp(world.server.origin, acme.people.owner);
  await enroll(client, acme.people.owner.id);
  expect((await world.send(client.headers(), "GET", "/v1/apps")).status).toBe(200);
});
