import { randomUUID } from "node:crypto";
import { methodOf, OPERATIONS, pathOf } from "./operations";
import { expect, fresh, type Target, test, type World } from "./world";

const CREATING = [
  "POST /v1/apps",
  "POST /v1/apps/[app]/keys",
  "POST /v1/apps/[app]/secret",
  "POST /v1/keys/[key]/rotations",
  "POST /v1/instances",
  "POST /v1/tokens",
  "POST /v1/tokens/[token]/rotations",
];

const post = (world: World, operation: string, target: Target, key: string, body: unknown) =>
  world.send(world.callers.owner, methodOf(operation), pathOf(operation, target), body, { "idempotency-key": key });

for (const operation of CREATING) {
  test(`${operation} repeated with its key answers the first record again, without a secret`, async ({ world }) => {
    const target = await world.newTarget(world.callers.owner, world.target.instance);
    const key = randomUUID();
    const body = OPERATIONS[operation]?.body?.(target);
    const first = await post(world, operation, target, key, body);
    const again = await post(world, operation, target, key, body);
    expect([first.status, again.status]).toEqual([201, 201]);
    expect([first.headers.get("idempotent-replayed"), again.headers.get("idempotent-replayed")]).toEqual([
      null,
      "true",
    ]);
    const { key: _, secret: __, token: ___, ...record } = first.body.data ?? {};
    expect(again.body.data).toEqual(record);
    expect(again.text).not.toMatch(/lk[kct]_[0-9A-Za-z]{42}/);
    const events = `/v1/audit-events?request=${again.requestId}`;
    expect(await world.done(world.callers.owner, "GET", events)).toEqual([]);
  });
}

test("the same key with another body, or at another address, is refused", async ({ world }) => {
  const key = randomUUID();
  const body = { name: fresh("App") };
  expect((await post(world, "POST /v1/apps", world.target, key, body)).status).toBe(201);
  const other = await post(world, "POST /v1/apps", world.target, key, { name: fresh("App") });
  expect([other.status, other.body.code]).toEqual([422, "idempotency_mismatch"]);
  const elsewhere = await post(world, "POST /v1/instances", world.target, key, body);
  expect([elsewhere.status, elsewhere.body.code]).toEqual([422, "idempotency_mismatch"]);
});

test("of twenty parallel requests with one key one makes the change", async ({ world }) => {
  const key = randomUUID();
  const body = { name: fresh("Parallel") };
  const replies = await Promise.all(
    Array.from({ length: 20 }, () => post(world, "POST /v1/apps", world.target, key, body)),
  );
  expect(replies.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 201));
  expect(replies.filter(({ text }) => text.includes("lkc_") && /lkc_[0-9A-Za-z]{42}/.test(text))).toHaveLength(1);
  expect(new Set(replies.map(({ body: { data } }) => data?.ZUID)).size).toBe(1);
  const found = await world.done<unknown[]>(world.callers.owner, "GET", `/v1/apps?q=${encodeURIComponent(body.name)}`);
  expect(found).toHaveLength(1);
});

test("a key that is no key is refused", async ({ world }) => {
  for (const key of ["a b", "x".repeat(201), "é"]) {
    const reply = await post(world, "POST /v1/apps", world.target, key, { name: fresh("App") });
    expect([reply.status, reply.body.code], key).toEqual([400, "bad_request"]);
  }
});
