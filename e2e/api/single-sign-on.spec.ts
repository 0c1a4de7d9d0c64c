import { PASSWORD } from "../fixtures/accounts";
import { signInByHttp } from "../fixtures/api-client";
import { enroll } from "../fixtures/authenticator";
import { changeRows } from "../fixtures/rows";
import { browser, test } from "./openid";
import { expect } from "./world";

const UNKNOWN = "/sign-in?error=sso_unknown";
const FAILED = "/sign-in?error=sso";

test("a linked account signs on, and unlinked it does not; the trail tells of both", async ({ world, provider }) => {
  const { origin, seed } = world.server;
  const { developer } = seed.acme.people;
  const stranger = browser(origin);
  expect((await stranger.send("GET", await provider.signIn(await stranger.begin(), developer.email))).to).toBe(UNKNOWN);
  expect(await stranger.status()).toBe(401);

  const signedIn = await signInByHttp(origin, developer);
  const own = browser(origin, signedIn.headers().cookie);
  const path = `/v1/users/${developer.id}/identities`;
  const intent = await fetch(origin + path, {
    method: "PUT",
    headers: { origin, cookie: own.cookies(), "content-type": "application/json" },
    body: "{}",
  });
  expect(intent.status).toBe(200);
  const [set = ""] = intent.headers.getSetCookie();
  expect(set).toMatch(/^latchkey-link=[^;]+; Path=\/; .*HttpOnly; SameSite=lax$/i);
  const [name = "", value = ""] = (set.split(";")[0] ?? "").split(/=(.*)/s);
  own.jar.set(name, value);
  const linked = await own.send("GET", await provider.signIn(await own.begin(), developer.email));
  expect(linked.to).toBe("/account/security?sso=linked");
  const { data } = await signedIn.call<{ subject: string }[]>("GET", path);
  expect(data).toMatchObject([{ subject: developer.email }]);

  const fresh = browser(origin);
  expect((await fresh.send("GET", await provider.signIn(await fresh.begin(), developer.email))).to).toBe("/");
  const session = JSON.parse((await fresh.send("GET", "/v1/sessions/current")).text) as { data: { userZUID: string } };
  expect(session.data.userZUID).toBe(developer.id);
  const { owner } = world.callers;
  const events = await world.done<{ action: string; after: object }[]>(
    owner,
    "GET",
    `/v1/audit-events?actor=${developer.id}&limit=20`,
  );
  expect(events).toContainEqual(
    expect.objectContaining({ action: "session.started", after: { kind: "single_sign_on" } }),
  );
  expect(events.filter(({ action }) => action === "identity.linked")).toHaveLength(1);

  expect((await signedIn.call("DELETE", path)).status).toBe(200);
  const late = browser(origin);
  expect((await late.send("GET", await provider.signIn(await late.begin(), developer.email))).to).toBe(UNKNOWN);
});

test("another browser's link, or one of a session that is over, links nothing", async ({ world, provider }) => {
  const { origin, seed } = world.server;
  const { auditor, publisher } = seed.acme.people;
  const intentOf = async (cookie: string) => {
    const answer = await fetch(`${origin}/v1/users/${auditor.id}/identities`, {
      method: "PUT",
      headers: { origin, cookie, "content-type": "application/json" },
      body: "{}",
    });
    return (answer.headers.getSetCookie()[0]?.split(";")[0] ?? "").split(/=(.*)/s)[1] ?? "";
  };
  const victim = await signInByHttp(origin, auditor);
  const intent = await intentOf(victim.headers().cookie ?? "");
  const attacker = browser(origin, (await signInByHttp(origin, publisher)).headers().cookie);
  const nobody = browser(origin);
  for (const each of [attacker, nobody]) {
    each.jar.set("latchkey-link", intent);
    const ended = await each.send("GET", await provider.signIn(await each.begin(), "mallory@evil.example"));
    expect(ended.to).toBe("/account/security?sso=over");
  }
  expect((await victim.call<unknown[]>("GET", `/v1/users/${auditor.id}/identities`)).data).toEqual([]);
});

