import { changeRows } from "../fixtures/rows";
import { logInThrough, newKey, statusOf } from "./promises";
import { expect, fresh, test } from "./world";

const DAY = 86_400_000;

/** What the vendor of sessions and access tokens promises, sentence by sentence. */
test.describe("sessions", () => {
  test("a session lasts thirty minutes, and every authenticated action starts them again", async ({ world }) => {
    const session = await world.logIn(world.server.seed.acme.people.developer);
    const { ZUID } = await world.done(session, "GET", "/v1/sessions/current");
    const idleFor = (minutes: number, seconds = 0) =>
      changeRows(
        world.server,
        `update session set last_action_at = now() - interval '${minutes} minutes ${seconds} seconds' where id = '${ZUID}'`,
      );
    await idleFor(28);
    const { idleEndsAt = "", now = "" } = await world.done(session, "POST", "/v1/sessions/current/extension", {});
    expect(Math.round((Date.parse(idleEndsAt) - Date.parse(now)) / 1000)).toBe(1800);
    await idleFor(28);
    expect(await statusOf(world, session, "/v1/apps")).toBe(200);
    await idleFor(30, 1);
    expect(await statusOf(world, session, "/v1/apps")).toBe(401);
  });

  test("logging out ends that session and no other", async ({ world }) => {
    const { developer } = world.server.seed.acme.people;
    const [leaving, staying] = [await world.logIn(developer), await world.logIn(developer)];
    await world.send(leaving, "POST", "/auth/logout");
    expect([await statusOf(world, leaving), await statusOf(world, staying)]).toEqual([401, 200]);
  });
});

test.describe("access tokens", () => {
  test("Owners and Admins issue them from a session; nobody else does, and no credential", async ({ world }) => {
    const { publisherRole: roleZUID, instance: instanceZUID } = world.target;
    const statuses: Record<string, number> = {};
    for (const who of ["owner", "admin", "instance owner", "API session", "developer", "auditor"] as const) {
      const body = { name: fresh("Token"), roleZUID, instanceZUID };
      statuses[who] = (await world.send(world.callers[who], "POST", "/v1/tokens", body)).status;
    }
    for (const who of ["full key", "instance token"] as const) {
      const body = { name: fresh("Token"), roleZUID, instanceZUID };
      statuses[who] = (await world.send(world.callers[who], "POST", "/v1/tokens", body)).status;
    }
    expect(statuses).toEqual({
      owner: 201,
      admin: 201,
      "instance owner": 201,
      "API session": 201,
      developer: 403,
      auditor: 403,
      "full key": 403,
      "instance token": 403,
    });
  });

  test("a token is opaque, bound to a role and an instance, and its value is seen once", async ({ world }) => {
    const { owner } = world.callers;
    const { publisherRole, instance } = world.target;
    const { ZUID, token = "" } = await world.newToken(owner, publisherRole, instance);
    expect(token).toMatch(/^lkt_[0-9A-Za-z]{42}$/);
    for (const path of [`/v1/tokens/${ZUID}`, `/v1/instances/${instance}/tokens?limit=100`])
      expect((await world.send(owner, "GET", path)).text).not.toContain(token.slice(0, -4));
    const bearer = world.bearer(token);
    expect(await statusOf(world, bearer, `/v1/instances/${instance}`)).toBe(200);
    expect(await statusOf(world, bearer, `/v1/instances/${world.foreign.instance}`)).toBe(404);
    expect(await statusOf(world, bearer, "/v1/apps")).toBe(403);
  });

  test("a token ends ninety days after it was issued: it works until then and not after", async ({ world }) => {
    const { publisherRole, instance } = world.target;
    const issued = await world.newToken(world.callers.owner, publisherRole, instance);
    const { ZUID, token = "", createdAt = "", expiry = "" } = issued;
    expect(Date.parse(expiry) - Date.parse(createdAt)).toBe(90 * DAY);
    const issuedAgo = (age: string) =>
      changeRows(
        world.server,
        `update credential set created_at = now() - interval '${age}', expires_at = now() - interval '${age}' + interval '90 days' where id = '${ZUID}'`,
      );
    await issuedAgo("89 days 23 hours 59 minutes");
    expect(await statusOf(world, world.bearer(token))).toBe(200);
    await issuedAgo("90 days 1 second");
    expect(await statusOf(world, world.bearer(token))).toBe(401);
  });

  test("a leaked token is revoked at once and a new one takes its name", async ({ world }) => {
    const { owner } = world.callers;
    const { publisherRole, instance } = world.target;
    const name = fresh("Leaked");
    const { ZUID, token = "" } = await world.newToken(owner, publisherRole, instance, { name });
    await world.done(owner, "DELETE", `/v1/tokens/${ZUID}`, { reason: "leaked" });
    const next = await world.newToken(owner, publisherRole, instance, { name });
    expect([await statusOf(world, world.bearer(token)), await statusOf(world, world.bearer(next.token ?? ""))]).toEqual(
      [401, 200],
    );
  });
});

