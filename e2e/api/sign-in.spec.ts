import { signInByHttp } from "../fixtures/api-client";
import { PASSWORD } from "../fixtures/accounts";
import { changeRows } from "../fixtures/rows";
import { type Caller, expect, type Reply, test, type World } from "./world";

/** Behind a proxy the client's address is what the proxy says, so each test can come from a network of its own. */
test.use({ settings: { TRUSTED_PROXIES: "127.0.0.1/32" } });

let network = 0;
let from: Caller;
test.beforeEach(({}, { workerIndex }) => {
  from = { "x-forwarded-for": `203.0.${workerIndex}.${++network}` };
});

const cookiesOf = (reply: Reply) =>
  reply.headers
    .getSetCookie()
    .map((set) => set.split(";")[0])
    .join("; ");

async function attempt(world: World, email: unknown, password: unknown, cookie = "", at = from): Promise<Reply> {
  const own = { ...at, origin: world.server.origin };
  const csrf = await world.send({ ...own, cookie }, "GET", "/api/auth/csrf");
  const body = { email, password, csrfToken: csrf.body.csrfToken, json: "true", callbackUrl: "/" };
  const jar = [cookie, cookiesOf(csrf)].filter(Boolean).join("; ");
  return world.send({ ...own, cookie: jar }, "POST", "/api/auth/callback/credentials", body);
}

/** An answer without what differs between any two. */
const told = ({ status, headers, text }: Reply) => ({
  status,
  headers: [...headers]
    .filter(([name]) => !["date", "x-request-id", "content-security-policy"].includes(name))
    .map(([name, value]) => [name, value.replace(/(csrf=)[^;]+/, "$1…")]),
  text,
});

const sessionCookie = (reply: Reply) => reply.headers.getSetCookie().find((set) => set.startsWith("latchkey-session="));

test("unknown, wrong and deactivated get the same answer, to the byte", async ({ world }) => {
  const { publisher, auditor } = world.server.seed.globex.people;
  await changeRows(world.server, `update "user" set status = 'deactivated' where id = '${publisher.id}'`);
  const wrong = await attempt(world, auditor.email, "wrong horse battery staple");
  expect(wrong.status).toBe(401);
  expect(wrong.text).toContain("error=CredentialsSignin");
  expect(sessionCookie(wrong)).toBeUndefined();
  expect(told(await attempt(world, "nobody@globex.example", PASSWORD))).toEqual(told(wrong));
  expect(told(await attempt(world, publisher.email, PASSWORD))).toEqual(told(wrong));
});

test("after five failures the right password and an unknown account get the same locked answer", async ({ world }) => {
  const { email } = world.server.seed.globex.people.developer;
  const failed = await Promise.all(
    // Of one network fewer would be let in at once.
    Array.from({ length: 30 }, (_, i) =>
      attempt(world, email, `wrong horse battery ${i}`, "", { "x-forwarded-for": `198.51.100.${i}` }),
    ),
  );
  expect(failed.map(({ status }) => status)).toEqual(failed.map(() => 401));
  expect(failed.filter(({ text }) => text.includes("error=CredentialsSignin")).length).toBeLessThanOrEqual(5);
  from = { "x-forwarded-for": "198.51.100.200" };
  const locked = await attempt(world, email, PASSWORD);
  expect(locked.text).toContain("error=locked");
  for (const spelling of [email.toUpperCase(), ` ${email} `, `${email}\u200b`, email.replace("@", "＠")])
    expect(told(await attempt(world, spelling, PASSWORD))).toEqual(told(locked));
  for (let i = 0; i < 5; i++) await attempt(world, "stranger@globex.example", PASSWORD);
  expect(told(await attempt(world, "stranger@globex.example", PASSWORD))).toEqual(told(locked));
  await world.server.restart();
  expect(told(await attempt(world, email, PASSWORD))).toEqual(told(locked));
});

test("what is not text signs nobody in and is no fault", async ({ world }) => {
  const { email } = world.server.seed.globex.people.admin;
  for (const [who, password] of [
    [{ contains: "" }, PASSWORD],
    [[email], [PASSWORD]],
    [null, null],
    [email, { length: 20 }],
    [email, 7],
    [`${email}\0`, "\0"],
    ["a".repeat(301), PASSWORD],
    [email, "a".repeat(1001)],
  ]) {
    const reply = await attempt(world, who, password);
    expect([reply.status, sessionCookie(reply)], JSON.stringify(who)?.slice(0, 40)).toEqual([401, undefined]);
  }
});

