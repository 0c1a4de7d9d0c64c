import { codeOf, linkMailedTo, mailsTo } from "../fixtures/outbox";
import { expect, test, type World } from "./world";

const NEW = "seven quiet herons at dusk";

const ask = (world: World, address: unknown) => world.send({}, "POST", "/auth/password-resets", { address });
const reset = (world: World, code: string, password = NEW) =>
  world.send({}, "POST", "/auth/password-reset", { code, password });

test("asking for a link gets the same answer for everybody, in the vendor's envelope", async ({ world }) => {
  const { email } = world.server.seed.acme.people.auditor;
  const answers = [await ask(world, email), await ask(world, "nobody@example.com"), await ask(world, "no address")];
  for (const { status, body } of answers) {
    expect(status).toBe(200);
    expect(body).toEqual({
      message: "If somebody has this address, a link is on its way to it.",
      status: "OK",
      meta: {},
      code: 200,
    });
  }
  await linkMailedTo(world.server, email, "reset");
  expect(mailsTo(world.server, "nobody@example.com")).toEqual([]);
  expect((await ask(world, "")).status).toBe(422);
});

test("a link sets a password once, ends what the person has open, and signs nobody in", async ({ world }) => {
  const account = world.server.seed.globex.people.contributor;
  const [browser, api] = [await world.signIn(account), await world.logIn(account)];
  await ask(world, account.email);
  const code = codeOf(await linkMailedTo(world.server, account.email, "reset"));
  const weak = await reset(world, code, "passwordpassword");
  expect([weak.status, weak.body.code]).toEqual([422, 422]);
  const done = await reset(world, code);
  expect([done.status, done.body.message]).toEqual([200, "The password was changed. Sign in with it."]);
  expect(done.headers.getSetCookie()).toEqual([]);
  for (const caller of [browser, api]) expect((await world.send(caller, "GET", "/v1/roles")).status).toBe(401);
  expect((await world.send(await world.logIn({ ...account, password: NEW }), "GET", "/v1/roles")).status).toBe(200);
  const again = await reset(world, code);
  const unknown = await reset(world, "lki_nothing");
  expect([again.status, again.text]).toEqual([404, unknown.text]);
  const events = await world.send(world.callers["foreign owner"], "GET", `/v1/audit-events?request=${done.requestId}`);
  expect(events.text).toContain("user.password_reset");
});
