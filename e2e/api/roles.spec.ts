import { expect, fresh, type Reply, test, type World } from "./world";

const UNKNOWN = { role: "30-19d41b7f2a0-zzzzzzzz", user: "5-19d41b7f2a0-zzzzzzzz" };
const CONTRIBUTOR = "31-71cfc74-c0ntr1b0t0r";

const send = (world: World, method: string, path: string, body?: unknown, as: "owner" | "admin" = "owner") =>
  world.send(world.callers[as], method, path, body);

async function newRole(world: World, over: object = {}): Promise<string> {
  const input = { name: fresh("Role"), entityZUID: world.target.instance, systemRoleZUID: CONTRIBUTOR, ...over };
  return (await world.done(world.callers.owner, "POST", "/v1/roles", input)).ZUID ?? "";
}

/** The id of a base role of the instance. */
async function baseRole(world: World, name: string): Promise<string> {
  const path = `/v1/instances/${world.target.instance}/roles`;
  const roles = await world.done<{ ZUID: string; name: string }[]>(world.callers.owner, "GET", path);
  return roles.find((role) => role.name === name)?.ZUID ?? "";
}

function expectProblem(reply: Reply, status: number, code: string, detail: string) {
  expect([reply.status, reply.body.code, reply.body.detail]).toEqual([status, code, detail]);
  expect(reply.body).toMatchObject({ type: `/problems/${code}`, message: detail, data: {} });
  expect(reply.headers.get("content-type")).toBe("application/problem+json");
}

test("an instance's roles are listed in the vendor's envelope", async ({ world }) => {
  const reply = await send(world, "GET", `/v1/instances/${world.target.instance}/roles`);
  const { _meta, data } = reply.body as unknown as { _meta: object; data: Record<string, unknown>[] };
  expect(reply.status).toBe(200);
  expect(_meta).toEqual({
    timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
    totalResults: data.length,
    start: 0,
    offset: 0,
    limit: 1000,
    nextCursor: null,
    previousCursor: null,
  });
  expect(data.slice(0, 9).map(({ name }) => name)).toHaveLength(9);
  const seo = data.find(({ name, static: isStatic }) => name === "SEO" && isStatic);
  expect(seo).toEqual({
    ZUID: expect.stringMatching(/^30-/),
    name: "SEO",
    description: "",
    entityZUID: world.target.instance,
    systemRoleZUID: "31-71cfc74-s30",
    systemRole: {
      ZUID: "31-71cfc74-s30",
      name: "SEO",
      create: true,
      read: true,
      update: true,
      delete: true,
      publish: true,
      grant: false,
      super: false,
    },
    granularRoleZUID: null,
    granularRoles: null,
    static: true,
    expiry: null,
    createdByUserZUID: world.server.seed.acme.people.owner.id,
    createdAt: expect.stringMatching(/Z$/),
    updatedAt: expect.stringMatching(/Z$/),
  });
  expect(await world.done(world.callers.owner, "GET", `/v1/roles/${String(seo?.ZUID)}`)).toEqual(seo);
});

