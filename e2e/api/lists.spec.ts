import { expect, fresh, type Reply, test, type World } from "./world";

interface List {
  _meta: { totalResults: number; limit: number; nextCursor: string | null; previousCursor: string | null };
  data: { ZUID: string; name: string; createdAt: string }[];
}

const get = (world: World, path: string): Promise<Reply> => world.send(world.callers.owner, "GET", path);

async function list(world: World, path: string): Promise<List> {
  const reply = await get(world, path);
  expect(reply.status, reply.text).toBe(200);
  return reply.body as unknown as List;
}

/** Two times seven things that share a word nobody else's name has. */
async function fill(world: World, collection: string): Promise<string> {
  const word = fresh("Needle").replaceAll(" ", "-");
  for (let i = 0; i < 7; i++)
    for (const letter of ["a", "B"])
      await world.done(world.callers.owner, "POST", collection, { name: `${letter} ${word} ${i}` });
  return word;
}

const collections = (world: World) => ["/v1/apps", "/v1/instances", `/v1/apps/${world.target.app}/keys`];

test("a list is walked to its end and back by cursors, sorted either way", async ({ world }) => {
  test.setTimeout(120_000);
  for (const collection of collections(world)) {
    const word = await fill(world, collection);
    for (const sort of ["name", "createdAt"])
      for (const dir of ["asc", "desc"]) {
        const path = `${collection}?q=${word}&sort=${sort}&dir=${dir}&limit=5`;
        const first = await list(world, path);
        const second = await list(world, `${path}&cursor=${first._meta.nextCursor}`);
        const third = await list(world, `${path}&cursor=${second._meta.nextCursor}`);
        const pages = [first, second, third];
        expect(pages.map(({ data }) => data.length)).toEqual([5, 5, 4]);
        expect(pages.map(({ _meta }) => _meta.totalResults)).toEqual([14, 14, 14]);
        expect([first._meta.previousCursor, third._meta.nextCursor]).toEqual([null, null]);
        const rows = pages.flatMap(({ data }) => data);
        expect(new Set(rows.map(({ ZUID }) => ZUID)).size).toBe(14);
        if (sort === "createdAt") {
          const times = rows.map(({ createdAt }) => createdAt);
          expect(times).toEqual([...times].sort((a, b) => (dir === "asc" ? 1 : -1) * a.localeCompare(b)));
        }
        const back = await list(world, `${path}&cursor=${third._meta.previousCursor}`);
        expect(back.data).toEqual(second.data);
      }
  }
});

test("a search finds part of a name in any case, and its signs stand for themselves", async ({ world }) => {
  for (const collection of collections(world)) {
    const word = await fill(world, collection);
    expect((await list(world, `${collection}?q=${word.toUpperCase()}`))._meta.totalResults).toBe(14);
    expect((await list(world, `${collection}?q=${word.replaceAll("-", "_")}`)).data).toEqual([]);
    expect((await list(world, `${collection}?q=%25${word}`)).data).toEqual([]);
    expect((await list(world, `${collection}?q=nothing-is-called-this`))._meta).toMatchObject({
      totalResults: 0,
      nextCursor: null,
      previousCursor: null,
    });
  }
});

test("a query that means nothing is refused with a pointer to it", async ({ world }) => {
  const lists = [...collections(world), "/v1/audit-events", "/v1/users"];
  const wrong: [query: string, pointer: string][] = [
    ["unknown=1", "?unknown"],
    ["sort=secretDigest", "?sort"],
    ["dir=up", "?dir"],
    ["limit=0", "?limit"],
    ["limit=101", "?limit"],
    ["limit=1.5", "?limit"],
    ["limit=all", "?limit"],
    ["limit=5&limit=6", "?limit"],
    ["cursor=nonsense", "?cursor"],
    [`cursor=${"a".repeat(1001)}`, "?cursor"],
    [`q=${"a".repeat(201)}`, "?q"],
    ["organizationId=60-1-x", "?organizationId"],
  ];
  for (const path of lists)
    for (const [query, pointer] of wrong) {
      const reply = await get(world, `${path}?${query}`);
      expect(reply.status, `${path}?${query}: ${reply.text}`).toBe(422);
      expect(reply.body).toMatchObject({ code: "invalid_input", errors: [{ pointer }] });
    }
});

test("a cursor of another list or order is refused, and one of another organization leads nowhere", async ({
  world,
}) => {
  const { _meta } = await list(world, "/v1/apps?sort=name&limit=1");
  for (const path of ["/v1/apps?sort=createdAt", "/v1/apps?sort=name&dir=desc", "/v1/audit-events?x"])
    expect((await get(world, `${path}&cursor=${_meta.nextCursor}`)).status, path).toBe(422);
  const abroad = await world.send(
    world.callers["foreign owner"],
    "GET",
    `/v1/apps?sort=name&cursor=${_meta.nextCursor}`,
  );
  expect(abroad.status).toBe(200);
  for (const { ZUID } of (await list(world, "/v1/apps?limit=100")).data) expect(abroad.text).not.toContain(ZUID);
});

test("no list, count or search tells of another organization", async ({ world }) => {
  const word = await fill(world, "/v1/apps");
  for (const path of [
    `/v1/apps?q=${word}`,
    `/v1/apps?q=${world.target.app}`,
    `/v1/audit-events?q=${word}`,
    `/v1/audit-events?target=${world.target.app}`,
  ]) {
    const reply = await world.send(world.callers["foreign owner"], "GET", path);
    expect(reply.body).toMatchObject({ _meta: { totalResults: 0 }, data: [] });
  }
});

test("an id of the wrong form is told apart from one that nothing has", async ({ world }) => {
  for (const [path, status] of [
    ["/v1/apps/80-19d41b7f2a0-zzzzzzzz", 404],
    ["/v1/apps/56-19d41b7f2a0-zzzzzzzz", 400],
    ["/v1/apps/mine", 400],
    ["/v1/keys/56-19d41b7f2a0-zzzzzzzz", 404],
    ["/v1/keys/56-19d41b7f2a0-zzzzzzzz'", 400],
    ["/v1/instances/8-19d41b7f2a0-zzzzzzzz", 404],
    ["/v1/instances/%20", 400],
    ["/v1/audit-events/15-19d41b7f2a0-zzzzzzzz", 404],
    ["/v1/audit-events/15", 400],
  ] as const) {
    const reply = await get(world, path);
    expect([path, reply.status, reply.body.code]).toEqual([
      path,
      status,
      status === 404 ? "not_found" : "malformed_id",
    ]);
  }
});
