import { PASSWORD } from "../fixtures/accounts";
import { type Caller, expect, test, type World } from "./world";

const NEW = "seven purple lanterns over the harbor";

const statusOf = async (world: World, caller: Caller) => (await world.send(caller, "GET", "/v1/token")).status;
const current = async (world: World, caller: Caller) =>
  (await world.done(caller, "GET", "/v1/sessions/current")).ZUID ?? "";
const list = (world: World, caller: Caller, query = "") =>
  world.done<Record<string, unknown>[]>(caller, "GET", `/v1/sessions${query}`);

test("a person sees where they are signed in, on both wires, and ends one of them", async ({ world }) => {
  const { publisher } = world.server.seed.acme.people;
  const [browser, program] = [await world.signIn(publisher), await world.logIn(publisher)];
  const rows = await list(world, browser, "?limit=100");
  expect(rows.find(({ isCurrent }) => isCurrent)).toEqual({
    ZUID: await current(world, browser),
    userZUID: publisher.id,
    kind: "browser",
    device: "node",
    ip: "127.0.0.1",
    createdAt: expect.any(String),
    lastActionAt: expect.any(String),
    idleEndsAt: expect.any(String),
    expiresAt: expect.any(String),
    isCurrent: true,
  });
  const other = await current(world, program);
  expect(rows.find(({ ZUID }) => ZUID === other)).toMatchObject({ kind: "api", isCurrent: false });

  const ended = await world.send(browser, "DELETE", `/v1/sessions/${other}`);
  expect([ended.status, ended.body.data?.ZUID]).toEqual([200, other]);
  expect([await statusOf(world, program), await statusOf(world, browser)]).toEqual([401, 200]);
  expect((await world.send(browser, "DELETE", `/v1/sessions/${other}`)).status).toBe(404);
});

test("ending all others leaves the session that asked, on its very next request", async ({ world }) => {
  const { publisher } = world.server.seed.globex.people;
  const others = await Promise.all([world.signIn(publisher), world.logIn(publisher), world.logIn(publisher)]);
  const asking = await world.logIn(publisher);
  const ids = await Promise.all(others.map((other) => current(world, other)));
  const { ended } = await world.done<{ ended: string[] }>(asking, "DELETE", "/v1/sessions");
  expect([...ended].sort()).toEqual(ids.sort());
  expect(await Promise.all(others.map((other) => statusOf(world, other)))).toEqual([401, 401, 401]);
  expect(await statusOf(world, asking)).toBe(200);
});

test("who may, sees and ends another person's session; a foreign person is nobody", async ({ world }) => {
  const { developer } = world.server.seed.acme.people;
  const { owner, publisher, auditor } = world.callers;
  const theirs = await world.logIn(developer);
  const id = await current(world, theirs);
  const query = `?user=${developer.id}&limit=100`;
  for (const caller of [owner, auditor])
    expect((await list(world, caller, query)).map(({ ZUID }) => ZUID)).toContain(id);
  expect((await world.send(publisher, "GET", `/v1/sessions${query}`)).status).toBe(403);
  expect((await world.send(auditor, "DELETE", `/v1/sessions/${id}`)).status).toBe(403);
  const foreign = await world.send(owner, "GET", `/v1/sessions?user=${world.server.seed.globex.people.owner.id}`);
  expect([foreign.status, foreign.body.detail]).toEqual([404, "No user with this id."]);
  expect(await statusOf(world, theirs)).toBe(200);
  await world.done(owner, "DELETE", `/v1/sessions/${id}`);
  expect(await statusOf(world, theirs)).toBe(401);
});

test("a changed password ends the person's other sessions on both wires: none is stale", async ({ world }) => {
  test.setTimeout(120_000);
  const account = world.server.seed.globex.people.instanceOwner;
  const others: Caller[] = [];
  for (let i = 0; i < 10; i++) others.push(await world.signIn(account), await world.logIn(account));
  const here = await world.signIn(account);
  const change = (body: object) => world.send(here, "PUT", `/v1/users/${account.id}?action=updatePassword`, body);

  const wrong = await change({ oldPassword: `wrong ${PASSWORD}`, password: NEW });
  expect([wrong.status, wrong.body.code, wrong.body.errors]).toEqual([
    401,
    "wrong_password",
    [{ pointer: "/oldPassword", detail: "is not your password" }],
  ]);
  expect((await change({ oldPassword: PASSWORD, password: "fourteen chars" })).status).toBe(422);
  expect(await Promise.all(others.map((other) => statusOf(world, other)))).toEqual(others.map(() => 200));

  const changed = await change({ oldPassword: PASSWORD, password: NEW });
  expect([changed.status, changed.body.data]).toEqual([200, { ZUID: account.id, endedSessions: 20 }]);
  expect(await Promise.all(others.map((other) => statusOf(world, other)))).toEqual(others.map(() => 401));
  expect(await statusOf(world, here)).toBe(200);
  const old = await world.send({}, "POST", "/auth/login", { email: account.email, password: PASSWORD });
  expect(old.status).toBe(401);
  expect(await statusOf(world, await world.logIn({ ...account, password: NEW }))).toBe(200);
});
