import "server-only";
import { Prisma } from "@/prisma/generated/client";

export type Digest = Uint8Array<ArrayBuffer>;

export const hexOf = (digest: Uint8Array): string => Buffer.from(digest).toString("hex");

/** The digests as an array of the database: as many as there are, it is the same statement. */
export const arrayOf = (digests: readonly Digest[]): Prisma.Sql =>
  Prisma.sql`array(select decode(hex, 'hex') from unnest(${digests.map(hexOf)}::text[]) as hex)`;
