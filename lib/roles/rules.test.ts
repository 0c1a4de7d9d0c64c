import { beforeAll, describe, expect, test } from "vitest";
import type { Ctx } from "@/lib/kernel/ctx";
import { db } from "@/lib/kernel/db";
import type { AppError } from "@/lib/kernel/errors";
import { getRole, getRule, listRules } from "@/lib/roles/queries";
import { addRule, deleteRule, replaceRules } from "@/lib/roles/rules";
import { ReplaceRules, RuleInput } from "@/lib/roles/schema";
import { newKey } from "@/lib/testing/app";
import { codeOf, ctxOfKey, foundOrganization, type TestOrganization } from "@/lib/testing/organization";
import { baseRole, newRole } from "@/lib/testing/roles";

let acme: TestOrganization;
let globex: TestOrganization;
beforeAll(async () => {
  acme = await foundOrganization();
  globex = await foundOrganization();
});

const PAGE = "7-19d41b7f2a0-bcdfghjk";
const rule = (resourceZUID: string, verbs: object = { read: true }) => RuleInput.parse({ resourceZUID, ...verbs });
const rulesOf = (roleId: string) =>
  db().roleRule.findMany({ where: { roleId }, orderBy: { id: "asc" }, omit: { updatedAt: true } });
const lastEvent = async () => (await acme.events()).at(-1);

test("a rule is added, read back under its resource and on its role, and taken away, each with one event", async () => {
  const { ZUID } = await newRole(acme, "Publisher");
  const added = await addRule(acme.owner, ZUID, rule("schema", { read: true, delete: false }));
  expect(added).toMatchObject({
    roleZUID: ZUID,
    resourceZUID: "schema",
    create: null,
    read: true,
    update: null,
    delete: false,
    publish: null,
  });
  expect(await lastEvent()).toMatchObject({
    action: "role.rules_changed",
    targetId: ZUID,
    before: { rules: [] },
    after: { rules: [{ resource: "schema", create: null, read: true, update: null, delete: false, publish: null }] },
  });
  expect(await getRule(acme.owner, ZUID, "schema")).toEqual(added);
  expect(await getRole(acme.owner, ZUID)).toMatchObject({ granularRoleZUID: added.ZUID, granularRoles: [added] });
  expect(await codeOf(addRule(acme.owner, ZUID, rule("schema")))).toBe("conflict");
  expect(await deleteRule(acme.owner, ZUID, "schema")).toEqual(added);
  expect(await codeOf(deleteRule(acme.owner, ZUID, "schema"))).toBe("not_found");
  expect(await codeOf(getRule(acme.owner, ZUID, "schema"))).toBe("not_found");
  expect((await listRules(acme.owner, ZUID)).rows).toEqual([]);
});

test("replacing leaves the given rules and no others", async () => {
  const { ZUID } = await newRole(acme, "Publisher");
  await addRule(acme.owner, ZUID, rule("schema"));
  await replaceRules(acme.owner, ZUID, [rule(acme.instanceId, { publish: false }), rule(PAGE), rule("users")]);
  const { rows } = await listRules(acme.owner, ZUID);
  expect(rows.map(({ resourceZUID }) => resourceZUID).sort()).toEqual([acme.instanceId, PAGE, "users"].sort());
  await replaceRules(acme.owner, ZUID, []);
  expect(await rulesOf(ZUID)).toEqual([]);
});

test("an instance that a rule names is the organization's own", async () => {
  const { ZUID } = await newRole(acme, "Publisher");
  for (const instance of [globex.instanceId, "8-19d41b7f2a0-zzzzzzzz"]) {
    const one = await addRule(acme.owner, ZUID, rule(instance)).catch((error: AppError) => error);
    expect(one).toMatchObject({ code: "invalid_input", details: { errors: [{ pointer: "/resourceZUID" }] } });
    const many = await replaceRules(acme.owner, ZUID, [rule(PAGE), rule(instance)]).catch((error: AppError) => error);
    expect(many).toMatchObject({ code: "invalid_input", details: { errors: [{ pointer: "/1/resourceZUID" }] } });
  }
  expect(await rulesOf(ZUID)).toEqual([]);
});

