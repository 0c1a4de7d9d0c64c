import "server-only";
import type { Db, Tx } from "@/lib/kernel/db";
import { notFound } from "@/lib/kernel/errors";
import { findFactorFacts, needsSecondFactor } from "@/lib/verification/second-factor";
import type { SecondFactorRecord } from "./schema";

/** What may be told of a person's second factor: never its secret. Throws `not_found`. */
export async function secondFactorRecord(
  client: Db | Tx,
  { id, organizationId }: { id: string; organizationId: string },
): Promise<SecondFactorRecord> {
  const user = await client.user.findUnique({ where: { id, organizationId }, select: { totpConfirmedAt: true } });
  const facts = await findFactorFacts(client, { id, organizationId });
  if (!user || !facts) throw notFound("user");
  return {
    isOn: facts.hasFactor,
    since: user.totpConfirmedAt?.toISOString() ?? null,
    recoveryCodesLeft: await client.recoveryCode.count({ where: { userId: id, organizationId, usedAt: null } }),
    isRequired: needsSecondFactor(facts.factorPolicy, facts.roles),
  };
}
