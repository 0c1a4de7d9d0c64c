import "server-only";
import type { Tx } from "@/lib/kernel/db";
import { randomText } from "@/lib/kernel/random";
import { digestOf } from "@/lib/kernel/secrets";

const CODES = 10;
/** 32 letters and digits that are not mistaken for each other: five bits each. */
const ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789";
const LENGTH = 16;

/** Ten codes of 80 bits, in groups of four for reading. */
export const newRecoveryCodes = (): string[] =>
  Array.from({ length: CODES }, () => randomText(ALPHABET, LENGTH).replace(/(.{4})(?=.)/g, "$1-"));

/** Typed with or without the dashes, in either case. Bound to its person. */
export const recoveryDigest = (userId: string, code: string) =>
  digestOf(`recovery\0${userId}\0${code.toLowerCase().replace(/[^a-z0-9]/g, "")}`);

/** A new set takes the place of the old one, used or not. */
export async function replaceRecoveryCodes(
  tx: Tx,
  { id: userId, organizationId }: { id: string; organizationId: string },
  codes: readonly string[],
): Promise<void> {
  await tx.recoveryCode.deleteMany({ where: { userId, organizationId } });
  await tx.recoveryCode.createMany({
    data: codes.map((code) => ({ digest: recoveryDigest(userId, code), userId, organizationId })),
  });
}
