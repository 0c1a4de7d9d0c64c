import { changeRows } from "../fixtures/rows";
import { logInThrough, newKey, statusOf } from "./promises";
import { expect, test } from "./world";

/** What the vendor of API keys and login tokens promises, sentence by sentence. */
test.describe("API keys", () => {
  test("a key is the organization's: it works on all of its APIs and instances", async ({ world }) => {
    const key = world.apiKey(world.target.value);
    for (const path of ["/v1/centers", "/v1/apps", "/v1/users", `/v1/instances/${world.target.instance}/tokens`])
      expect([path, await statusOf(world, key, path)]).toEqual([path, 200]);
    const { permissions } = await world.done<{ permissions: string[] }>(key, "GET", "/v1/token");
    for (const resource of ["content", "schema", "media", "code", "leads", "redirects", "settings"])
      expect(permissions).toContain(`${resource}:publish`);
  });

  test("a key never expires: it works ten years after it was generated", async ({ world }) => {
    const { key = "", ZUID } = await newKey(world);
    await changeRows(
      world.server,
      `update credential set created_at = now() - interval '10 years' where id = '${ZUID}';`,
    );
    const whoami = await world.done(world.apiKey(key), "GET", "/v1/token");
    expect(whoami).toMatchObject({ expiresAt: null, validForSeconds: null });
  });

  test("a key dies when it is revoked, and its old value when its rotation is over", async ({ world }) => {
    const { owner } = world.callers;
    const { key: old = "", ZUID } = await newKey(world);
    const { key: next = "" } = await world.done(owner, "POST", `/v1/keys/${ZUID}/rotations`, { overlapHours: 1 });
    const both = () => Promise.all([old, next].map((value) => statusOf(world, world.apiKey(value))));
    expect(await both()).toEqual([200, 200]);
    await world.done(owner, "PATCH", `/v1/keys/${ZUID}/rotations/current`, { overlapHours: 0 });
    expect(await both()).toEqual([401, 200]);
    await world.done(owner, "DELETE", `/v1/keys/${ZUID}`, { reason: "no longer needed" });
    expect(await both()).toEqual([401, 401]);
  });
});

test.describe("login tokens", () => {
  test("a login token may do what its person's role allows, and nothing beyond", async ({ world }) => {
    const { bearer } = await logInThrough(world, "developer");
    expect([await statusOf(world, bearer, "/v1/apps"), await statusOf(world, bearer, "/v1/audit-events")]).toEqual([
      200, 403,
    ]);
  });

  test("login tokens die when the person changes the password", async ({ world }) => {
    const { bearer, refresh, id, email, password } = await logInThrough(world, "developer");
    const session = await world.logIn({ id, email, password });
    const change = (oldPassword: string, next: string) =>
      world.done(session, "PUT", `/v1/users/${id}?action=updatePassword`, { oldPassword, password: next });
    await change(password, "an entirely different sentence");
    expect([await statusOf(world, bearer), (await refresh()).status]).toEqual([401, 401]);
    await change("an entirely different sentence", password);
    expect([await statusOf(world, bearer), (await refresh()).status]).toEqual([401, 401]);
  });

  test("login tokens die when the employee leaves, and do not come back with the employee", async ({ world }) => {
    const { bearer, refresh, id } = await logInThrough(world, "member");
    const owner = world.callers["foreign owner"];
    await world.done(owner, "PUT", `/v1/users/${id}?action=deactivate`, {});
    expect([await statusOf(world, bearer), (await refresh()).status]).toEqual([401, 401]);
    await world.done(owner, "PUT", `/v1/users/${id}?action=reactivate`, {});
    expect([await statusOf(world, bearer), (await refresh()).status]).toEqual([401, 401]);
  });

  test("a login can be refreshed, revoked by an admin, and deleted by its own token", async ({ world }) => {
    const [refreshed, revoked, deleted] = [
      await logInThrough(world, "developer"),
      await logInThrough(world, "developer"),
      await logInThrough(world, "developer"),
    ];
    const answer = await refreshed.refresh();
    const { access_token } = answer.body.credentials as { access_token: string };
    expect([await statusOf(world, refreshed.bearer), await statusOf(world, world.bearer(access_token))]).toEqual([
      401, 200,
    ]);
    const path = `/v1/apps/${revoked.app}/grants/${revoked.token_id}`;
    await world.done(world.callers["foreign owner"], "DELETE", path);
    expect((await world.send(deleted.bearer, "DELETE", "/v1/token")).status).toBe(200);
    expect([await statusOf(world, revoked.bearer), await statusOf(world, deleted.bearer)]).toEqual([401, 401]);
  });
});
