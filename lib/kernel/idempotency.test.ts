import { randomUUID } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { registerApp } from "@/lib/apps/commands";
import type { Ctx } from "@/lib/kernel/ctx";
import { db } from "@/lib/kernel/db";
import { Replay } from "@/lib/kernel/mutate";
import { digestOf } from "@/lib/kernel/secrets";
import { codeOf, foundOrganization, type TestOrganization } from "@/lib/testing/organization";

let organization: TestOrganization;
beforeAll(async () => {
  organization = await foundOrganization();
});

const withKey = (ctx: Ctx, key: string, body: string): Ctx => ({
  ...ctx,
  idempotency: { key, requestDigest: digestOf(body) },
});

const register = (ctx: Ctx, key: string, name: string) => registerApp(withKey(ctx, key, name), { name });

const replayOf = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (thrown: unknown) => (thrown instanceof Replay ? thrown.result : thrown),
  );

const appsNamed = (name: string) => db().app.count({ where: { organizationId: organization.id, name } });

test("a repeated request gets the first answer again, without its secret", async () => {
  const key = randomUUID();
  const { secret, ...record } = await register(organization.owner, key, "Once");
  expect(secret).toMatch(/^lkc_/);
  expect(await replayOf(register(organization.owner, key, "Once"))).toEqual(record);
  expect(await appsNamed("Once")).toBe(1);
});

test("a repeated request is not answered before what it changed has happened everywhere", async () => {
  const key = randomUUID();
  await register(organization.owner, key, "Settled");
  await db().$executeRaw`
    insert into verifier (id, lease_expires_at, applied_seq)
    values ('slow', clock_timestamp() + interval '400 milliseconds', -1)`;
  await replayOf(register(organization.owner, key, "Settled"));
  const live = await db().$executeRaw`delete from verifier where id = 'slow' and lease_expires_at > clock_timestamp()`;
  expect(live).toBe(0);
});

test("the same key with another body is refused", async () => {
  const key = randomUUID();
  await register(organization.owner, key, "This");
  expect(await codeOf(register(organization.owner, key, "That"))).toBe("idempotency_mismatch");
  expect(await appsNamed("That")).toBe(0);
});

test("of twenty parallel requests with one key one makes the change and all get its record", async () => {
  const key = randomUUID();
  const answers = await Promise.all(
    Array.from({ length: 20 }, () =>
      register(organization.owner, key, "Twenty").catch((thrown: unknown) => {
        if (thrown instanceof Replay) return thrown.result as { ZUID: string };
        throw thrown;
      }),
    ),
  );
  expect(new Set(answers.map(({ ZUID }) => ZUID)).size).toBe(1);
  expect(answers.filter((answer) => "secret" in answer)).toHaveLength(1);
  expect(await appsNamed("Twenty")).toBe(1);
});

test("a failed request does not use its key up", async () => {
  const key = randomUUID();
  await register(organization.owner, randomUUID(), "Taken");
  expect(await codeOf(register(organization.owner, key, "Taken"))).toBe("conflict");
  expect(await codeOf(register(organization.owner, key, "Free"))).toBe("none");
});

test("a key is its caller's own, and free again after 24 hours", async () => {
  const key = randomUUID();
  const admin = await organization.as("Admin");
  await register(organization.owner, key, "Hers");
  expect(await codeOf(register(admin, key, "His"))).toBe("none");
  await db()
    .$executeRaw`update idempotency_record set created_at = now() - interval '24 hours 1 minute' where key = ${key}`;
  expect(await codeOf(register(organization.owner, key, "A day later"))).toBe("none");
});

test("whoever may not make the change learns nothing from its key", async () => {
  const key = randomUUID();
  const auditor = await organization.as("Auditor");
  await register(organization.owner, key, "Not yours");
  expect(await codeOf(register(auditor, key, "Not yours"))).toBe("forbidden");
});