test("the session's cookie is for this host and no script, and carries nothing but a new session", async ({
  world,
}) => {
  const { email } = world.server.seed.globex.people.admin;
  const planted = "latchkey-session=eyJhbGciOiJkaXIifQ..planted";
  const first = await attempt(world, email, PASSWORD, planted);
  expect(first.status).toBe(200);
  expect(sessionCookie(first)).toMatch(/^latchkey-session=[\w.-]+; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Lax$/i);
  const device = first.headers.getSetCookie().find((set) => set.startsWith("latchkey-device="));
  expect(device).toMatch(/; Path=\/;.*HttpOnly; SameSite=lax$/i);
  const second = await attempt(world, email, PASSWORD, planted);
  const idOf = async (reply: Reply) => {
    const answer = await world.send({ ...from, cookie: cookiesOf(reply) }, "GET", "/v1/sessions/current");
    expect(answer.status).toBe(200);
    return answer.body.data?.ZUID;
  };
  expect(await idOf(first)).not.toBe(await idOf(second));
  expect((await world.send({ cookie: planted }, "GET", "/v1/sessions/current")).status).toBe(401);
});

test("signing out ends that session, copied cookie included, and no other", async ({ world }) => {
  const { admin } = world.server.seed.acme.people;
  const leaving = (await signInByHttp(world.server.origin, admin)).headers();
  const staying = (await signInByHttp(world.server.origin, admin)).headers();
  await world.signOut(leaving);
  const refused = await world.send(leaving, "GET", "/v1/token");
  expect([refused.status, refused.body.code]).toEqual([401, "session_ended"]);
  expect((await world.send(staying, "GET", "/v1/token")).status).toBe(200);
});

test("signing in again in the same browser ends the session it had", async ({ world }) => {
  const { email } = world.server.seed.globex.people.admin;
  const first = cookiesOf(await attempt(world, email, PASSWORD));
  const second = cookiesOf(await attempt(world, email, PASSWORD, first));
  const current = (cookie: string) => world.send({ ...from, cookie }, "GET", "/v1/sessions/current");
  expect((await current(first)).body.code).toBe("session_ended");
  expect((await current(second)).status).toBe(200);
});

test("a session is valid at 29:30 idle and refused after 30:00; only actions of the person carry it on", async ({
  world,
}) => {
  test.setTimeout(120_000);
  const session = (await signInByHttp(world.server.origin, world.server.seed.acme.people.admin)).headers();
  const current = await world.done(session, "GET", "/v1/sessions/current");
  const idleFor = (seconds: number) =>
    changeRows(
      world.server,
      `update session set last_action_at = now() - ${seconds} * interval '1 second' where id = '${current.ZUID}'`,
    );
  const idleEnd = async () => (await world.done(session, "GET", "/v1/sessions/current")).idleEndsAt;

  await idleFor(29 * 60);
  const before = await idleEnd();
  await world.send(session, "HEAD", "/v1/token");
  await world.send(session, "GET", "/v1/token", undefined, { "x-background": "1" });
  // What the browser fetches ahead of a link, as far as the frame of the page.
  const ahead = await world.send(session, "GET", "/account", undefined, { rsc: "1", "next-router-prefetch": "1" });
  expect(ahead.status).toBeLessThan(400);
  expect(await idleEnd()).toBe(before);
  expect((await world.send(session, "GET", "/v1/token")).status).toBe(200);
  expect(Date.parse((await idleEnd()) ?? "") - Date.parse(before ?? "")).toBeGreaterThan(28 * 60_000);

  await idleFor(30 * 60 + 1);
  const refused = await world.send(session, "GET", "/v1/token");
  expect([refused.status, refused.body.code]).toEqual([401, "session_ended"]);
});

test("a session ends at its absolute end however busy", async ({ world }) => {
  const session = (await signInByHttp(world.server.origin, world.server.seed.acme.people.admin)).headers();
  const { ZUID } = await world.done(session, "GET", "/v1/sessions/current");
  await changeRows(world.server, `update session set expires_at = now() where id = '${ZUID}'`);
  expect((await world.send(session, "GET", "/v1/token")).status).toBe(401);
});

test("a sensitive act asks for the password again after fifteen minutes, and changes nothing until then", async ({
  world,
}) => {
  const session = (await signInByHttp(world.server.origin, world.server.seed.acme.people.admin)).headers();
  const { ZUID } = await world.done(session, "GET", "/v1/sessions/current");
  await changeRows(world.server, `update session set proved_at = now() - interval '16 minutes' where id = '${ZUID}'`);
  const generate = () =>
    world.send(session, "POST", `/v1/apps/${world.target.app}/keys`, { name: `Proof ${process.pid}` });
  const refused = await generate();
  expect([refused.status, refused.body.code]).toEqual([412, "reauthentication_required"]);
  const wrong = await world.send(session, "POST", "/v1/sessions/current/proof", { password: "wrong horse" });
  expect([wrong.status, wrong.body.errors]).toEqual([422, [{ pointer: "/password", detail: "is not your password" }]]);
  expect((await generate()).status).toBe(412);
  await world.done(session, "POST", "/v1/sessions/current/proof", { password: PASSWORD });
  expect((await generate()).status).toBe(201);
});
