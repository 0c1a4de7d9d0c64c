import { beforeAll, describe, expect, test } from "vitest";
import type { Ctx } from "@/lib/kernel/ctx";
import { newApp, newKey } from "@/lib/testing/app";
import { newLoginClient } from "@/lib/testing/login";
import { codeOf, ctxOfKey, ctxOfToken, foundOrganization, type TestOrganization } from "@/lib/testing/organization";
import * as testing from "@/lib/testing/report";
import { newToken } from "@/lib/testing/token";

const SECRET = `lkt_${"aZ9".repeat(14)}`;
let acme: TestOrganization;
let globex: TestOrganization;
let service: Ctx;
let token: { tokenId: string; token: string };

beforeAll(async () => {
  acme = await foundOrganization();
  globex = await foundOrganization();
  service = await ctxOfKey((await newKey(acme)).key);
  token = await newToken(acme, { name: "Billing export" });
});

const refund = (over: object = {}) => testing.refund({ credential: token.token, ...over });
const report = (body: unknown, by = service) => testing.report(by, body);
const errorsOf = (body: unknown, by = service) => testing.refusalOf(acme, by, body);

const NUMBERS = "takes the number 0 and those from 0.000001 to 1000000000000000, with either sign: send others as text";

describe("nothing is stored", () => {
  test.each([
    ["/action", "must be a name such as api.orders.refunded", { action: "key.revoked" }],
    ["/action", "must be a name such as api.orders.refunded", { action: "api" }],
    ["/verb", "must be a number from 1 to 5", { verb: 6 }],
    ["/outcome", "must be allowed, denied or failed", { outcome: "maybe" }],
    ["/actor", "is not a field of this request", { actor: "me" }],
    ["/credential", "is no API key, access token or login of this organization", { credential: "letmein" }],
    ["/credential", "is no API key, access token or login of this organization", { credential: SECRET }],
    ["/instance", "is no instance of this organization", { instance: "8-19a00000000-bcdfghjk" }],
    ["/occurredAt", "lies in the future", { occurredAt: "2999-01-01T00:00:00Z" }],
    ["/occurredAt", "lies before 1970", { occurredAt: "0001-01-01T00:00:00Z" }],
    ["/ip", "must be an IP address", { ip: "203.0.113.500" }],
    ["/details", "may be 5 levels deep, of text without control characters", { details: { text: "a\0b" } }],
    ["/details", NUMBERS, { details: { amounts: [1, 9e307] } }],
    ["/details", NUMBERS, { details: { amount: -1.1e15 } }],
    ["/details", NUMBERS, { details: { amount: 9e-7 } }],
    ["/details", "takes at most 4096 characters of JSON", { details: { text: "x".repeat(5000) } }],
  ])("of a batch with an event whose %s %s, and the answer says which", async (pointer, detail, over) => {
    expect(await errorsOf([refund(), refund(over), refund()])).toEqual([{ pointer: `/1${pointer}`, detail }]);
    expect((await errorsOf(refund(over)))?.[0]?.pointer).toBe(pointer);
  });

  test("of details without a bottom", async () => {
    const deep = JSON.parse(`${'{"a":'.repeat(50_000)}1${"}".repeat(50_000)}`) as unknown;
    expect((await errorsOf(refund({ details: deep })))?.[0]?.pointer).toBe("/details");
  });

  test("of an empty batch or one of more than a thousand", async () => {
    expect(await errorsOf([])).toEqual([{ pointer: "", detail: "must hold an event" }]);
    const many = Array.from({ length: 1001 }, () => refund());
    expect(await errorsOf(many)).toEqual([{ pointer: "", detail: "holds 1000 events at most" }]);
  });

  test("when an id that was used is sent with another event", async () => {
    await report(refund({ id: "fixed", details: { b: 1, a: 2 } }));
    expect(await report(refund({ id: "fixed", details: { a: 2, b: 1 } }))).toMatchObject({ status: "repeated" });
    const changed = [refund(), refund({ id: "fixed", outcome: "denied", details: { b: 1, a: 2 } })];
    expect(await errorsOf(changed)).toEqual([{ pointer: "/1/id", detail: "was reported before, of another event" }]);
  });

  test("about another organization's credential or instance", async () => {
    const foreign = await newToken(globex);
    for (const credential of [foreign.token, foreign.tokenId]) {
      expect(await errorsOf(refund({ credential }))).toMatchObject([{ pointer: "/credential" }]);
    }
    expect(await errorsOf(refund({ instance: globex.instanceId }))).toMatchObject([{ pointer: "/instance" }]);
  });

  test("by a token without the permission, which is named: no session would help", async () => {
    const publisher = await ctxOfToken((await newToken(acme)).token);
    await expect(report(refund(), publisher)).rejects.toThrow(
      "This credential does not include audit:create, which this needs: its app or role can allow it.",
    );
  });

  test("by a person, a login, or a key or token without the permission: each is on the trail as refused", async () => {
    const restricted = await newApp(acme, { mode: "restricted", permissions: ["content:read"] });
    const poor = await ctxOfKey((await newKey(acme, { appId: restricted })).key);
    const publisher = await ctxOfToken((await newToken(acme)).token);
    const { logIn } = await newLoginClient(acme, {}, "Owner");
    const login = await ctxOfToken(String((await logIn()).credentials.access_token));
    for (const by of [acme.owner, poor, publisher, login]) {
      expect(await codeOf(report(refund({ action: "api.forged" }), by))).toBe("forbidden");
      expect((await acme.events()).at(-1)).toMatchObject({ outcome: "denied", actorId: by.principal.id });
    }
    expect((await testing.reportedOn(acme)).filter(({ action }) => action === "api.forged")).toEqual([]);
  });
});
