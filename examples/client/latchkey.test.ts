import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { admit } from "./admit";
import { createClient } from "./latchkey";

const PRINCIPAL = { kind: "api_key", id: "56-1", name: "Key", organization: "60-1", permissions: [], expiresAt: null };

let asked = 0;
let cacheControl = "no-store";
let principal: object = PRINCIPAL;
const server = createServer((_request, response) => {
  asked += 1;
  response.writeHead(200, { "content-type": "application/json", "cache-control": cacheControl });
  response.end(JSON.stringify({ data: { valid: true, code: "VALID", detail: "It is accepted.", principal } }));
});
beforeEach(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)));
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const clientOf = () =>
  createClient({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, apiKey: "lkk_x" });

describe("an accepted answer", () => {
  it.each([
    ["private, max-age=60", null, 1],
    ["private, max-age=60", "2999-01-01T00:00:00.000Z", 1],
    ["no-store", null, 3],
    ["no-store, max-age=60", null, 3],
    ["max-age=60, no-cache", null, 3],
    ["s-maxage=60, x-max-age=60", null, 3],
    ["private, max-age=60", "soon", 3],
    [`private, max-age=${"9".repeat(400)}`, null, 3],
  ])("with %s that ends %s is asked for %i times of three", async (header, expiresAt, times) => {
    [asked, cacheControl, principal] = [0, header, { ...PRINCIPAL, expiresAt }];
    const client = clientOf();
    for (let turn = 0; turn < 3; turn++) expect((await client.verifyCredential("lkk_y")).valid).toBe(true);
    expect(asked).toBe(times);
  });
});

it.each([
  ["apikey", "api_key", undefined],
  ["bearer", "access_token", undefined],
  ["Bearer", "session", undefined],
  ["Bearer", "api_key", 401],
  ["apikey", "access_token", 401],
  ["apikey", "login_token", 401],
])("what is sent as %s and is of kind %s is refused with %s", async (scheme, kind, status) => {
  principal = { ...PRINCIPAL, kind };
  const { refusal } = await admit(clientOf(), `${scheme} value`, {});
  expect(refusal?.status).toBe(status);
});
