import { changeRows } from "../fixtures/rows";
import { type Caller, expect, test, type World } from "./world";

const failure = (code: number, status: string, message: string) => ({ message, status, meta: {}, code });

const statusOf = async (world: World, caller: Caller) => (await world.send(caller, "GET", "/v1/token")).status;

test("verifying tells whose session it is, is no action, and refuses what is no session", async ({ world }) => {
  const { developer } = world.server.seed.acme.people;
  const session = await world.logIn(developer);
  const { ZUID } = await world.done(session, "GET", "/v1/sessions/current");
  await changeRows(
    world.server,
    `update session set last_action_at = now() - interval '20 minutes' where id = '${ZUID}'`,
  );
  const idleEnd = async () => (await world.done(session, "GET", "/v1/sessions/current")).idleEndsAt;
  const before = await idleEnd();
  const verified = await world.send(session, "GET", "/auth/verify");
  expect(verified.status).toBe(200);
  expect(verified.body).toEqual({
    message: "Session valid",
    status: "OK",
    meta: { userZuid: developer.id },
    code: 200,
  });
  expect(await idleEnd()).toBe(before);

  await changeRows(world.server, `update session set expires_at = now() where id = '${ZUID}'`);
  const over = await world.send(session, "GET", "/auth/verify");
  expect(over.body).toEqual(failure(401, "Unauthorized", "Your session has ended; sign in again."));
  expect(over.headers.get("www-authenticate")).toContain('Bearer realm="latchkey", error="invalid_token"');
  const none = await world.send({}, "GET", "/auth/verify");
  expect([none.status, none.body.code]).toEqual([401, 401]);
  expect((await world.send(world.callers["full key"], "GET", "/auth/verify")).status).toBe(401);
});

for (const method of ["GET", "POST"]) {
  test(`${method} /auth/logout ends a copied session everywhere, and that one only`, async ({ world }) => {
    const { developer } = world.server.seed.acme.people;
    const [leaving, staying] = [await world.logIn(developer), await world.logIn(developer)];
    const browser = await world.signIn(developer);
    const reply = await world.send(leaving, method, "/auth/logout");
    expect(reply.status).toBe(200);
    expect(reply.body).toEqual({ message: "", status: "OK", meta: {}, code: 200 });
    expect((await world.send({ ...leaving }, "GET", "/v1/token")).body.code).toBe("session_ended");
    expect((await world.send(leaving, method, "/auth/logout")).status).toBe(401);
    expect([await statusOf(world, staying), await statusOf(world, browser)]).toEqual([200, 200]);
  });
}

test("a GET never logs a cookie out, a HEAD nobody, and a POST by cookie comes from our own pages", async ({
  world,
}) => {
  const browser = await world.signIn(world.server.seed.acme.people.developer);
  const session = await world.logIn(world.server.seed.acme.people.developer);
  expect((await world.send(browser, "GET", "/auth/logout")).status).toBe(401);
  expect((await world.send(session, "HEAD", "/auth/logout")).status).toBe(405);
  const foreign = await world.send({ cookie: browser.cookie ?? "" }, "POST", "/auth/logout");
  expect([foreign.status, foreign.body.code]).toEqual([403, 403]);
  expect([await statusOf(world, browser), await statusOf(world, session)]).toEqual([200, 200]);
  expect((await world.send(browser, "POST", "/auth/logout")).status).toBe(200);
  expect([await statusOf(world, browser), await statusOf(world, session)]).toEqual([401, 200]);
});

test("a bearer session with a character changed, or in the query, opens nothing", async ({ world }) => {
  const { authorization = "" } = await world.logIn(world.server.seed.acme.people.developer);
  const changed = authorization.slice(0, -1) + (authorization.endsWith("0") ? "1" : "0");
  expect((await world.send({ authorization: changed }, "GET", "/v1/token")).body.code).toBe("credential_malformed");
  const reply = await world.send({}, "GET", `/auth/verify?x=${authorization.slice(7)}`);
  expect([reply.status, reply.body.code]).toEqual([400, 400]);
});
