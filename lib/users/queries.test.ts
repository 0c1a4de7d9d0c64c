import { beforeAll, expect, test } from "vitest";
import { db } from "@/lib/kernel/db";
import { newKey } from "@/lib/testing/app";
import { codeOf, ctxOfKey, foundOrganization, type TestOrganization } from "@/lib/testing/organization";
import { idOfPerson } from "@/lib/testing/roles";
import { getUser, listUsers } from "@/lib/users/queries";
import { ListUsers } from "@/lib/users/schema";

let acme: TestOrganization;
let globex: TestOrganization;
let dana: string;
beforeAll(async () => {
  acme = await foundOrganization();
  globex = await foundOrganization();
  dana = idOfPerson(await acme.as("Developer"));
  const data = { firstName: "Dana", lastName: "Okafor", email: `dana_${acme.id}@example.com`, passwordHash: "a hash" };
  await db().user.update({ where: { id: dana }, data });
});

const found = async (q: string) =>
  (await listUsers(acme.owner, ListUsers.parse({ q }))).rows.map(({ firstName }) => firstName);

test("a person is shown without a trace of the password", async () => {
  const record = await getUser(acme.owner, dana);
  expect(record).toEqual({
    ZUID: dana,
    firstName: "Dana",
    lastName: "Okafor",
    email: `dana_${acme.id}@example.com`,
    kind: "employee",
    status: "active",
    hasSecondFactor: false,
    lastLogin: null,
    createdAt: record.createdAt,
    updatedAt: record.updatedAt,
  });
});

test("people are found by every word of a name, by e-mail and by id, and signs stand for themselves", async () => {
  expect(await found("okafor DANA")).toEqual(["Dana"]);
  expect(await found("dana_")).toEqual(["Dana"]);
  expect(await found(dana)).toEqual(["Dana"]);
  for (const q of ["dana nobody", "%", "d_na"]) expect(await found(q)).toEqual([]);
});

test("people are listed by state, sorted either way", async () => {
  await db().user.update({ where: { id: idOfPerson(await acme.as("SEO")) }, data: { status: "deactivated" } });
  const gone = await listUsers(acme.owner, ListUsers.parse({ status: "deactivated" }));
  expect([gone.rows.map(({ firstName }) => firstName), gone.total]).toEqual([["SEO"], 1]);
  for (const sort of ["name", "email", "createdAt"] as const) {
    const up = await listUsers(acme.owner, ListUsers.parse({ sort }));
    const down = await listUsers(acme.owner, ListUsers.parse({ sort, dir: "desc" }));
    expect(down.rows.map(({ ZUID }) => ZUID)).toEqual(up.rows.map(({ ZUID }) => ZUID).reverse());
  }
});

test("a list has the organization's people and no others", async () => {
  const { rows, total } = await listUsers(globex.owner, ListUsers.parse({}));
  expect([rows.map(({ ZUID }) => ZUID), total]).toEqual([[idOfPerson(globex.owner)], 1]);
  expect(await codeOf(getUser(globex.owner, dana))).toBe("not_found");
  expect(await codeOf(getUser(globex.owner, "5-19d41b7f2a0-zzzzzzzz"))).toBe("not_found");
});

test("everybody sees themselves; others are seen with the permission, and a refusal is recorded", async () => {
  const publisher = await acme.as("Publisher");
  const local = await acme.as("Owner", acme.instanceId);
  for (const ctx of [publisher, local]) {
    expect(await codeOf(getUser(ctx, idOfPerson(ctx)))).toBe("none");
    expect(await codeOf(getUser(ctx, dana))).toBe("forbidden");
    expect(await codeOf(listUsers(ctx, ListUsers.parse({})))).toBe("forbidden");
    expect((await acme.events()).at(-1)).toMatchObject({ action: "access.refused", actorId: ctx.principal.id });
  }
  const readers = [await acme.as("Auditor"), await acme.as("Access Admin"), await ctxOfKey((await newKey(acme)).key)];
  for (const ctx of readers) expect(await codeOf(getUser(ctx, dana))).toBe("none");
});
