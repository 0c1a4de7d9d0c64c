import "server-only";
import type { Tx } from "@/lib/kernel/db";
import type { mintSecret } from "@/lib/kernel/secrets";
import type { Prisma } from "@/prisma/generated/client";
import type { CredentialRow } from "./record";

type New = Prisma.CredentialUncheckedCreateInput & { createdById: string; createdByName: string; createdAt: Date };

/**
 * Makes a credential with its first version. What it is `of` has been read in this transaction, and its maker acts in
 * it, so that neither is read back.
 */
export async function createCredential(
  tx: Tx,
  data: New,
  { digest, hint }: Pick<ReturnType<typeof mintSecret>, "digest" | "hint">,
  of: Pick<CredentialRow, "app" | "instance" | "role">,
): Promise<CredentialRow> {
  const { createdById, createdByName, createdAt } = data;
  const row = await tx.credential.create({ data });
  const version = await tx.credentialVersion.create({
    data: { credentialId: row.id, number: 1, digest, hint, createdById, createdByName, createdAt },
  });
  return { ...row, ...of, createdBy: { status: "active" }, versions: [version] };
}
