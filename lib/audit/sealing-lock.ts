import "server-only";
import type { Tx } from "@/lib/kernel/db";

/** An arbitrary number that means sealing to all processes. */
const SEALING = 20_261_123;

/** Whether this transaction seals now: of all processes one does at a time. */
export async function trySealing(tx: Tx): Promise<boolean> {
  const [lock] = await tx.$queryRaw<{ isHeld: boolean }[]>`
    select pg_try_advisory_xact_lock(${SEALING}::bigint) as "isHeld"`;
  return lock?.isHeld === true;
}

/** Waits until nobody seals, and keeps others from it to the end of the transaction. */
export const takeSealing = (tx: Tx) => tx.$executeRaw`select pg_advisory_xact_lock(${SEALING}::bigint)`;