test("by e-mail only where policy says so and the provider has verified it, and nobody is created", async ({
  world,
  provider,
}) => {
  const { server } = world;
  const { origin, seed } = server;
  const { member, publisher } = seed.globex.people;
  const on = async (account: string) => {
    const one = browser(origin);
    return [(await one.send("GET", await provider.signIn(await one.begin(), account))).to, await one.status()];
  };
  expect(await on(member.email)).toEqual([UNKNOWN, 401]);
  await changeRows(server, `update organization set links_sso_by_email = true where id = '${seed.globex.id}'`);
  expect(await on(`unverified:${member.email}`)).toEqual([UNKNOWN, 401]);
  expect(await on("nobody@globex.example")).toEqual([UNKNOWN, 401]);
  expect(await on(seed.acme.people.instanceOwner.email)).toEqual([UNKNOWN, 401]);
  expect(await on(member.email)).toEqual(["/", 200]);
  expect(await on(member.email)).toEqual(["/", 200]);

  const people = await changeRows(server, `select count(*)::int as n from "user" where email like '%globex.example'`);
  expect(people).toEqual([{ n: 14 }]);
  await changeRows(server, `update "user" set status = 'deactivated' where id in ('${member.id}', '${publisher.id}')`);
  expect(await on(member.email)).toEqual(["/sign-in?error=sso_refused", 401]);
  expect(await on(publisher.email)).toEqual([UNKNOWN, 401]);
});

test("a person with a second factor is asked for it after the single sign-on too", async ({ world, provider }) => {
  const { origin, seed } = world.server;
  const { auditor } = seed.globex.people;
  await changeRows(world.server, "update organization set links_sso_by_email = true");
  const { recoveryCodes } = await enroll(await signInByHttp(origin, auditor), auditor.id);
  const one = browser(origin);
  expect((await one.send("GET", await provider.signIn(await one.begin(), auditor.email))).to).toBe("/");
  expect(await one.status()).toBe(401);
  expect((await one.send("GET", "/")).to).toBe("/sign-in/second-factor");
  const { csrfToken } = JSON.parse((await one.send("GET", "/api/auth/csrf")).text) as { csrfToken: string };
  const code = { csrfToken, code: recoveryCodes[0] ?? "", json: "true" };
  expect((await one.send("POST", "/api/auth/callback/second-factor", code)).status).toBe(200);
  expect(await one.status()).toBe(200);
});

test("an answer of another sign-on is refused: by its state, its nonce, its verifier, and a second time", async ({
  world,
  provider,
}) => {
  const { origin, seed } = world.server;
  const { admin } = seed.globex.people;
  await changeRows(world.server, "update organization set links_sso_by_email = true");
  for (const cookie of ["latchkey-sso-state", "latchkey-sso-nonce", "latchkey-sso-pkce"]) {
    const [mine, other] = [browser(origin), browser(origin)];
    const url = await provider.signIn(await mine.begin(), admin.email);
    await other.begin();
    const own = mine.jar.get(cookie) ?? "";
    expect(own).not.toBe("");
    mine.jar.set(cookie, other.jar.get(cookie) ?? "");
    expect([cookie, (await mine.send("GET", url)).to, await mine.status()]).toEqual([cookie, FAILED, 401]);
  }

  const [mine, thief] = [browser(origin), browser(origin)];
  const url = await provider.signIn(await mine.begin(), admin.email);
  const before = mine.cookies();
  const forged = new URL(url);
  forged.searchParams.set("state", "another");
  expect((await browser(origin, before).send("GET", forged.href)).to).toBe(FAILED);
  expect((await thief.send("GET", url)).to).toBe(FAILED);
  // HEAD is no sign-on: a link checker must not use the code up.
  expect((await browser(origin, before).send("HEAD", url)).status).toBe(404);
  expect([(await mine.send("GET", url)).to, await mine.status()]).toEqual(["/", 200]);
  const replay = browser(origin, before);
  expect([(await replay.send("GET", url)).to, await replay.status()]).toEqual([FAILED, 401]);
});

test("the sign-in page offers it, and the password works as before", async ({ world, provider: _ }) => {
  const page = await world.send({}, "GET", "/sign-in");
  expect(page.text).toContain("Sign in with ");
  const { owner } = world.server.seed.globex.people;
  expect((await signInByHttp(world.server.origin, { ...owner, password: PASSWORD })).headers().cookie).toContain(
    "latchkey-session=",
  );
});