test.describe("roles", () => {
  test("the roles of an instance can be listed, base and custom", async ({ world }) => {
    const { instance, role } = world.target;
    const path = `/v1/instances/${instance}/roles`;
    const roles = await world.done<{ ZUID: string; static: boolean }[]>(world.callers.owner, "GET", path);
    expect(roles.filter((each) => each.static)).toHaveLength(9);
    expect(roles.map(({ ZUID }) => ZUID)).toContain(role);
  });

  test("a custom role says what a token with it may do", async ({ world }) => {
    const { owner } = world.callers;
    const { instance } = world.target;
    const base = { entityZUID: instance, systemRoleZUID: "31-71cfc74-4ud1t0r" };
    const { ZUID: roleZUID = "" } = await world.done(owner, "POST", "/v1/roles", { name: fresh("Reader"), ...base });
    await world.done(owner, "POST", `/v1/roles/${roleZUID}/granulars`, { resourceZUID: "media", read: true });
    const { token = "" } = await world.done(owner, "POST", "/v1/tokens", { name: fresh("Token"), roleZUID });
    const { permissions } = await world.done<{ permissions: string[] }>(world.bearer(token), "GET", "/v1/token");
    expect(permissions.filter((each) => /^(content|media|schema):/.test(each))).toEqual(["media:read"]);
  });
});

test("what is done with a key or token stands on the trail under its name, and nothing of any person with it", async ({
  world,
}) => {
  const { owner } = world.callers;
  const { acme, globex } = world.server.seed;
  const { publisherRole, instance } = world.target;
  const name = fresh("Nightly import");
  const { ZUID: tokenId = "", token = "" } = await world.newToken(owner, publisherRole, instance, { name });
  const { ZUID: keyId = "", key = "", name: keyName = "" } = await newKey(world);
  const login = await logInThrough(world, "developer");
  const { name: appName } = await world.done(world.callers["foreign owner"], "GET", `/v1/apps/${login.app}`);
  for (const caller of [world.bearer(token), world.apiKey(key), login.bearer]) {
    await world.send(caller, "POST", "/v1/apps", { name: fresh("App") });
    await world.send(caller, "GET", "/v1/audit-events");
    await world.send(caller, "DELETE", "/v1/token");
  }
  const people = [...Object.values(acme.people), ...Object.values(globex.people)].flatMap(({ id, email }) => [
    id,
    email,
  ]);
  const names = ["Acme Owner", "Globex Owner", "Globex developer"];
  for (const [reader, id, named] of [
    [owner, tokenId, name],
    [owner, keyId, keyName],
    [world.callers["foreign owner"], login.token_id, appName],
  ] as const) {
    const events = await world.done<{ actor: { name: string } }[]>(reader, "GET", `/v1/audit-events?actor=${id}`);
    expect(events.length).toBeGreaterThanOrEqual(2);
    for (const event of events) {
      expect(event.actor.name).toBe(named);
      for (const personal of [...people, ...names]) expect(JSON.stringify(event)).not.toContain(personal);
    }
  }
});
