import { type Caller, expect, fresh, test, type World } from "./world";

const audits = (world: World) => `/v1/instances/${world.target.instance}/env/audits`;

interface VendorAudit {
  ZUID: string;
  action: number;
  happenedAt: string;
}

const read = (world: World, path: string) => world.done<VendorAudit[]>(world.callers.owner, "GET", path);

test("an instance's audits answer in the vendor's shape", async ({ world }) => {
  const name = fresh("Instance");
  await world.done(world.callers.owner, "PUT", `/v1/instances/${world.target.instance}`, { name });
  const [newest] = await read(world, `${audits(world)}?limit=1`);
  expect(newest).toEqual({
    ZUID: expect.stringMatching(/^15-[0-9a-f]{11}-[0-9a-z]{8}$/),
    affectedZUID: world.target.instance,
    actionByUserZUID: world.server.seed.acme.people.owner.id,
    entityZUID: world.target.instance,
    action: 2,
    meta: {
      uri: expect.stringMatching(/^\/audit\?request=req_[0-9A-Za-z]{20}$/),
      message: `instance.updated ${name} (allowed)`,
    },
    happenedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    createdAt: newest?.happenedAt,
    updatedAt: newest?.happenedAt,
    firstName: "Acme",
    lastName: "Owner",
    email: null,
  });
  expect(await read(world, `${audits(world)}/${newest?.ZUID}`)).toEqual(newest);
});

test("the vendor's clients are understood: a doubled question mark, a trailing slash, keys nobody knows", async ({
  world,
}) => {
  for (let i = 0; i < 3; i++) await world.eventOn(world.callers.owner, world.target.instance);
  expect(await read(world, `${audits(world)}??limit=2`)).toHaveLength(2);
  expect(await read(world, `${audits(world)}/?limit=2`)).toHaveLength(2);
  expect(await read(world, `${audits(world)}/??limit=2`)).toHaveLength(2);
  expect(await read(world, `${audits(world)}?limit=2&utm_source=x`)).toHaveLength(2);
  const [newest] = await read(world, `${audits(world)}?limit=1`);
  expect(await read(world, `${audits(world)}/${newest?.ZUID}/`)).toEqual(newest);
});

test("the vendor's filters narrow, order and page", async ({ world }) => {
  for (let i = 0; i < 4; i++) await world.eventOn(world.callers.owner, world.target.instance);
  const all = await read(world, `${audits(world)}?limit=1000`);
  expect(await read(world, audits(world))).toEqual(all.slice(0, 100));
  expect(await read(world, `${audits(world)}?order=created&dir=asc&limit=1000`)).toEqual([...all].reverse());
  const paged = [1, 2].map((page) => read(world, `${audits(world)}?limit=2&page=${page}`));
  expect((await Promise.all(paged)).flat()).toEqual(all.slice(0, 4));
  expect(await read(world, `${audits(world)}?action=3&limit=1000`)).toEqual(all.filter(({ action }) => action === 3));
  expect(await read(world, `${audits(world)}?action=2&limit=1000`)).toEqual(all.filter(({ action }) => action === 2));
  expect(await read(world, `${audits(world)}?affectedZUID=${world.target.app}`)).toEqual([]);
  const auditor = world.server.seed.acme.people.auditor.id;
  expect(await read(world, `${audits(world)}?userZUID=${auditor}&action=1`)).toEqual([]);
  const today = new Date().toISOString().slice(0, 10);
  expect(
    (await read(world, `${audits(world)}?start_date=${today}&end_date=${today}&limit=1000`)).length,
  ).toBeGreaterThan(0);
  expect(await read(world, `${audits(world)}?end_date=2020-01-01`)).toEqual([]);
  expect(await read(world, `${audits(world)}?start_date=2099-01-01T00:00:00Z`)).toEqual([]);
  for (const query of ["action=6", "limit=0", "page=0", "dir=up", "start_date=yesterday"]) {
    const reply = await world.send(world.callers.owner, "GET", `${audits(world)}?${query}`);
    expect([query, reply.status]).toEqual([query, 422]);
  }
});

test("what happened on one instance, or nowhere in particular, is no other instance's matter", async ({ world }) => {
  const { ZUID: other = "" } = await world.done(world.callers.owner, "POST", "/v1/instances", { name: fresh("Other") });
  const event = await world.eventOn(world.callers.owner, other);
  expect((await world.send(world.callers.owner, "GET", `${audits(world)}/${event}`)).status).toBe(404);
  const here = (await read(world, `${audits(world)}?limit=1000`)).map(({ ZUID }) => ZUID);
  expect(here).not.toContain(event);
  const local = world.callers["instance owner"];
  expect((await world.send(local, "GET", `/v1/instances/${other}/env/audits`)).status).toBe(403);
});

