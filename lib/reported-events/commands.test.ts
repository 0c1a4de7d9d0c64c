import { beforeAll, describe, expect, test } from "vitest";
import { listEvents } from "@/lib/audit/queries";
import { ListEvents } from "@/lib/audit/schema";
import { parse } from "@/lib/http/request";
import { createInstance } from "@/lib/instances/commands";
import type { Ctx } from "@/lib/kernel/ctx";
import { updateKey } from "@/lib/keys/commands";
import { newApp, newKey } from "@/lib/testing/app";
import { newLoginClient } from "@/lib/testing/login";
import {
  codeOf,
  ctxOfKey,
  ctxOfToken,
  foundOrganization,
  textOf,
  type TestOrganization,
} from "@/lib/testing/organization";
import { newToken } from "@/lib/testing/token";
import { revokeToken } from "@/lib/tokens/commands";
import { reportEvents } from "./commands";
import { type Receipt, ReportEvents } from "./schema";

let acme: TestOrganization;
let globex: TestOrganization;
let service: Ctx;
let token: { tokenId: string; token: string };
const SECRET = `lkt_${"aZ9".repeat(14)}`;

beforeAll(async () => {
  acme = await foundOrganization();
  globex = await foundOrganization();
  service = await ctxOfKey((await newKey(acme)).key);
  token = await newToken(acme, { name: "Billing export" });
});

const refund = (over: object = {}) => ({
  credential: token.token,
  action: "api.orders.refunded",
  verb: 2,
  target: { type: "order", id: "4711", name: "Order 4711" },
  outcome: "allowed",
  ...over,
});
const report = (body: unknown, by = service) => reportEvents(by, parse(ReportEvents, body, "body"));
const reported = async (organization = acme) =>
  (await organization.events()).filter(({ reportedBy }) => reportedBy !== null);
const errorsOf = async (body: unknown, by = service) => {
  const before = (await reported()).length;
  const thrown = await Promise.resolve()
    .then(() => report(body, by))
    .catch((error: unknown) => error);
  expect(await reported()).toHaveLength(before);
  return (thrown as { details?: { errors?: { pointer: string; detail: string }[] } }).details?.errors;
};

describe("a reported event", () => {
  test("stands under the name of the credential that did it, and names no person", async () => {
    const details = { amount: 12.5, lines: [{ sku: "A" }] };
    const receipt = (await report(
      refund({
        id: "evt_1",
        occurredAt: "2026-11-20T10:00:00.123456+01:00",
        ip: "203.0.113.5",
        requestId: "r-1",
        details,
      }),
    )) as Receipt;
    expect(receipt).toMatchObject({ id: "evt_1", status: "stored" });
    const [event] = (await listEvents(acme.owner, ListEvents.parse({ action: "api.orders.refunded" }))).rows;
    expect(event).toEqual({
      ZUID: receipt.ZUID,
      occurredAt: "2026-11-20T09:00:00.123Z",
      actor: { type: "access_token", ZUID: token.tokenId, name: "Billing export" },
      action: "api.orders.refunded",
      verb: 2,
      target: { type: "order", ZUID: "4711", name: "Order 4711" },
      appZUID: null,
      instanceZUID: acme.instanceId,
      outcome: "allowed",
      reason: null,
      requestId: "r-1",
      ip: "203.0.113.5",
      userAgent: "",
      before: null,
      after: details,
      externalId: "evt_1",
      reportedBy: service.principal.id,
    });
    expect(textOf(event)).not.toContain("Olivia");
  });

  test("names a key, a token or a login by its value or by its id, ended or not", async () => {
    const { appId, keyId, key } = await newKey(acme, { name: "POS" });
    await updateKey(acme.owner, keyId, { enabled: false });
    const gone = await newToken(acme, { name: "Gone" });
    await revokeToken(acme.owner, gone.tokenId, {});
    const { input, logIn, appId: loginApp } = await newLoginClient(acme);
    const login = await logIn();
    const value = String(login.credentials.access_token);
    const credentials = [key, keyId, gone.token, gone.tokenId, value];
    await report(credentials.map((credential) => refund({ credential, action: "api.seen" })));
    const seen = (await acme.events()).filter(({ action }) => action === "api.seen");
    expect(seen.map(({ actorType, actorName, appId: app }) => [actorType, actorName, app])).toEqual([
      ["api_key", "POS", appId],
      ["api_key", "POS", appId],
      ["access_token", "Gone", null],
      ["access_token", "Gone", null],
      ["login_token", expect.stringMatching(/^Login app/), loginApp],
    ]);
    expect(textOf(seen)).not.toContain(input.user_name);
  });

  test("is stored once however often it is reported, in turns and side by side", async () => {
    const batch = Array.from({ length: 40 }, (_, n) => refund({ id: `once-${n}`, action: "api.once" }));
    const [first, ...others] = (await Promise.all([report(batch), report(batch), report(batch)])) as Receipt[][];
    const again = (await report([...batch, refund({ id: "once-new", action: "api.once" })])) as Receipt[];
    const ids = first?.map(({ ZUID }) => ZUID);
    for (const receipts of [...others, again.slice(0, 40)]) expect(receipts.map(({ ZUID }) => ZUID)).toEqual(ids);
    expect(again.map(({ status }) => status)).toEqual([...Array<string>(40).fill("repeated"), "stored"]);
    expect((await acme.events()).filter(({ action }) => action === "api.once")).toHaveLength(41);
  });

  test("may come twice in one batch, and another reporter's ids are its own", async () => {
    const other = await ctxOfKey((await newKey(acme)).key);
    const twice = (await report([refund({ id: "twice" }), refund({ id: "twice" })])) as Receipt[];
    expect(twice.map(({ status }) => status)).toEqual(["stored", "repeated"]);
    expect(twice[0]?.ZUID).toBe(twice[1]?.ZUID);
    expect(await report(refund({ id: "twice" }), other)).toMatchObject({ status: "stored" });
  });

  test("keeps no credential that its reporter wrote into it", async () => {
    await report(
      refund({
        action: "api.leaky",
        target: { type: "link", id: `a${SECRET}`, name: `see ?token%3D${SECRET}` },
        userAgent: `curl ${SECRET}`,
        details: { [SECRET]: [`x${SECRET}`, { deep: token.token }] },
      }),
    );
    const [event] = (await acme.events()).filter(({ action }) => action === "api.leaky");
    expect(event).toMatchObject({
      targetName: "see ?token%3D[secret]",
      after: { "[secret]": ["x[secret]", { deep: "[secret]" }] },
    });
    expect(textOf(await acme.events())).not.toMatch(/aZ9aZ9/);
    expect(await errorsOf(refund({ id: SECRET }))).toMatchObject([{ pointer: "/id" }]);
    expect(await errorsOf(refund({ requestId: `r${SECRET}` }))).toMatchObject([{ pointer: "/requestId" }]);
  });
});

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
    expect((await reported()).filter(({ action }) => action === "api.forged")).toEqual([]);
  });
});

test("a token reports for its own instance alone", async () => {
  const local = await ctxOfToken((await newToken(acme, { role: "Owner" })).token);
  expect(await report(refund({ action: "api.local" }), local)).toMatchObject({ status: "stored" });
  expect((await reported()).at(-1)).toMatchObject({ instanceId: acme.instanceId });
  const { ZUID } = await createInstance(acme.owner, { name: "Second" });
  expect(await errorsOf(refund({ instance: ZUID }), local)).toEqual([
    { pointer: "/instance", detail: "is not the instance of the access token that reports" },
  ]);
});