test("a rule counts for what the role was and for what it becomes", async () => {
  const admin = await acme.as("Admin");
  const { ZUID: low } = await newRole(acme, "Publisher");
  const { ZUID: high } = await newRole(acme, "Publisher");
  const beyond = rule("users", { delete: true });
  await addRule(acme.owner, high, beyond);
  expect(await codeOf(addRule(admin, low, beyond))).toBe("forbidden");
  const accessAdmin = await acme.as("Access Admin");
  const { ZUID: readers } = await newRole(acme, "Access Admin");
  expect(await codeOf(addRule(accessAdmin, readers, rule(PAGE, { delete: true })))).toBe("forbidden");
  expect(await codeOf(addRule(accessAdmin, readers, rule(PAGE, { read: false })))).toBe("none");
  expect(await codeOf(deleteRule(admin, high, "users"))).toBe("forbidden");
  expect(await codeOf(replaceRules(admin, high, []))).toBe("forbidden");
  expect(await lastEvent()).toMatchObject({ action: "role.rules_changed", targetId: high, outcome: "denied" });
  expect([(await rulesOf(low)).length, (await rulesOf(high)).length]).toEqual([0, 1]);
  expect(await codeOf(addRule(admin, low, rule("schema", { delete: true })))).toBe("none");
});

describe.each<[string, (ctx: Ctx, id: string) => Promise<unknown>]>([
  ["adding", (ctx, id) => addRule(ctx, id, rule("media"))],
  ["replacing", (ctx, id) => replaceRules(ctx, id, [rule("media")])],
  ["deleting", (ctx, id) => deleteRule(ctx, id, "schema")],
])("%s rules", (_, act) => {
  test("of a base role, of another organization's and of none at all is refused and changes nothing", async () => {
    const { ZUID } = await newRole(acme, "Publisher");
    await addRule(acme.owner, ZUID, rule("schema"));
    const before = await rulesOf(ZUID);
    expect(await codeOf(act(globex.owner, ZUID))).toBe("not_found");
    expect(await codeOf(act(acme.owner, "30-19d41b7f2a0-zzzzzzzz"))).toBe("not_found");
    const base = await baseRole(acme, "Publisher");
    expect(await codeOf(act(acme.owner, base))).toBe("conflict");
    expect([await rulesOf(ZUID), await rulesOf(base)]).toEqual([before, []]);
  });

  test("takes the permission and a session, and a refusal is recorded", async () => {
    const { ZUID } = await newRole(acme, "Publisher");
    await addRule(acme.owner, ZUID, rule("schema"));
    const before = await rulesOf(ZUID);
    for (const ctx of [
      await acme.as("Developer"),
      await acme.as("Auditor"),
      await ctxOfKey((await newKey(acme)).key),
    ]) {
      expect(await codeOf(act(ctx, ZUID))).toBe("forbidden");
      expect(await lastEvent()).toMatchObject({ actorId: ctx.principal.id, targetId: ZUID, outcome: "denied" });
    }
    expect(await rulesOf(ZUID)).toEqual(before);
  });
});

test.each(["", "a", "content ", "CONTENT", "__proto__", "7-", "1234-19d41b7f2a0-a", "7-19d41b7f2a0-a'"])(
  "refuses a rule for %j",
  (resourceZUID) => {
    expect(RuleInput.safeParse({ resourceZUID }).success).toBe(false);
  },
);

test("refuses a resource named twice, more rules than a role takes, and words for yes and no", () => {
  expect(ReplaceRules.safeParse([rule("media"), rule("media")]).success).toBe(false);
  const many = (count: number) => Array.from({ length: count }, (_, i) => rule(`7-19d41b7f2a0-${i}`));
  expect(ReplaceRules.safeParse(many(100)).success).toBe(true);
  expect(ReplaceRules.safeParse(many(101)).success).toBe(false);
  for (const read of ["true", 1, "allow"])
    expect(RuleInput.safeParse({ resourceZUID: "media", read }).success).toBe(false);
});
