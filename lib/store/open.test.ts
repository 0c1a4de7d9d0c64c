import { expect, test } from "vitest";
import { db } from "@/lib/kernel/db";
import { AppError, toAppError } from "@/lib/kernel/errors";

const organization = (name: string) => ({ id: `60-1-${name}`, accountName: name, name });

/** How many of these attempts were acknowledged; a busy machine may refuse some, and then as unavailable only. */
async function countAcknowledged(attempts: Promise<unknown>[]): Promise<number> {
  const outcomes = await Promise.allSettled(attempts);
  const refusals = outcomes
    .filter((outcome) => outcome.status === "rejected")
    .map(({ reason }) => toAppError(reason).code);
  expect(refusals.filter((code) => code !== "store_unavailable")).toEqual([]);
  return outcomes.length - refusals.length;
}

test("of fifty transactions at once on a row each acknowledged one takes effect, once", async () => {
  await db().organization.create({ data: { ...organization("counter"), idleMinutes: 0 } });
  const increment = () =>
    db().$transaction(async (tx) => {
      const [row] = await tx.$queryRaw<{ idle_minutes: number }[]>`
        SELECT idle_minutes FROM organization WHERE id = '60-1-counter' FOR UPDATE`;
      const idleMinutes = (row?.idle_minutes ?? 0) + 1;
      await tx.organization.update({ where: { id: "60-1-counter" }, data: { idleMinutes } });
    });
  const acknowledged = await countAcknowledged(Array.from({ length: 50 }, increment));
  expect(acknowledged).toBeGreaterThan(0);
  const counter = await db().organization.findUniqueOrThrow({ where: { id: "60-1-counter" } });
  expect(counter.idleMinutes).toBe(acknowledged);
});

test("a query beside a transaction is no part of it", async () => {
  let beside: Promise<unknown> | undefined;
  const failed = db().$transaction(async (tx) => {
    await tx.organization.create({ data: organization("inside") });
    beside = db()
      .organization.create({ data: organization("beside") })
      .then();
    await tx.organization.count();
    throw new Error("changed my mind");
  });
  await expect(failed).rejects.toThrow("changed my mind");
  await beside;
  const names = await db().organization.findMany({ where: { name: { in: ["inside", "beside"] } } });
  expect(names.map(({ name }) => name)).toEqual(["beside"]);
});

test("of fifty transactions at once of which every other fails, exactly the acknowledged ones are kept", async () => {
  const attempt = (index: number) =>
    db().$transaction(async (tx) => {
      await tx.organization.create({ data: organization(`half-${index}`) });
      if (index % 2 === 0) throw new AppError("store_unavailable", "Fails after its write.");
    });
  const acknowledged = await countAcknowledged(Array.from({ length: 50 }, (_, index) => attempt(index)));
  const kept = await db().organization.findMany({ where: { name: { startsWith: "half-" } } });
  expect(kept).toHaveLength(acknowledged);
  expect(kept.filter(({ name }) => Number(name.slice("half-".length)) % 2 === 0)).toEqual([]);
});

test("a transaction that goes on after a failed statement is refused at its end, not quietly undone", async () => {
  const kept = db().$transaction(async (tx) => {
    await tx.organization.create({ data: organization("swallowed") });
    await tx.organization.create({ data: organization("swallowed") }).catch(() => undefined);
  });
  await expect(kept).rejects.toThrow(/rolled back/);
  expect(await db().organization.count({ where: { name: "swallowed" } })).toBe(0);
});

test("a transaction that takes too long is undone and holds nobody up", async () => {
  let release: (() => void) | undefined;
  const tooLong = db().$transaction(
    async (tx) => {
      await tx.organization.create({ data: organization("slow") });
      await new Promise<void>((resolve) => (release = resolve));
    },
    { timeout: 200 },
  );
  tooLong.catch(() => undefined);
  await expect.poll(() => release).toBeDefined();
  await db().organization.create({ data: organization("slow") });
  release?.();
  await expect(tooLong).rejects.toThrow(/expired transaction/);
});

test("a transaction that gave up waiting for its turn leaves nothing behind", async () => {
  await expect(
    db().$transaction(
      async (tx) => {
        await tx.$executeRaw`LOCK TABLE organization`;
        await db().$transaction((other) => other.organization.create({ data: organization("late") }), {
          maxWait: 1,
          timeout: 200,
        });
      },
      { timeout: 1000 },
    ),
  ).rejects.toThrow();
  await db().organization.create({ data: organization("after") });
  expect(await db().organization.count({ where: { name: "late" } })).toBe(0);
});

test("a time is the same instant for the program and for the database", async () => {
  const at = new Date("2026-03-04T05:06:07.089Z");
  await db().organization.create({ data: { ...organization("instant"), createdAt: at } });
  const [row] = await db().$queryRaw<{ epoch: number }[]>`
    SELECT extract(epoch FROM created_at)::float8 AS epoch FROM organization WHERE id = '60-1-instant'`;
  expect(row?.epoch).toBe(1772600767.089);
  const [clock] = await db().$queryRaw<{ now: Date }[]>`SELECT now() AS now`;
  expect(Math.abs((clock?.now.getTime() ?? 0) - Date.now())).toBeLessThan(60_000);
});
