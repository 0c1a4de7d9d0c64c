import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { byText, byTime, type Page, readPage, type SortKey } from "@/lib/kernel/cursor";
import { db } from "@/lib/kernel/db";
import { codeOf, foundOrganization } from "@/lib/testing/organization";
import type { Instance } from "@/prisma/generated/client";

/** 23 instances of which many share their sort value. */
let organizationId: string;
const BY_TIME = byTime<Instance>("createdAt", (row) => row.createdAt);
const BY_DOMAIN = byText<Instance>("domain", (row) => row.domain ?? "");

beforeAll(async () => {
  organizationId = (await foundOrganization()).id;
  await db().instance.deleteMany({ where: { organizationId, name: "none" } });
  await fill(organizationId, 22);
});

async function fill(organization: string, count: number) {
  await db().instance.updateMany({ where: { organizationId: organization }, data: { domain: "a.example" } });
  await db().instance.createMany({
    data: Array.from({ length: count }, (_, i) => ({
      id: `8-71cfc74${(count * 7919 + i * 31) % 97}-x${organization.slice(-6)}${i}`,
      organizationId: organization,
      name: `Instance ${i}`,
      domain: `${"abc"[i % 3]}.example`,
      createdAt: new Date(Date.UTC(2026, 0, 1 + (i % 4), 0, 0, 0, i % 2)),
    })),
  });
}

const page = (
  key: SortKey<Instance>,
  dir: "asc" | "desc",
  limit: number,
  cursor?: string | null,
  of = organizationId,
) =>
  readPage(
    { limit, dir, cursor: cursor ?? undefined },
    key,
    (part) =>
      db().instance.findMany({
        where: { AND: [{ organizationId: of }, part.where] },
        orderBy: part.orderBy,
        take: part.take,
      }),
    () => db().instance.count({ where: { organizationId: of } }),
  );

const idsOf = (rows: { id: string }[]) => rows.map(({ id }) => id);

const everything = async (field: "createdAt" | "domain", dir: "asc" | "desc") =>
  idsOf(await db().instance.findMany({ where: { organizationId }, orderBy: [{ [field]: dir }, { id: dir }] }));

describe.each([
  ["createdAt", "asc", BY_TIME],
  ["createdAt", "desc", BY_TIME],
  ["domain", "asc", BY_DOMAIN],
  ["domain", "desc", BY_DOMAIN],
] as const)("by %s %s", (field, dir, key) => {
  test("walking forwards and back again sees every row once, in order, whatever the page size", async () => {
    const wanted = await everything(field, dir);
    expect(wanted).toHaveLength(23);
    for (const limit of [1, 3, 7, 22, 23, 100]) {
      const pages = [await page(key, dir, limit)];
      for (let last = pages[0] as Page<Instance>; last.nextCursor && pages.length < 30; pages.push(last))
        last = await page(key, dir, limit, last.nextCursor);
      expect(pages.flatMap(({ rows }) => idsOf(rows))).toEqual(wanted);
      expect(pages.map(({ total }) => total)).toEqual(pages.map(() => 23));
      expect(pages[0]?.previousCursor).toBeNull();

      const back = [pages.at(-1) as Page<Instance>];
      for (let last = back[0] as Page<Instance>; last.previousCursor && back.length < 30; back.unshift(last))
        last = await page(key, dir, limit, last.previousCursor);
      expect(back.flatMap(({ rows }) => idsOf(rows))).toEqual(wanted);
    }
  });
});

test("rows deleted in between move nothing: what is left is seen once", async () => {
  const other = await foundOrganization();
  await fill(other.id, 22);
  const first = await page(BY_DOMAIN, "asc", 8, null, other.id);
  const gone = [first.rows[2], first.rows[7]].map((row) => row?.id as string);
  await db().instance.deleteMany({ where: { id: { in: gone } } });
  const second = await page(BY_DOMAIN, "asc", 100, first.nextCursor, other.id);
  expect(second.rows).toHaveLength(15);
  expect(idsOf(second.rows).filter((id) => idsOf(first.rows).includes(id))).toEqual([]);
  const back = await page(BY_DOMAIN, "asc", 100, second.previousCursor, other.id);
  expect(idsOf(back.rows)).toEqual(idsOf(first.rows).filter((id) => !gone.includes(id)));
});

test("a cursor of another list, another order or nobody's making is refused", async () => {
  const { nextCursor } = await page(BY_DOMAIN, "asc", 3);
  expect(await codeOf(page(BY_TIME, "asc", 3, nextCursor))).toBe("invalid_input");
  expect(await codeOf(page(BY_DOMAIN, "desc", 3, nextCursor))).toBe("invalid_input");
  const made = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  for (const cursor of [
    "nonsense",
    made(null),
    made(["domain", "asc", "after", "a"]),
    made(["domain", "asc", "beside", "a", "8-1"]),
    made(["domain", "asc", "after", "a\0", "8-1"]),
    made(["domain", "asc", "after", { contains: "" }, "8-1"]),
    made(["domain", "asc", "after", "a", { not: "" }]),
    made(["domain", "asc", "after", "a", "8-1' or 1=1"]),
  ])
    expect(await codeOf(page(BY_DOMAIN, "asc", 3, cursor)), cursor).toBe("invalid_input");
  expect(await codeOf(page(BY_TIME, "asc", 3, made(["createdAt", "asc", "after", "soon", "8-1"])))).toBe(
    "invalid_input",
  );
});

test("no text anybody sends as a cursor is our own fault", async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.string({ maxLength: 80 }), fc.base64String()), async (cursor) => {
      expect(["none", "invalid_input"]).toContain(await codeOf(page(BY_TIME, "asc", 3, cursor)));
    }),
    { numRuns: 300 },
  );
});
