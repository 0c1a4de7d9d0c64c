import { readRows, withoutTraces } from "../fixtures/rows";
import { methodOf, OPERATIONS, pathOf } from "./operations";
import { expect, forEach, fresh, test } from "./world";

/** Members a client may not set, each as raw JSON: an object literal could not hold all of them. */
const EXTRA = [
  ["organizationId", '"60-19d41b7f2a0-zzzzzzzz"'],
  ["organization_id", '"60-19d41b7f2a0-zzzzzzzz"'],
  ["orgId", '"60-19d41b7f2a0-zzzzzzzz"'],
  ["userId", '"5-19d41b7f2a0-zzzzzzzz"'],
  ["createdById", '"5-19d41b7f2a0-zzzzzzzz"'],
  ["createdByUserZUID", '"5-19d41b7f2a0-zzzzzzzz"'],
  ["id", '"80-19d41b7f2a0-zzzzzzzz"'],
  ["ZUID", '"80-19d41b7f2a0-zzzzzzzz"'],
  ["appId", '"80-19d41b7f2a0-zzzzzzzz"'],
  ["role", '"Owner"'],
  ["roleZUID", '"31-71cfc74-0wn3r"'],
  ["permissions", '["keys:create"]'],
  ["keyPermissions", '["keys:create"]'],
  ["status", '"active"'],
  ["createdAt", '"2020-01-01T00:00:00Z"'],
  ["updatedAt", '"2020-01-01T00:00:00Z"'],
  ["revokedAt", "null"],
  ["deletedAt", "null"],
  ["disabledAt", "null"],
  ["endsAt", "null"],
  ["digest", '"00"'],
  ["hash", '"00"'],
  ["secretDigest", '"00"'],
  ["secret", '"mine"'],
  ["key", '"mine"'],
  ["token", '"mine"'],
  ["instanceId", '"8-19d41b7f2a0-zzzzzzzz"'],
  ["expiresAt", '"2099-01-01T00:00:00Z"'],
  ["expiry", '"2099-01-01T00:00:00Z"'],
  ["hint", '"mine"'],
  ["version", "7"],
  ["versions", "{}"],
  ["credentials", '{"create":{}}'],
  ["AND", "[]"],
  ["connect", "{}"],
  ["__proto__", '{"admin":true}'],
  ["constructor", '{"prototype":{"admin":true}}'],
  ["toString", '"x"'],
] as const;

/** Those of them that an operation does take, though its row leaves them out. */
const OPTIONAL: Record<string, string[]> = {
  "POST /v1/apps/[app]/keys": ["expiresAt"],
  "PATCH /v1/keys/[key]": ["expiresAt"],
  "POST /v1/invites": ["roleZUID"],
  "POST /v1/audit-events": ["id"],
};

test("a member that is missing or of another type is named", async ({ world }) => {
  const wrong = async (body: unknown) => (await world.send(world.callers.owner, "POST", "/v1/apps", body)).body.errors;
  expect(await wrong({})).toEqual([{ pointer: "/name", detail: "is missing" }]);
  expect(await wrong({ name: 7 })).toEqual([{ pointer: "/name", detail: "must be text" }]);
  expect(await wrong({ name: fresh("App"), keyAccess: { mode: "restricted" } })).toEqual([
    { pointer: "/keyAccess/permissions", detail: "is missing" },
  ]);
  expect(await wrong([])).toEqual([{ pointer: "", detail: "must be an object" }]);
});

test("a member that a request does not have is refused by name and changes nothing", async ({ world }) => {
  test.setTimeout(240_000);
  const target = await world.newRotatingTarget(world.callers.owner, world.target.instance);
  const before = withoutTraces(await readRows(world.server));
  const operations = Object.keys(OPERATIONS).filter(
    // OAuth's forms ignore what they do not know (RFC 6749, 3.1).
    (each) => OPERATIONS[each]?.body && !OPERATIONS[each].type && !each.includes("nextauth"),
  );
  const bodies = operations.map((operation) => ({ operation, body: OPERATIONS[operation]?.body?.(target) }));
  const attempts = bodies.flatMap(({ operation, body }) =>
    EXTRA.filter(([name]) => !Object.hasOwn(Object(body) as object, name) && !OPTIONAL[operation]?.includes(name)).map(
      ([name, value]) => ({
        operation,
        given: JSON.stringify(body)
          .replace(/^\[?\{/, (start) => `${start}${JSON.stringify(name)}:${value},`)
          .replace(/,\}$/, "}"),
        name,
        pointer: Array.isArray(body) ? `/0/${name}` : `/${name}`,
      }),
    ),
  );
  await forEach(attempts, async ({ operation, given, name, pointer }) => {
    const isProgram = ["POST /v1/verify", "POST /v1/audit-events"].includes(operation);
    const caller = world.callers[isProgram ? "full key" : "owner"];
    const reply = await world.send(caller, methodOf(operation), pathOf(operation, target), given);
    expect(reply.status, `${operation} with ${name}: ${reply.text}`).toBe(422);
    const error = { pointer, detail: "is not a field of this request" };
    const { errors } = operation.includes(" /auth/") ? { ...reply.body.data } : reply.body;
    expect(errors, `${operation} with ${name}`).toContainEqual(error);
  });
  expect(withoutTraces(await readRows(world.server))).toEqual(before);
});
