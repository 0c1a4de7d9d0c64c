import { expect, fresh, test } from "./world";

test("centers answer in the vendor's shape, page by page", async ({ world }) => {
  const name = fresh("Café São Paulo #");
  const { ZUID: id = "" } = await world.done(world.callers.owner, "POST", "/v1/instances", { name });
  const key = world.apiKey(world.target.value);
  const one = await world.send(key, "GET", `/v1/centers/${id}`);
  expect(one.status).toBe(200);
  expect(one.body).toEqual({
    center: { id, name, code: expect.stringMatching(/^CAFE-SAO-PAULO-\d+-\d+$/), display_name: name },
    error: null,
  });

  const all = await world.send(key, "GET", "/v1/centers?page=1&size=100");
  const { centers, page_info, error } = all.body as unknown as {
    centers: { id: string }[];
    page_info: { total: number; page: number; size: number };
    error: null;
  };
  expect([page_info.page, page_info.size, error]).toEqual([1, 100, null]);
  expect(centers).toHaveLength(page_info.total);
  expect(centers.map((center) => center.id)).toContain(id);
  const paged: string[] = [];
  for (let page = 1; page <= Math.ceil(page_info.total / 2) + 1; page++) {
    const { body } = await world.send(key, "GET", `/v1/centers?page=${page}&size=2`);
    paged.push(...(body as unknown as { centers: { id: string }[] }).centers.map((center) => center.id));
  }
  expect(paged).toEqual(centers.map((center) => center.id));
});

test("more than a hundred centers are refused in the vendor's words", async ({ world }) => {
  const reply = await world.send(world.apiKey(world.target.value), "GET", "/v1/centers?size=101");
  expect(reply.status).toBe(422);
  expect(reply.headers.get("content-type")).toBe("application/json");
  expect(reply.body).toMatchObject({ code: 422, message: "You cannot request more than 100 items." });
  expect((await world.send(world.apiKey(world.target.value), "GET", "/v1/centers?size=100")).status).toBe(200);
});

test("errors are in the vendor's shape too, with the challenge of a 401", async ({ world }) => {
  const absent = await world.send(world.apiKey(world.target.value), "GET", "/v1/centers/8-19d41b7f2a0-zzzzzzzz");
  expect([absent.status, absent.body]).toEqual([
    404,
    { code: 404, message: "No instance with this id.", error: { code: 404, message: "No instance with this id." } },
  ]);
  const unknown = await world.send({ authorization: "apikey nonsense" }, "GET", "/v1/centers");
  expect([unknown.status, unknown.body.code]).toEqual([401, 401]);
  expect(unknown.headers.get("www-authenticate")).toContain('error="invalid_token"');
});

test("a limited key is told what is left, and when to come back", async ({ world }) => {
  const { app } = world.target;
  const limited = { name: fresh("Limited"), rateLimit: { requests: 3, seconds: 3600 } };
  const { key = "" } = await world.done(world.callers.owner, "POST", `/v1/apps/${app}/keys`, limited);
  const told: unknown[] = [];
  for (let i = 0; i < 4; i++) {
    const { status, headers } = await world.send(world.apiKey(key), "GET", "/v1/centers");
    told.push([status, headers.get("organization-ratelimit-limit"), headers.get("ratelimit-remaining")]);
    expect(Number(headers.get("ratelimit-reset"))).toBeGreaterThan(3500);
    if (status === 429) expect(Number(headers.get("retry-after"))).toBeGreaterThan(3500);
    else expect(headers.get("retry-after")).toBeNull();
  }
  expect(told).toEqual([
    [200, "3;w=3600;b=3", "2"],
    [200, "3;w=3600;b=3", "1"],
    [200, "3;w=3600;b=3", "0"],
    [429, "3;w=3600;b=3", "0"],
  ]);
  const unlimited = await world.send(world.apiKey(world.target.value), "GET", "/v1/centers");
  expect(unlimited.headers.get("ratelimit-remaining")).toBeNull();
});

test("twenty requests at once do not slip past a limit of five", async ({ world }) => {
  const { app } = world.target;
  const limited = { name: fresh("Limited"), rateLimit: { requests: 5, seconds: 3600 } };
  const { key = "" } = await world.done(world.callers.owner, "POST", `/v1/apps/${app}/keys`, limited);
  const replies = await Promise.all(
    Array.from({ length: 20 }, () => world.send(world.apiKey(key), "GET", "/v1/centers")),
  );
  expect(replies.filter(({ status }) => status === 200)).toHaveLength(5);
  expect(replies.filter(({ status }) => status === 429)).toHaveLength(15);
});