/** Made by the owner: its id, and who presents it. */
const CREDENTIALS = {
  api_key: async (world: World, name: string) => {
    const { owner } = world.callers;
    const made = await world.done(owner, "POST", `/v1/apps/${world.target.app}/keys`, { name });
    return { id: made.ZUID, caller: world.apiKey(made.key ?? "") };
  },
  access_token: async (world: World, name: string) => {
    const { instance, publisherRole } = world.target;
    const made = await world.newToken(world.callers.owner, publisherRole, instance, { name });
    return { id: made.ZUID, caller: world.bearer(made.token ?? "") };
  },
};

for (const [type, newCredential] of Object.entries(CREDENTIALS)) {
  test(`what is done and refused with an ${type} names it and nobody else, in both forms`, async ({ world }) => {
    const { instance } = world.target;
    const name = fresh("Robot");
    const { id, caller } = await newCredential(world, name);
    const refused = await world.send(caller, "PUT", `/v1/instances/${instance}`, { name: fresh("Mine") });
    expect(refused.status).toBe(403);
    await world.done(caller, "DELETE", "/v1/token");

    const events = `/v1/audit-events?actor=${id}&dir=asc`;
    const found = await world.done<Record<string, unknown>[]>(world.callers.auditor, "GET", events);
    const actor = { type, ZUID: id, name };
    expect(found).toMatchObject([
      { actor, outcome: "denied", instanceZUID: instance },
      { actor, outcome: "allowed", verb: 3, target: { ZUID: id, name } },
    ]);
    const vendors = await read(world, `${audits(world)}?userZUID=${id}&dir=asc`);
    expect(vendors[0]).toMatchObject({ affectedZUID: instance, action: 2 });
    for (const each of vendors)
      expect(each).toMatchObject({ actionByUserZUID: id, firstName: name, lastName: null, email: null });
    for (const text of [JSON.stringify(found), JSON.stringify(vendors)]) {
      expect(text).not.toContain(world.server.seed.acme.people.owner.id);
      expect(text).not.toContain("Acme Owner");
      expect(text).not.toContain("@");
    }
  });
}

test("the trail is filtered by each of its facts", async ({ world }) => {
  const { app, key } = await world.newTarget(world.callers.owner, world.target.instance);
  const renamed = fresh("Renamed");
  const { requestId } = await world.send(world.callers.admin, "PATCH", `/v1/keys/${key}`, { name: renamed });
  const found = async (query: string) =>
    (await world.done<{ action: string }[]>(world.callers.auditor, "GET", `/v1/audit-events?${query}`)).map(
      ({ action }) => action,
    );
  expect(await found(`app=${app}`)).toEqual(["key.updated", "key.generated", "app.registered"]);
  expect(await found(`app=${app}&dir=asc&limit=1`)).toEqual(["app.registered"]);
  expect(await found(`target=${key}`)).toEqual(["key.updated", "key.generated"]);
  expect(await found(`request=${requestId}`)).toEqual(["key.updated"]);
  expect(await found(`target=${key}&actor=${world.server.seed.acme.people.admin.id}`)).toEqual(["key.updated"]);
  expect(await found(`target=${key}&action=key.generated,key.revoked`)).toEqual(["key.generated"]);
  expect(await found(`target=${key}&actorType=api_key`)).toEqual([]);
  expect(await found(`target=${key}&outcome=denied`)).toEqual([]);
  expect(await found(`target=${key}&ip=127.0.0.1`)).toEqual(["key.updated", "key.generated"]);
  expect(await found(`target=${key}&from=2099-01-01T00:00:00Z`)).toEqual([]);
  expect(await found(`target=${key}&to=2099-01-01T00:00:00Z`)).toHaveLength(2);
  expect(await found(`q=${encodeURIComponent(renamed)}`)).toEqual(["key.updated"]);
});

test("an auditor's look at the policy is on the trail once, by page as by API; a prefetched skeleton and HEAD are not", async ({
  world,
}) => {
  const { auditor, owner } = world.callers;
  const readings = () => world.done<{ actor: object }[]>(owner, "GET", "/v1/audit-events?action=policy.read&limit=100");
  const look = async (caller: Caller, method: string, path: string) =>
    expect((await world.send(caller, method, path)).status, `${method} ${path}`).toBe(200);
  const before = await readings();
  for (const path of ["/v1/policy", "/admin/policy"]) {
    await look(owner, "GET", path);
    await look(auditor, "HEAD", path);
  }
  const prefetch = { ...auditor, rsc: "1", "next-router-prefetch": "1" };
  const { headers } = await world.send(prefetch, "GET", "/admin/policy");
  // Next sends on to where caches tell such answers apart.
  const { pathname, search } = new URL(headers.get("location") ?? "", world.server.origin);
  await look(prefetch, "GET", pathname + search);
  expect(await readings()).toEqual(before);
  await look(auditor, "GET", "/v1/policy");
  await look(auditor, "GET", "/admin/policy");
  const [page, api, ...earlier] = await readings();
  expect(earlier).toEqual(before);
  const { id } = world.server.seed.acme.people.auditor;
  expect([page, api]).toMatchObject([{ actor: { ZUID: id } }, { actor: { ZUID: id } }]);
});