test("what a request about roles and people gets when something about it is wrong", async ({ world }) => {
  const { instance, user } = world.target;
  const [custom, base] = [await newRole(world), await baseRole(world, "SEO")];
  const role = { name: fresh("Role"), entityZUID: instance, systemRoleZUID: CONTRIBUTOR };
  const answers: [method: string, path: string, body: unknown, status: number, code: string][] = [
    ["GET", "/v1/roles/mine", undefined, 400, "malformed_id"],
    ["GET", `/v1/roles/${user}`, undefined, 400, "malformed_id"],
    ["GET", `/v1/roles/${UNKNOWN.role}`, undefined, 404, "not_found"],
    ["GET", `/v1/instances/${instance}/roles/${UNKNOWN.role}`, undefined, 404, "not_found"],
    ["POST", "/v1/roles", {}, 422, "invalid_input"],
    ["POST", "/v1/roles", { ...role, systemRoleZUID: "31-71cfc74-n0n3" }, 422, "invalid_input"],
    ["POST", "/v1/roles", { ...role, entityZUID: user }, 422, "invalid_input"],
    ["POST", "/v1/roles", { ...role, entityZUID: world.foreign.instance }, 404, "not_found"],
    ["POST", "/v1/roles", { ...role, entityZUID: world.server.seed.globex.id }, 404, "not_found"],
    ["POST", "/v1/roles", { ...role, name: "seo" }, 409, "conflict"],
    ["PUT", `/v1/roles/${base}`, { name: "Mine" }, 409, "conflict"],
    ["PUT", `/v1/roles/${custom}`, { static: true }, 422, "invalid_input"],
    ["DELETE", `/v1/roles/${base}`, undefined, 409, "conflict"],
    ["DELETE", `/v1/roles/${custom}?replacement=${custom}`, undefined, 422, "invalid_input"],
    ["DELETE", `/v1/roles/${custom}?replacement=${UNKNOWN.role}`, undefined, 404, "not_found"],
    ["DELETE", `/v1/roles/${custom}?replacement=${world.foreign.role}`, undefined, 404, "not_found"],
    ["POST", `/v1/roles/${custom}/granulars`, { resourceZUID: "nothing" }, 422, "invalid_input"],
    ["POST", `/v1/roles/${custom}/granulars`, { resourceZUID: world.foreign.instance }, 422, "invalid_input"],
    ["POST", `/v1/roles/${custom}/granulars`, { resourceZUID: "media", grant: true }, 422, "invalid_input"],
    ["PUT", `/v1/roles/${custom}/granulars`, { resourceZUID: "media" }, 422, "invalid_input"],
    ["POST", `/v1/roles/${base}/granulars`, { resourceZUID: "media" }, 409, "conflict"],
    ["GET", `/v1/roles/${custom}/granulars/media`, undefined, 404, "not_found"],
    ["GET", `/v1/roles/${custom}/granulars/nothing`, undefined, 404, "not_found"],
    ["GET", `/v1/roles/${custom}/granulars/No%20thing`, undefined, 400, "malformed_id"],
    ["POST", `/v1/users/${user}/roles`, { roleZUID: UNKNOWN.role }, 404, "not_found"],
    ["POST", `/v1/users/${user}/roles`, { roleZUID: world.foreign.role }, 404, "not_found"],
    ["POST", `/v1/users/${user}/roles`, { roleZUID: CONTRIBUTOR }, 422, "invalid_input"],
    ["POST", `/v1/users/${UNKNOWN.user}/roles`, { roleZUID: custom }, 404, "not_found"],
    ["POST", `/v1/users/${world.foreign.user}/roles`, { roleZUID: custom }, 404, "not_found"],
    ["DELETE", `/v1/users/${user}/roles/${custom}`, undefined, 404, "not_found"],
    ["PUT", `/v1/users/${user}?action=promote`, {}, 422, "invalid_input"],
    ["PUT", `/v1/users/${user}?action=deactivate`, { firstName: "Mel" }, 422, "invalid_input"],
    ["PUT", `/v1/users/${user}`, { password: "a", oldPassword: "b" }, 422, "invalid_input"],
    ["PUT", `/v1/users/${user}?action=reactivate`, {}, 409, "conflict"],
    ["GET", "/v1/users?status=gone", undefined, 422, "invalid_input"],
  ];
  for (const [method, path, body, status, code] of answers) {
    const reply = await send(world, method, path, body);
    expect([method, path, reply.status, reply.body.code]).toEqual([method, path, status, code]);
  }
});

test("a role that is held is not deleted without a replacement, and the answer lists its holders", async ({
  world,
}) => {
  const { user, instance } = world.target;
  const held = fresh("Role");
  const [role, replacement] = [await newRole(world, { name: held }), await newRole(world)];
  const { owner } = world.callers;
  await world.done(owner, "POST", `/v1/users/${user}/roles`, { roleZUID: role });
  const name = fresh("Token");
  const { ZUID: token } = await world.done(owner, "POST", "/v1/tokens", { name, roleZUID: role });
  const reply = await send(world, "DELETE", `/v1/roles/${role}`);
  expectProblem(reply, 409, "conflict", `The role ${held} is held; name a replacement for its holders.`);
  expect(reply.body.holders).toMatchObject([
    { kind: "user", ZUID: user },
    { kind: "access_token", ZUID: token, name },
  ]);
  expect((await send(world, "DELETE", `/v1/roles/${role}?replacement=${replacement}`)).status).toBe(200);
  expect(await world.done(owner, "GET", `/v1/tokens/${token}`)).toMatchObject({ roleZUID: replacement });
  const people = await world.done<{ ZUID: string; role: { ZUID: string } }[]>(
    owner,
    "GET",
    `/v1/instances/${instance}/users/roles`,
  );
  const theirs = people.filter(({ ZUID }) => ZUID === user).map((each) => each.role.ZUID);
  expect(theirs).toContain(replacement);
  expect(theirs).not.toContain(role);
  expect(JSON.stringify(people)).not.toContain(token);
});

test("who hands out more than they hold is told what is missing", async ({ world }) => {
  const owner = await baseRole(world, "Owner");
  const path = `/v1/users/${world.target.user}/roles`;
  const reply = await send(world, "POST", path, { roleZUID: owner }, "admin");
  expectProblem(reply, 403, "forbidden", "This role may do more than your own roles there.");
  expect(reply.body.missingPermissions).toEqual(["users:delete", "users:super", "roles:super"]);
});

test("the last Owner keeps the role and stays", async ({ world }) => {
  const { owner } = world.server.seed.globex.people;
  const foreign = world.callers["foreign owner"];
  const roles = await world.done<{ ZUID: string; name: string; entityZUID: string }[]>(foreign, "GET", "/v1/roles");
  const role = roles.find(({ entityZUID }) => entityZUID.startsWith("60-"))?.ZUID ?? "";
  const detail = "Globex would be left without an Owner; make somebody else its Owner first.";
  expectProblem(await world.send(foreign, "DELETE", `/v1/users/${owner.id}/roles/${role}`), 409, "conflict", detail);
  const leave = await world.send(foreign, "PUT", `/v1/users/${owner.id}?action=deactivate`, {});
  expect([leave.status, leave.body.code]).toEqual([409, "conflict"]);
  expect((await world.send(foreign, "GET", "/v1/users")).status).toBe(200);
});
