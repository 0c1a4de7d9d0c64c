import { beforeAll, describe, expect, test } from "vitest";
import { listEvents } from "@/lib/audit/queries";
import { ListEvents } from "@/lib/audit/schema";
import { createInstance } from "@/lib/instances/commands";
import type { Ctx } from "@/lib/kernel/ctx";
import { updateKey } from "@/lib/keys/commands";
import { newKey } from "@/lib/testing/app";
import { newLoginClient } from "@/lib/testing/login";
import { ctxOfKey, ctxOfToken, foundOrganization, textOf, type TestOrganization } from "@/lib/testing/organization";
import * as testing from "@/lib/testing/report";
import { newToken } from "@/lib/testing/token";
import { revokeToken } from "@/lib/tokens/commands";
import type { Receipt } from "./schema";

const SECRET = `lkt_${"aZ9".repeat(14)}`;
let acme: TestOrganization;
let service: Ctx;
let token: { tokenId: string; token: string };

beforeAll(async () => {
  acme = await foundOrganization();
  service = await ctxOfKey((await newKey(acme)).key);
  token = await newToken(acme, { name: "Billing export" });
});

const refund = (over: object = {}) => testing.refund({ credential: token.token, ...over });
const report = (body: unknown, by = service) => testing.report(by, body);
const errorsOf = (body: unknown, by = service) => testing.refusalOf(acme, by, body);

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
      seq: null,
      occurredAt: "2026-11-20T09:00:00.123456Z",
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

test("a token reports for its own instance alone", async () => {
  const local = await ctxOfToken((await newToken(acme, { role: "Owner" })).token);
  expect(await report(refund({ action: "api.local" }), local)).toMatchObject({ status: "stored" });
  expect((await testing.reportedOn(acme)).at(-1)).toMatchObject({ instanceId: acme.instanceId });
  const { ZUID } = await createInstance(acme.owner, { name: "Second" });
  expect(await errorsOf(refund({ instance: ZUID }), local)).toEqual([
    { pointer: "/instance", detail: "is not the instance of the access token that reports" },
  ]);
});
