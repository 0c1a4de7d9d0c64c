import "server-only";
import { db } from "@/lib/kernel/db";
import { Prisma } from "@/prisma/generated/client";

/** Pages show thirty days. */
const KEPT_DAYS = 35;
/** How much of a table one statement looks through: a few thousand rows. */
const BLOCKS = 256;

/** Deletes what no page shows any more, part by part of each table: no single statement takes long, and it needs no index. */
export async function forgetOldUsage(): Promise<void> {
  await forget("usage_count", Prisma.sql`hour`);
  await forget("usage_caller", Prisma.sql`last_at`);
}

async function forget(table: "usage_count" | "usage_caller", time: Prisma.Sql): Promise<void> {
  const [{ blocks } = { blocks: 0 }] = await db().$queryRaw<{ blocks: number }[]>`
    select (pg_relation_size(${table}::regclass) / current_setting('block_size')::int)::int as blocks`;
  for (let first = 0; first < blocks; first += BLOCKS) {
    const [from, to] = [`(${first},0)`, `(${first + BLOCKS},0)`];
    await db().$executeRaw`
      delete from ${Prisma.raw(table)} where ctid >= ${from}::tid and ctid < ${to}::tid
        and ${time} < now() - ${KEPT_DAYS} * interval '1 day'`;
  }
}
