import "server-only";
import type { Prisma, PrismaClient } from "@/prisma/generated/client";
import { processSlot } from "./process-slot";

export type Db = PrismaClient;
export type Tx = Prisma.TransactionClient;

const slot = processSlot<Db>("latchkey.db");

/** The database client of this process. Throws before the store was opened. */
export function db(): Db {
  const client = slot.get();
  if (!client) throw new Error("The store is not open yet: only a process that opened it can read or write.");
  return client;
}

export const provideDb = slot.set;
