import { beforeEach, expect, test } from "vitest";
import { prepareSetup } from "@/lib/setup/code";
import { setUpByCode } from "@/lib/setup/commands";
import { isSetUp } from "@/lib/setup/queries";
import { SetUpByCode } from "@/lib/setup/schema";
import { db } from "@/lib/kernel/db";
import { codeOf, ORIGIN, textOf } from "@/lib/testing/organization";

const PASSWORD = "correct horse battery staple";
const input = (code: string, over: object = {}) =>
  SetUpByCode.parse({
    code,
    accountName: "acme",
    organization: "Acme",
    instance: "Main",
    firstName: "Ada",
    lastName: "Byron",
    email: "Ada@Example.com",
    password: PASSWORD,
    ...over,
  });

let address = 0;
const origin = () => ({ ...ORIGIN, ip: `198.51.100.${address}` });
const counts = async () => [await db().organization.count(), await db().user.count(), await db().instance.count()];

/** A deployment before its set-up: what an earlier test set up no longer claims it. */
beforeEach(async () => {
  address++;
  await db().deployment.deleteMany();
  await db().setupCode.deleteMany();
});

async function freshCode(): Promise<string> {
  const code = await prepareSetup();
  if (!code) throw new Error("There is a set-up already.");
  return code;
}

test("nothing is set up without the code the server printed, and guessing it comes to an end", async () => {
  await freshCode();
  const before = await counts();
  for (let i = 0; i < 50; i++)
    expect(await codeOf(setUpByCode(origin(), input("BCDF-GHJK-LMNP-QRST")))).toBe("forbidden");
  expect(await codeOf(setUpByCode(origin(), input("BCDF-GHJK-LMNP-QRST")))).toBe("too_many_requests");
  expect(await counts()).toEqual(before);
  expect(await isSetUp()).toBe(false);
});

test("a password that is too short or common sets nothing up", async () => {
  const code = await freshCode();
  const before = await counts();
  for (const password of ["fourteen chars", "passwordpassword"])
    expect(await codeOf(setUpByCode(origin(), input(code, { password })))).toBe("invalid_input");
  expect(await counts()).toEqual(before);
});

test("the code works whatever its case, and of twenty parallel set-ups one makes an owner", async () => {
  const code = (await freshCode()).toLowerCase();
  const before = await counts();
  const codes = await Promise.all(
    Array.from({ length: 20 }, (_, i) =>
      codeOf(setUpByCode(origin(), input(code, { accountName: `acme-${i}`, email: `owner-${i}@example.com` }))),
    ),
  );
  expect(codes.filter((each) => each === "none")).toHaveLength(1);
  for (const each of codes) expect(["none", "conflict", "not_found"]).toContain(each);
  expect(await counts()).toEqual(before.map((count) => count + 1));
  expect(await db().deployment.count()).toBe(1);
  expect(await db().setupCode.count()).toBe(0);
});

test("the set-up leaves the events of the organization and its instance by the system, and the owner holds the organization and the instance", async () => {
  const record = await setUpByCode(origin(), input(await freshCode(), { accountName: "single" }));
  const events = await db().auditEvent.findMany({
    where: { organizationId: record.organizationZUID },
    orderBy: { position: "asc" },
  });
  expect(events).toMatchObject([
    {
      action: "organization.set_up",
      actorType: "system",
      actorId: null,
      actorName: "Latchkey",
      targetId: record.organizationZUID,
      after: { name: "Acme", accountName: "single", instance: "Main", owner: "Ada Byron" },
    },
    { action: "instance.created", actorName: "Latchkey", instanceId: record.instanceZUID, targetName: "Main" },
  ]);
  expect(textOf(events)).not.toContain(PASSWORD);
  const held = await db().roleAssignment.findMany({ where: { userId: record.ownerZUID }, include: { role: true } });
  expect(held.map(({ role }) => [role.name, role.instanceId]).sort()).toEqual(
    [
      ["Owner", record.instanceZUID],
      ["Owner", null],
    ].sort(),
  );
  const owner = await db().user.findUniqueOrThrow({ where: { id: record.ownerZUID } });
  expect(owner.email).toBe("ada@example.com");
  await db().user.update({ where: { id: owner.id }, data: { email: "free@example.com" } });
});

test("a set-up that was done cannot be done again, and prints no code", async () => {
  const code = await freshCode();
  await setUpByCode(origin(), input(code, { accountName: "first", email: "first@example.com" }));
  expect(await prepareSetup()).toBeUndefined();
  expect(await codeOf(setUpByCode(origin(), input(code, { accountName: "second", email: "second@example.com" })))).toBe(
    "not_found",
  );
});

test.each([
  { accountName: "Acme" },
  { accountName: "a" },
  { accountName: "-acme" },
  { accountName: "acme'; drop table organization" },
  { email: "ada" },
  { organization: "" },
  { password: 15 },
  { code: "" },
  { role: "Owner" },
])("refuses %j", (wrong) => {
  expect(() => input("BCDF-GHJK-LMNP-QRST", wrong)).toThrow();
});
