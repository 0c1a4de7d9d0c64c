import { bearerOf, UNKNOWN_VALUE, VERDICTS } from "./verdicts";
import { verification } from "./verification";
import { expect, test } from "./world";

for (const [what, { question, is }] of Object.entries(VERDICTS)) {
  test(`the answer about ${what} is literally this, from the database and from memory`, async ({ world }) => {
    const asked = await question(world);
    for (let turn = 0; turn < 3; turn++) {
      const reply = await verification(world).ask(asked);
      expect([reply.status, reply.headers.get("cache-control")]).toEqual([200, "no-store"]);
      expect(reply.body.data).toMatchObject(is);
      const isRefused = reply.body.data?.valid === false;
      if (isRefused) expect(reply.body.data).toEqual(is);
    }
  });
}

test("a limited credential counts each question, and is refused when its limit is used up", async ({ world }) => {
  const { newKey, verdict } = verification(world);
  const { value: credential } = await newKey({ rateLimit: { requests: 2, seconds: 3600 } });
  const limit = { requests: 2, seconds: 3600, resetSeconds: expect.any(Number) };
  expect(await verdict({ credential })).toMatchObject({ code: "VALID", rateLimit: { ...limit, remaining: 1 } });
  expect(await verdict({ credential })).toMatchObject({ code: "VALID", rateLimit: { ...limit, remaining: 0 } });
  expect(await verdict({ credential })).toEqual({
    valid: false,
    code: "RATE_LIMITED",
    detail: "This API key may make 2 requests per 3600 seconds.",
    rateLimit: { ...limit, remaining: 0 },
    maxAge: 0,
  });
});

test("an old value tells what replaced it and until when it works", async ({ world }) => {
  const { newKey, verdict } = verification(world);
  const { id, value: credential } = await newKey();
  await verdict({ credential });
  await world.rotate(world.callers.owner, `keys/${id}`);
  const { code, rotation, principal } = await verdict({ credential });
  const { expiresAt } = principal as { expiresAt: string };
  expect([code, rotation]).toEqual(["VALID", { replacedBy: 2, endsAt: expiresAt }]);
  expect(Math.round((Date.parse(expiresAt) - Date.now()) / 3_600_000)).toBe(24);
});

test("a principal is told by its name or id, and nobody by theirs", async ({ world }) => {
  const { verdict, newToken } = verification(world);
  const { acme } = world.server.seed;
  const { id, value } = await newToken({ name: "Deploy bot" });
  expect((await verdict({ credential: value })).principal).toEqual({
    kind: "access_token",
    id,
    name: "Deploy bot",
    role: "Publisher",
    instance: acme.instanceId,
    organization: expect.stringMatching(/^60-/),
    permissions: expect.arrayContaining(["content:publish"]),
    expiresAt: expect.stringMatching(/Z$/),
  });
  const session = await verdict({ credential: bearerOf(world.callers["API session"]), instance: acme.instanceId });
  expect(session.principal).toMatchObject({ kind: "session", id: acme.people.owner.id, name: acme.people.owner.id });
  expect(JSON.stringify(session)).not.toContain(acme.people.owner.email);
});

test("a batch is answered in its order, a hundred at a time and no more", async ({ world }) => {
  const { ask } = verification(world);
  const questions = Array.from({ length: 100 }, (_, i) => ({
    credential: i % 2 === 0 ? world.target.value : UNKNOWN_VALUE,
  }));
  const { status, body } = await ask(questions);
  const codes = (body.data as unknown as { code: string }[]).map(({ code }) => code);
  expect([status, codes]).toEqual([200, Array.from({ length: 100 }, (_, i) => (i % 2 === 0 ? "VALID" : "NOT_FOUND"))]);
  expect((await ask([...questions, { credential: "x" }])).body).toMatchObject({
    status: 422,
    errors: [{ pointer: "", detail: "holds 100 questions at most" }],
  });
  expect((await ask([])).status).toBe(422);
  expect((await ask([{ credential: "x" }, { credential: 7 }])).body).toMatchObject({
    errors: [{ pointer: "/1/credential" }],
  });
});

test.describe("refuses a question that is no question", () => {
  const WRONG: [what: string, body: unknown, status: number, pointer?: string][] = [
    ["nothing", "", 415],
    ["broken JSON", "{", 400],
    ["no credential", {}, 422, "/credential"],
    ["a permission in no form", { credential: "x", permission: "publish" }, 422, "/permission"],
    ["an instance in no form", { credential: "x", instance: "main" }, 422, "/instance"],
    ["an address in no form", { credential: "x", ip: "10.0.0.0/8" }, 422, "/ip"],
    ["a field it does not have", { credential: "x", organization: "60-1" }, 422, "/organization"],
  ];
  for (const [what, body, status, pointer] of WRONG) {
    test(`${what}: ${status}`, async ({ world }) => {
      const { send, callers } = world;
      const type: Record<string, string> = body === "" ? { "content-type": "text/plain" } : {};
      const reply = await send(callers["full key"], "POST", "/v1/verify", body === "" ? "x" : body, type);
      expect([reply.status, reply.headers.get("content-type")]).toEqual([status, "application/problem+json"]);
      if (pointer) expect(reply.body.errors).toMatchObject([{ pointer }]);
    });
  }
});

test("another organization's credential and one that never was get the same bytes", async ({ world }) => {
  const { ask } = verification(world);
  const told = async (credential: string) => {
    const { text, headers } = await ask({ credential });
    const kept = [...headers].filter(([name]) => !["date", "x-request-id", "content-security-policy"].includes(name));
    return [kept, text.replace(/"timestamp":"[^"]+"/, "")];
  };
  const foreign = await told(world.foreign.value);
  expect(foreign).toEqual(await told(UNKNOWN_VALUE));
  expect(await told(world.foreign.tokenValue)).toEqual(foreign);
  // Its own organization's key does know it.
  const own = await ask({ credential: world.foreign.value }, world.callers["foreign key"]);
  expect(own.body.data).toMatchObject({ valid: true, code: "VALID" });
});

test("an answer may be kept as long as the policy says and the credential lives, a refusal never", async ({
  world,
}) => {
  const { ask, newKey } = verification(world);
  const { owner } = world.callers;
  const setMaxAge = (verificationMaxAgeSeconds: number) =>
    world.done(owner, "PATCH", "/v1/policy", { verificationMaxAgeSeconds });
  await setMaxAge(60);
  const keptFor = async (question: unknown) => {
    const { headers, body } = await ask(question);
    return [headers.get("cache-control"), body.data?.maxAge];
  };
  expect(await keptFor({ credential: world.target.value })).toEqual(["private, max-age=60", 60]);
  expect(await keptFor({ credential: UNKNOWN_VALUE })).toEqual(["no-store", 0]);
  expect((await keptFor([{ credential: world.target.value }, { credential: UNKNOWN_VALUE }]))[0]).toBe("no-store");
  const soon = await newKey({ expiresAt: new Date(Date.now() + 30_000).toISOString() });
  const [header, maxAge] = await keptFor({ credential: soon.value });
  expect(maxAge).toBeLessThanOrEqual(30);
  expect(header).toBe(`private, max-age=${String(maxAge)}`);
  await setMaxAge(0);
  expect(await keptFor({ credential: world.target.value })).toEqual(["no-store", 0]);
});
