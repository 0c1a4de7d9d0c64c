import { beforeAll, describe, expect, test } from "vitest";
import { db } from "@/lib/kernel/db";
import { codeOf, ctxOfToken, foundOrganization, ORIGIN, type TestOrganization } from "@/lib/testing/organization";
import { newLoginClient } from "@/lib/testing/login";
import { refreshGrant } from "./refresh";
import type { LoginTokens } from "./schema";

let acme: TestOrganization;
beforeAll(async () => {
  acme = await foundOrganization();
});

const refresh = ({ credentials }: LoginTokens) =>
  refreshGrant(ORIGIN, { grant_type: "refresh_token", refresh_token: credentials.refresh_token });
const access = ({ credentials }: LoginTokens) => codeOf(ctxOfToken(credentials.access_token));
const use = ({ credentials }: LoginTokens) => ctxOfToken(credentials.access_token);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const isOver = "credential_revoked";

/** Moves the refreshes of a login into the past. */
const age = (id: string, seconds: number) =>
  db()
    .$executeRaw`update login_pair set refreshed_at = refreshed_at - ${seconds} * interval '1 second' where grant_id = ${id}`;

describe("a refresh", () => {
  test("answers with a new pair and ends the old one, both halves", async () => {
    const { logIn } = await newLoginClient(acme);
    const first = await logIn();
    await use(first);
    const second = await refresh(first);
    expect(second.credentials.token_id).toBe(first.credentials.token_id);
    await use(second);
    expect(await access(first)).toBe(isOver);
    expect(await codeOf(refresh(first))).toBe("login_refused");
  });

  test("with a token used up before ends the whole login, and the trail calls it a replay", async () => {
    const { logIn } = await newLoginClient(acme);
    const first = await logIn();
    const second = await refresh(first);
    await use(second);
    expect(await codeOf(refresh(first))).toBe("login_refused");
    expect([await access(second), await codeOf(refresh(second))]).toEqual([isOver, "login_refused"]);
    const events = (await acme.events()).filter(({ targetId }) => targetId === first.credentials.token_id);
    expect(events.map(({ action, outcome }) => `${action} ${outcome}`)).toEqual([
      "login.granted allowed",
      "login.refreshed allowed",
      "login.replayed denied",
      "login.revoked allowed",
    ]);
  });

  test("whose answer was lost may be repeated once within ten seconds: the unused pair gives way to a fresh one", async () => {
    const { logIn } = await newLoginClient(acme);
    const first = await logIn();
    const lost = await refresh(first);
    const again = await refresh(first);
    expect([await access(lost), await access(again)]).toEqual([isOver, "none"]);
    expect(await codeOf(refresh(first))).toBe("login_refused");
    expect(await access(again)).toBe(isOver);
  });

  test("is a replay after ten seconds, also when nobody has used the answer", async () => {
    const { logIn } = await newLoginClient(acme);
    const first = await logIn();
    const second = await refresh(first);
    await age(first.credentials.token_id, 11);
    expect(await codeOf(refresh(first))).toBe("login_refused");
    expect(await access(second)).toBe(isOver);
  });

  test("by fifty at once leaves one live pair", async () => {
    const { logIn } = await newLoginClient(acme);
    const first = await logIn();
    const outcomes = await Promise.allSettled(Array.from({ length: 50 }, () => refresh(first)));
    const pairs = outcomes.flatMap((outcome) => (outcome.status === "fulfilled" ? [outcome.value] : []));
    const codes = await Promise.all(pairs.map(access));
    expect(codes.filter((code) => code === "none")).toHaveLength(1);
    expect(pairs.length).toBeLessThanOrEqual(2);
  });

  test("never outlives the login's own end", async () => {
    const { logIn } = await newLoginClient(acme);
    const first = await logIn();
    const id = first.credentials.token_id;
    const expiresAt = new Date(Date.now() + HOUR);
    await db().loginGrant.update({ where: { id }, data: { expiresAt } });
    const second = await refresh(first);
    const { access_token_expiry, refresh_token_expiry } = second.credentials;
    expect([access_token_expiry, refresh_token_expiry]).toEqual([expiresAt.toISOString(), expiresAt.toISOString()]);
    await db().loginGrant.update({ where: { id }, data: { expiresAt: new Date(Date.now() - 1000) } });
    expect([await access(second), await codeOf(refresh(second))]).toEqual(["credential_expired", "login_refused"]);
  });

  test("takes a refresh token and nothing else, for as long as it lives", async () => {
    const { logIn } = await newLoginClient(acme);
    const tokens = await logIn();
    const { credentials } = tokens;
    for (const refresh_token of [credentials.access_token, "nonsense", "", `lkr_${"a".repeat(42)}`]) {
      expect(await codeOf(refreshGrant(ORIGIN, { grant_type: "refresh_token", refresh_token }))).toBe("login_refused");
    }
    expect(await codeOf(ctxOfToken(credentials.refresh_token))).toBe("credential_malformed");
    await db().loginPair.updateMany({
      where: { grantId: credentials.token_id },
      data: { refreshExpiresAt: new Date(Date.now() - 1000), accessExpiresAt: new Date(Date.now() - DAY) },
    });
    expect([await access(tokens), await codeOf(refresh(tokens))]).toEqual(["credential_expired", "login_refused"]);
  });
});
