import { verification } from "./verification";
import { expect, test } from "./world";

const UNKNOWN_VALUE = "lkk_NobodyEverGotThisKey0123456789abcdef2Vs7ck";

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

test("a batch counts each of its questions against the rate of who asks", async ({ world }) => {
  const { newKey, ask } = verification(world);
  const { value } = await newKey({ rateLimit: { requests: 10, seconds: 3600 } });
  const caller = { authorization: `apikey ${value}` };
  const batch = (size: number) =>
    ask(
      Array.from({ length: size }, () => ({ credential: UNKNOWN_VALUE })),
      caller,
    );
  const first = await batch(9);
  expect([first.status, first.headers.get("ratelimit-remaining")]).toEqual([200, "1"]);
  expect(await batch(2)).toMatchObject({
    status: 429,
    body: { detail: "This API key may make 10 requests per 3600 seconds." },
  });
});
