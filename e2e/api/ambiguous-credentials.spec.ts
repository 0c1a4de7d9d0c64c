import { expectProblem, raw, request } from "./raw-http";
import { expect, type Reply, test } from "./world";

function expectAmbiguous(reply: Reply, detail: string) {
  expect(reply.body).toMatchObject({ status: 400, code: "ambiguous_credentials", detail });
  expect([reply.status, reply.headers.get("www-authenticate")]).toEqual([400, null]);
}

test("two Authorization headers are refused, the right one first or last", async ({ world }) => {
  const { port } = world.server;
  const right = `Authorization: apikey ${world.target.value}`;
  for (const headers of [
    [right, "Authorization: apikey wrong"],
    ["authorization: apikey wrong", right],
    [right, right],
  ])
    expectProblem(await raw(port, request(port, "GET /v1/token", ...headers)), 400, "ambiguous_credentials");
});

test("two credentials in one header, or none in it, are refused", async ({ world }) => {
  const { value } = world.target;
  const detail = "Send one credential: `Authorization: apikey <key>` or `Authorization: bearer <token>`.";
  for (const authorization of [`apikey ${value}, bearer x`, `apikey ${value} ${value}`, "apikey", "", value])
    for (const headers of [{}, world.callers.owner])
      expectAmbiguous(await world.send({ ...headers, authorization }, "GET", "/v1/token"), detail);
});

test("a credential in the address is refused by its name and by its form, also beside a right one", async ({
  world,
}) => {
  const { value } = world.target;
  const detail = "A credential never goes into the query string; send it in the Authorization header.";
  for (const query of [
    `apikey=${value}`,
    "api_key=x",
    "access_token=x",
    "TOKEN=x",
    "authorization=x",
    `q=${value}`,
    `q=x${encodeURIComponent(`\n${value}`)}`,
  ])
    for (const caller of [{}, world.apiKey(value), world.callers.owner])
      expectAmbiguous(await world.send(caller, "GET", `/v1/apps?${query}`), detail);
});
