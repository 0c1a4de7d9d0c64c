import { describe, expect, test } from "vitest";
import { type Action, ACTIONS, REPORTED_ACTION, type ReportedAction } from "@/lib/kernel/actions";
import type { EventRecord } from "./schema";
import { sentenceOf } from "./sentence";

const event = (action: Action | ReportedAction, more: Partial<EventRecord> = {}): EventRecord => ({
  ZUID: "15-19a00000000-bcdfghjk",
  seq: 0,
  occurredAt: "2026-11-21T14:11:31.804Z",
  actor: { type: "user", ZUID: "5-19a00000000-bcdfghjk", name: "Dana Okafor" },
  action,
  verb: 2,
  target: { type: "api_key", ZUID: "56-19a00000000-bcdfghjk", name: "Production" },
  appZUID: null,
  instanceZUID: null,
  outcome: "allowed",
  reason: null,
  requestId: "req_1",
  ip: "192.0.2.1",
  userAgent: "test",
  before: null,
  after: null,
  externalId: null,
  reportedBy: null,
  ...more,
});

const target = (type: string, name: string) => ({ target: { type, ZUID: null, name } });
const bot = { actor: { type: "api_key", ZUID: "56-1", name: "Deploy bot" } } as const;

describe("an event in plain words", () => {
  test.each([
    [event("key.rotated"), "Dana Okafor rotated the key Production"],
    [event("key.rotation_rolled_back"), "Dana Okafor rolled back the rotation of the key Production"],
    [event("key.revoked", { outcome: "denied" }), "Dana Okafor was refused to revoke the key Production"],
    [
      event("key.rotated", { outcome: "denied", ...target("api_key", "key") }),
      "Dana Okafor was refused to rotate a key",
    ],
    [event("app.deleted", { outcome: "denied", ...target("app", "app") }), "Dana Okafor was refused to delete an app"],
    [event("key.revoked", { outcome: "failed" }), "Dana Okafor failed to revoke the key Production"],
    [event("app.secret_rotated", target("app", "POS")), "Dana Okafor replaced the secret of the app POS"],
    [
      event("access.refused", {
        ...bot,
        ...target("resource", "keys"),
        outcome: "denied",
        after: { permission: "keys:read" },
      }),
      "Deploy bot was refused to read keys",
    ],
    [
      event("api.orders.refund", { ...bot, ...target("sales_order", "No. 7") }),
      "Deploy bot did api.orders.refund on the sales order No. 7",
    ],
    [
      event("api.orders.refund", { ...bot, ...target("order", "No. 7"), outcome: "denied" }),
      "Deploy bot was refused to do api.orders.refund on the order No. 7",
    ],
    [event("trail.verified", { after: { result: "verified" } }), "Dana Okafor verified the trail"],
    [
      event("trail.verified", { after: { result: "failed", bundle: true } }),
      "Dana Okafor verified a bundle of the trail, which failed",
    ],
    [event("session.started"), "Dana Okafor signed in"],
    [
      event("invite.sent", { ...target("invite", "lena@example.com"), after: { role: "Publisher" } }),
      "Dana Okafor invited lena@example.com as Publisher",
    ],
    [
      event("invite.accepted", {
        ...target("invite", "lena@example.com"),
        actor: { type: "system", ZUID: null, name: "Latchkey" },
        after: { role: "Publisher" },
      }),
      "lena@example.com accepted the invitation: Publisher",
    ],
    [
      event("invite.accepted", { ...target("invite", "dana@example.com"), after: { role: "Publisher" } }),
      "Dana Okafor accepted the invitation of dana@example.com: Publisher",
    ],
    [
      event("key.revoked", { ...bot, target: { type: "api_key", ZUID: "56-1", name: "Deploy bot" } }),
      "Deploy bot revoked itself",
    ],
    [
      event("invite.canceled", { ...target("invite", "lena@example.com"), after: { role: "Publisher" } }),
      "Dana Okafor canceled the invitation of lena@example.com: Publisher",
    ],
    [
      event("invite.canceled", { ...target("invite", "invite"), outcome: "denied" }),
      "Dana Okafor was refused to cancel an invitation",
    ],
    [
      event("user.joined", { ...target("user", "Lena Fischer"), after: { role: "Publisher" } }),
      "Lena Fischer joined as Publisher by invitation",
    ],
    [
      event("user.reset_mailed", target("user", "Lena Fischer")),
      "A link to choose a new password was mailed to Lena Fischer",
    ],
    [
      event("user.password_reset", target("user", "Lena Fischer")),
      "Lena Fischer chose a new password by a mailed link",
    ],
    [
      event("session.ended", { ...target("session", "Dana Okafor"), after: { reason: "signed out" } }),
      "Dana Okafor signed out",
    ],
    [
      event("session.ended", { ...target("session", "Dana Okafor"), after: { reason: "the password was changed" } }),
      "A session of Dana Okafor ended: the password was changed",
    ],
    [
      event("session.ended", { ...target("session", "Omar Haddad"), after: { reason: "ended by somebody else" } }),
      "Dana Okafor ended a session of Omar Haddad",
    ],
    [event("login.failed", { outcome: "failed", ...target("user", "Dana Okafor") }), "A sign-in as Dana Okafor failed"],
    [
      event("login.failed", { outcome: "failed", ...target("user", "unknown account") }),
      "A sign-in to an unknown account failed",
    ],
    [
      event("organization.set_up", { ...target("organization", "Acme"), after: { owner: "Dana Okafor" } }),
      "Acme was set up with Dana Okafor as its owner",
    ],
  ])("%#: $action $outcome", (given, sentence) => {
    expect(sentenceOf(given)).toBe(sentence);
  });

  test.each(Object.keys(ACTIONS) as Action[])("%s says something for every outcome", (action) => {
    for (const outcome of ["allowed", "denied", "failed"] as const) {
      expect(sentenceOf(event(action, { outcome }))).toMatch(/^\S.*\S$/);
    }
  });
});

test("no action of ours could be taken for one that an API reports", () => {
  expect(Object.keys(ACTIONS).filter((action) => /^api\b/.test(action) || REPORTED_ACTION.test(action))).toEqual([]);
});
